import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type CostQuery, costPath, splitDimensions } from '../../api/cost-query.js';
import type { CostAnswer } from '../../api/types.js';
import { downloadCsv } from '../../internal/csv.js';
import { currencyOf, headingOf } from '../../internal/describe.js';
import { type Format, formatFor } from '../../internal/format.js';
import { messagesFor } from '../../internal/localize.js';
import { memoizeLast } from '../../internal/memoize.js';
import { rangeOf, today } from '../../internal/period.js';
import { type Freshness, QueryController } from '../../internal/query-controller.js';
import { amountText } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';
import baseStyles from '../parts/base.styles.js';
import { renderHeader } from '../parts/header.js';
import { renderEmpty, renderError } from '../parts/status.js';
import { type Sorting, toBreakdown } from './cost-table.model.js';
import styles from './cost-table.styles.js';
import { renderBreakdown, renderDownload, renderSkeleton } from './cost-table.views.js';

/**
 * @summary What the cost of a range is made of: one row per group, with its share.
 *
 * @tagname cloudact-cost-table
 * @slot empty - Shown when the range has no cost.
 * @csspart card - The box around everything.
 * @csspart header - Heading, total, coverage and buttons.
 * @csspart heading - What is shown.
 * @csspart total - The total of the range.
 * @csspart unpriced - What no total holds, because its price is not known: a note, and the list behind it.
 * @csspart currencies - The totals as buttons, where there are several currencies.
 * @csspart coverage - The range, and how far its data goes.
 * @csspart table - The table.
 * @csspart download - The button that saves the exact figures.
 * @csspart status - The message in place of figures.
 * @csspart retry - The button that asks again.
 * @cssproperty [--cloudact-cost-table-height=420px] - Height of the whole widget, the same in every state; `auto` for as long as the table is.
 * @cssproperty [--cloudact-card-padding=20px] - Space inside the box.
 * @event {LoadErrorEvent} cloudact-load-error - The cost could not be loaded.
 */
export class CloudActCostTable extends LitElement {
  static override styles = [baseStyles, styles];

  /** Cost column of FOCUS that is added up. */
  @property() metric: 'BilledCost' | 'EffectiveCost' | 'ListCost' | 'ContractedCost' = 'EffectiveCost';

  /** Length of the range, counted back from today; `from` and `to` take its place. */
  @property() period: '7d' | '30d' | '90d' | '12m' = '30d';

  /** First day of the range, `YYYY-MM-DD`, UTC. */
  @property() from = '';

  /** First day after the range, `YYYY-MM-DD`, UTC. */
  @property() to = '';

  /** FOCUS dimensions or `tag:KEY`, up to three, with commas between; empty for no grouping. */
  @property({ attribute: 'group-by' }) groupBy = 'ServiceName';

  /** How many groups have a row of their own; the rest is one row. */
  @property({ type: Number }) top = 25;

  /** One condition, `Dimension:value`; an empty value means "has none". */
  @property() filter = '';

  /** Several conditions: the same dimension twice means either, different dimensions mean both. */
  @property({ attribute: false }) filters: readonly string[] = [];

  /** Currency (ISO 4217) shown where the answer has several; the provider's when empty. */
  @property() currency = '';

  /** Text in place of the heading that names metric and groups. */
  @property() heading = '';

  /** The reader's choice of column and direction. */
  @state() private sorting: Sorting = LARGEST_FIRST;

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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('groupBy')) this.sorting = LARGEST_FIRST;
  }

  protected override render(): unknown {
    const locale = this.#query.runtime?.locale ?? 'en';
    const messages = messagesFor(locale);
    return this.#query.render({
      pending: () => html`<div class="card" part="card" aria-busy="true">${renderSkeleton(messages)}</div>`,
      error: (error, retry) => html`<div class="card" part="card">${renderError(error, messages, retry)}</div>`,
      success: (answer, freshness) => this.#renderAnswer(answer, freshness, messages, formatFor(locale)),
    });
  }

  #renderAnswer(answer: CostAnswer, freshness: Freshness, messages: Messages, format: Format): unknown {
    const currency = currencyOf(answer, this.currency, this.#query.runtime?.currency);
    return html`
      <div class="card" part="card" aria-busy=${freshness.refreshing}>
        ${renderHeader({
          answer,
          messages,
          format,
          heading: this.heading,
          currency,
          state: freshness,
          actions: currency === undefined ? nothing : renderDownload(messages, () => downloadCsv(answer)),
          onCurrency: this.#chooseCurrency,
        })}
        ${currency === undefined ? renderEmpty(answer, messages) : this.#renderTable(answer, currency, messages, format)}
      </div>
    `;
  }

  #renderTable(answer: CostAnswer, currency: string, messages: Messages, format: Format): unknown {
    const { from, to, group_by } = answer.query;
    const breakdown = this.#breakdown(answer, currency, this.sorting, messages, format);
    return renderBreakdown({
      breakdown,
      dimensions: group_by,
      sorting: this.sorting,
      summary: messages.summary(
        this.heading || headingOf(answer, messages),
        amountText({ ...breakdown, cost: breakdown.total, messages, format }),
        format.range(from, to),
        breakdown.rows.length,
      ),
      messages,
      format,
      onSort: this.#sort,
    });
  }

  #question(): CostQuery {
    const range = this.from && this.to ? { from: this.from, to: this.to } : rangeOf(this.period, today());
    return {
      metric: this.metric,
      granularity: 'total',
      ...range,
      groupBy: splitDimensions(this.groupBy),
      filters: this.filter ? [this.filter, ...this.filters] : this.filters,
      top: this.top,
    };
  }

  #chooseCurrency = (currency: string): void => {
    this.currency = currency;
  };

  /** Money begins with the largest, names with A; the same column again turns round. */
  #sort = (column: Sorting['column']): void => {
    const { sorting } = this;
    const first = column === 'cost' ? 'descending' : 'ascending';
    const turned = sorting.direction === 'ascending' ? 'descending' : 'ascending';
    this.sorting = { column, direction: sorting.column === column ? turned : first };
  };

  #breakdown = memoizeLast(toBreakdown);
}

const LARGEST_FIRST: Sorting = { column: 'cost', direction: 'descending' };
