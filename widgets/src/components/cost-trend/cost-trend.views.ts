import { html, nothing, type TemplateResult } from 'lit';
import { seriesColor } from '../../charts/theme.js';
import { sign } from '../../internal/decimal.js';
import type { Format } from '../../internal/format.js';
import { vars } from '../../internal/vars.js';
import type { Messages } from '../../locales/en.js';
import { renderHeaderSkeleton } from '../parts/header.js';
import { downloadIcon, tableIcon } from '../parts/icons.js';
import { renderAmount } from '../parts/unpriced.js';
import { periodTotal, type TrendModel } from './cost-trend.model.js';
import type { TrendView } from './cost-trend.tip.js';

export interface ActionsInput {
  messages: Messages;
  asTable: boolean;
  /** Undefined where there is no chart to go back to. */
  onToggle: (() => void) | undefined;
  onDownload: () => void;
}

export function renderActions({ messages, asTable, onToggle, onDownload }: ActionsInput): TemplateResult {
  return html`
    ${
      onToggle
        ? html`<button
            class="icon-button"
            type="button"
            part="toggle"
            aria-pressed=${asTable}
            aria-label=${messages.asTable}
            title=${messages.asTable}
            @click=${onToggle}
          >${tableIcon}</button>`
        : nothing
    }
    <button
      class="icon-button"
      type="button"
      part="download"
      aria-label=${messages.download}
      title=${messages.download}
      @click=${onDownload}
    >${downloadIcon}</button>
  `;
}

export function renderLegend(
  { trend, theme, messages, hidden }: TrendView,
  onToggle: (key: string) => void,
): TemplateResult {
  return html`
    <ul class="legend" part="legend" aria-label=${messages.legend}>
      ${trend.series.map(
        ({ key, name, other }, index) => html`<li>
          <button type="button" title=${name} aria-pressed=${!hidden.has(key)} @click=${() => onToggle(key)}>
            <i class="swatch" ${vars({ '--swatch': other ? theme.other : seriesColor(theme, index) })}></i>
            <span>${name}</span>
          </button>
        </li>`,
      )}
    </ul>
  `;
}

/** The chart's figures, one row per period. */
export function renderTable(trend: TrendModel, messages: Messages, format: Format, summary: string): TemplateResult {
  const { currency, granularity, periods, series, total } = trend;
  const several = series.length > 1;
  const amount = (cost: string | undefined, unpriced: boolean) =>
    cost === undefined && !unpriced
      ? html`<td class="unknown" title=${messages.notLoaded}>–</td>`
      : html`<td class=${cost !== undefined && sign(cost) < 0 ? 'credit' : ''}>${renderAmount({ cost, currency, unpriced, messages, format })}</td>`;
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label=${summary}>
      <table part="table">
        <thead>
          <tr>
            <th scope="col">${messages.period}</th>
            ${series.map(({ name }) => html`<th scope="col" title=${name}>${name}</th>`)}
            ${several ? html`<th scope="col">${messages.total}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${periods.map(
            (period, index) => html`<tr>
              <th scope="row">${format.period(period, granularity)}</th>
              ${series.map(({ costs, unpricedPeriods }) => amount(costs[index], unpricedPeriods.has(index)))}
              ${several ? amount(periodTotal(series, index), period.unpriced) : nothing}
            </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${messages.total}</th>
            ${series.map((one) => amount(one.total, one.unpriced))}
            ${several ? amount(total, trend.unpriced) : nothing}
          </tr>
        </tfoot>
      </table>
    </div>
  `;
}

export function renderSkeleton(messages: Messages): TemplateResult {
  return html`
    <span class="visually-hidden" role="status">${messages.loading}</span>
    ${renderHeaderSkeleton()}
    <div class="bars" aria-hidden="true">
      ${Array.from({ length: 14 }, () => html`<span class="skeleton"></span>`)}
    </div>
  `;
}
