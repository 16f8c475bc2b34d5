import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ref } from 'lit/directives/ref.js';
import { type CostQuery, costPath, splitDimensions } from '../../api/cost-query.js';
import type { CostAnswer, Metric } from '../../api/types.js';
import { ChartController } from '../../charts/chart-controller.js';
import { PeriodSelectEvent } from '../../events.js';
import { downloadCsv } from '../../internal/csv.js';
import { currencyOf, headingOf } from '../../internal/describe.js';
import { type Format, formatFor } from '../../internal/format.js';
import { messagesFor } from '../../internal/localize.js';
import { memoizeLast } from '../../internal/memoize.js';
import { type DayRange, type Granularity, granularityFor, rangeOf, today } from '../../internal/period.js';
import { type Freshness, QueryController } from '../../internal/query-controller.js';
import { amountText } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';
import baseStyles from '../parts/base.styles.js';
import { renderHeader } from '../parts/header.js';
import { renderEmpty, renderError } from '../parts/status.js';
import { type TrendModel, toTrend } from './cost-trend.model.js';
import { toOption } from './cost-trend.option.js';
import styles from './cost-trend.styles.js';
import { describePeriod, renderTip, type TrendView } from './cost-trend.tip.js';
import { renderActions, renderLegend, renderSkeleton, renderTable } from './cost-trend.views.js';

/**
 * @summary Cost over time as stacked bars, and the same figures as a table.
 *
 * @tagname cloudact-cost-trend
 * @slot empty - Shown when the range has no cost.
 * @csspart card - The box around everything.
 * @csspart header - Heading, total, coverage and buttons.
 * @csspart heading - What is shown.
 * @csspart total - The total of the range.
 * @csspart unpriced - What no total holds, because its price is not known: a note, and the list behind it.
 * @csspart currencies - The totals as buttons, where there are several currencies.
 * @csspart coverage - The range, and how far its data goes.
 * @csspart chart - The drawing area.
 * @csspart legend - The series, as buttons that show and hide them.
 * @csspart table - The table alternative.
 * @csspart toggle - The button that switches to the table and back.
 * @csspart download - The button that saves the exact figures.
 * @csspart status - The message in place of figures.
 * @csspart retry - The button that asks again.
 * @cssproperty [--cloudact-cost-trend-height=420px] - Height of the whole widget, the same in every state.
 * @cssproperty [--cloudact-card-padding=20px] - Space inside the box.
 * @event {PeriodSelectEvent} cloudact-period-select - A period was chosen with the pointer or the Enter key.
 * @event {LoadErrorEvent} cloudact-load-error - The cost could not be loaded.
 */
export class CloudActCostTrend extends LitElement {
  static override styles = [baseStyles, styles];

  /** Cost column of FOCUS that is added up. */
  @property() metric: 'BilledCost' | 'EffectiveCost' | 'ListCost' | 'ContractedCost' = 'EffectiveCost';

  /** What one bar stands for; days up to a quarter and months beyond when not set. */
  @property() granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year';

  /** Length of the range, counted back from today; `from` and `to` take its place. */
  @property() period: '7d' | '30d' | '90d' | '12m' = '30d';

  /** First day of the range, `YYYY-MM-DD`, UTC. */
  @property() from = '';

  /** First day after the range, `YYYY-MM-DD`, UTC. */
  @property() to = '';

  /** FOCUS dimensions or `tag:KEY`, up to three, with commas between; empty for no grouping. */
  @property({ attribute: 'group-by' }) groupBy = 'ServiceName';

  /** How many groups keep a colour of their own; the rest is drawn as one. */
  @property({ type: Number }) top = 8;

  /** One condition, `Dimension:value`; an empty value means "has none". */
  @property() filter = '';

  /** Several conditions: the same dimension twice means either, different dimensions mean both. */
  @property({ attribute: false }) filters: readonly string[] = [];

  /** Currency (ISO 4217) shown where the answer has several; the provider's when empty. */
  @property() currency = '';

  /** Text in place of the heading that names metric and groups. */
  @property() heading = '';

  /** Shows the figures as a table instead of the chart. */
  @property({ type: Boolean, reflect: true, attribute: 'as-table' }) asTable = false;

  /** Keys of the series that the reader switched off. */
  @state() private hiddenSeries: ReadonlySet<string> = new Set();

  /** What the live region says. */
  @state() private announcement = '';

  #cursor?: number;
  #shown?: TrendView;

  readonly #chart = new ChartController(this, { onSelect: (index) => this.#select(index) });

  readonly #query = new QueryController<CostAnswer>(this, ({ request }) => {
    const path = costPath(this.#question());
    return {
      queryKey: ['costs', path],
      queryFn: ({ signal }) => request<CostAnswer>(path, { signal }),
      placeholderData: (previous) => previous,
    };
  });

  /** Asks the API again. */
  refresh(): void {
    this.#query.refetch();
  }

  /** The live ECharts instance; undefined while there is no chart. */
  get chart() {
    return this.#chart.instance;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('groupBy')) return;
    this.hiddenSeries = new Set();
    this.#cursor = undefined;
  }

  protected override render(): unknown {
    const locale = this.#query.runtime?.locale ?? 'en';
    const messages = messagesFor(locale);
    const format = formatFor(locale);
    return this.#query.render({
      pending: () => html`<div class="card" part="card" aria-busy="true">${renderSkeleton(messages)}</div>`,
      error: (error, retry) => html`<div class="card" part="card">${renderError(error, messages, retry)}</div>`,
      success: (answer, freshness) => this.#renderAnswer(answer, freshness, messages, format),
    });
  }

  #renderAnswer(answer: CostAnswer, freshness: Freshness, messages: Messages, format: Format): unknown {
    const currency = currencyOf(answer, this.currency, this.#query.runtime?.currency);
    const trend = currency === undefined ? undefined : this.#toTrend(answer, currency, messages);
    const asTable = this.asTable || this.#chart.failed;
    return html`
      <div class="card" part="card" aria-busy=${freshness.refreshing}>
        <span class="theme-probe" @transitionend=${this.#chart.retheme}></span>
        ${renderHeader({
          answer,
          messages,
          format,
          heading: this.heading,
          currency,
          state: freshness,
          actions:
            trend === undefined
              ? nothing
              : renderActions({
                  messages,
                  asTable,
                  onToggle: this.#chart.failed ? undefined : this.#toggleTable,
                  onDownload: () => downloadCsv(answer),
                }),
          onCurrency: this.#chooseCurrency,
        })}
        ${trend === undefined ? renderEmpty(answer, messages) : this.#renderFigure(answer, trend, messages, format, asTable)}
      </div>
    `;
  }

  #renderFigure(answer: CostAnswer, trend: TrendModel, messages: Messages, format: Format, asTable: boolean): unknown {
    const { from, to, group_by } = answer.query;
    const summary = messages.summary(
      this.heading || headingOf(answer, messages),
      amountText({ ...trend, cost: trend.total, messages, format }),
      format.range(from, to),
      trend.series.length,
    );
    if (asTable) {
      return html`<figure aria-label=${summary}>${renderTable(trend, messages, format, summary)}</figure>`;
    }
    const view = this.#view(trend, this.#chart.theme, format, messages, this.hiddenSeries);
    const rightToLeft = getComputedStyle(this).direction === 'rtl';
    this.#chart.setOption(this.#option(view, rightToLeft));
    this.#shown = view;
    return html`
      <figure aria-label=${summary}>
        <div
          class="plot"
          tabindex="0"
          role="application"
          aria-roledescription=${messages.chart}
          aria-label=${messages.chartKeys}
          @keydown=${this.#onKey}
          @blur=${this.#leave}
        >
          <div class="chart" part="chart" aria-hidden="true" ${ref(this.#chart.container)}></div>
        </div>
      </figure>
      ${group_by.length > 0 ? renderLegend(view, this.#toggleSeries) : ''}
      <p class="visually-hidden" aria-live="polite">${this.announcement}</p>
    `;
  }

  #question(): CostQuery & { metric: Metric } {
    const range: DayRange = this.from && this.to ? { from: this.from, to: this.to } : rangeOf(this.period, today());
    return {
      metric: this.metric,
      granularity: this.granularity ?? (granularityFor(range) satisfies Granularity),
      ...range,
      groupBy: splitDimensions(this.groupBy),
      filters: this.filter ? [this.filter, ...this.filters] : this.filters,
      top: this.top,
    };
  }

  #toggleTable = (): void => {
    this.asTable = !this.asTable;
  };

  #chooseCurrency = (currency: string): void => {
    this.currency = currency;
    this.#cursor = undefined;
  };

  #toggleSeries = (key: string): void => {
    const hidden = new Set(this.hiddenSeries);
    if (!hidden.delete(key)) hidden.add(key);
    this.hiddenSeries = hidden;
  };

  #onKey = (event: KeyboardEvent): void => {
    const last = (this.#shown?.trend.periods.length ?? 0) - 1;
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const from = this.#cursor;
    const moves: Record<string, number> = {
      [forward]: from === undefined ? 0 : from + 1,
      [backward]: from === undefined ? last : from - 1,
      Home: 0,
      End: last,
    };
    const move = moves[event.key];
    if (move !== undefined && last >= 0) {
      this.#moveTo(Math.min(last, Math.max(0, move)));
    } else if (event.key === 'Enter' && from !== undefined) {
      this.#select(from);
    } else if (event.key === 'Escape' && from !== undefined) {
      this.#leave();
    } else {
      return;
    }
    event.preventDefault();
  };

  #moveTo(index: number): void {
    this.#cursor = index;
    this.#chart.showTip(index);
    if (this.#shown) this.announcement = describePeriod(this.#shown, index);
  }

  #leave = (): void => {
    this.#cursor = undefined;
    this.#chart.hideTip();
  };

  #select(index: number): void {
    const period = this.#shown?.trend.periods[index];
    if (period) this.dispatchEvent(new PeriodSelectEvent(period.start, period.end));
  }

  #toTrend = memoizeLast(toTrend);
  #view = memoizeLast(
    (
      trend: TrendModel,
      theme: TrendView['theme'],
      format: Format,
      messages: Messages,
      hidden: ReadonlySet<string>,
    ): TrendView => ({ trend, theme, format, messages, hidden }),
  );
  // ECharts compares nothing: it lays out whatever it is given. Same figures, same object, no work.
  #option = memoizeLast((view: TrendView, rightToLeft: boolean) =>
    toOption({ ...view, rightToLeft, tip: (index) => renderTip(view, index) }),
  );
}
