import { html, nothing, type TemplateResult } from 'lit';
import { sign } from '../../internal/decimal.js';
import { columnName } from '../../internal/describe.js';
import type { Format } from '../../internal/format.js';
import { vars } from '../../internal/vars.js';
import type { Messages } from '../../locales/en.js';
import { renderHeaderSkeleton } from '../parts/header.js';
import { downloadIcon } from '../parts/icons.js';
import { renderAmount } from '../parts/unpriced.js';
import type { BreakdownModel, BreakdownRow, Sorting } from './cost-table.model.js';

export interface TableInput {
  breakdown: BreakdownModel;
  dimensions: readonly string[];
  sorting: Sorting;
  summary: string;
  messages: Messages;
  format: Format;
  onSort: (column: Sorting['column']) => void;
}

export function renderBreakdown(input: TableInput): TemplateResult {
  const { breakdown, dimensions, summary, messages, format } = input;
  const columns = Math.max(1, dimensions.length);
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label=${summary}>
      <table part="table" class=${dimensions.length > 1 ? 'several' : ''}>
        <thead>
          <tr>
            ${
              dimensions.length === 0
                ? html`<th scope="col">${messages.cost}</th>`
                : dimensions.map((dimension, index) => renderSortable(input, index, columnName(dimension, messages)))
            }
            ${renderSortable(input, 'cost', messages.cost)}
            <th scope="col" class="share" title=${breakdown.unpriced ? `${messages.share} ${messages.ofPriced}` : nothing}>
              ${messages.share}${breakdown.unpriced ? html`<span class="visually-hidden"> ${messages.ofPriced}</span>` : nothing}
            </th>
          </tr>
        </thead>
        <tbody>
          ${breakdown.rows.map((row) => renderRow(row, columns, breakdown.currency, messages, format))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan=${columns}>${messages.total}</th>
            <td>${renderAmount({ ...breakdown, cost: breakdown.total, messages, format })}</td>
            <td class="share"></td>
          </tr>
        </tfoot>
      </table>
    </div>
  `;
}

export function renderDownload(messages: Messages, onDownload: () => void): TemplateResult {
  return html`<button
    class="icon-button"
    type="button"
    part="download"
    aria-label=${messages.download}
    title=${messages.download}
    @click=${onDownload}
  >${downloadIcon}</button>`;
}

export function renderSkeleton(messages: Messages): TemplateResult {
  return html`
    <span class="visually-hidden" role="status">${messages.loading}</span>
    ${renderHeaderSkeleton()}
    <div class="lines" aria-hidden="true">
      ${Array.from({ length: 7 }, () => html`<span class="skeleton"></span>`)}
    </div>
  `;
}

function renderSortable({ sorting, onSort }: TableInput, column: Sorting['column'], name: string): TemplateResult {
  const direction = sorting.column === column ? sorting.direction : nothing;
  return html`<th scope="col" aria-sort=${direction}>
    <button class="sort" type="button" @click=${() => onSort(column)}>${name}<span class="arrow" aria-hidden="true"></span></button>
  </th>`;
}

function renderRow(
  { names, other, cost, unpriced, share, bar }: BreakdownRow,
  columns: number,
  currency: string,
  messages: Messages,
  format: Format,
) {
  const [first, ...more] = names;
  const credit = cost !== undefined && sign(cost) < 0;
  return html`<tr class=${other ? 'other' : ''}>
    <th scope="row" colspan=${more.length > 0 ? 1 : columns}><span class="name" title=${first}>${first}</span></th>
    ${more.map((name) => html`<td class="dimension"><span class="name" title=${name}>${name}</span></td>`)}
    <td class=${credit ? 'credit' : ''}>${renderAmount({ cost, currency, unpriced, messages, format })}</td>
    <td class="share">
      <span class="share-cell">
        <span class="track" aria-hidden="true">
          <span class="bar ${credit ? 'negative' : ''}" ${vars({ '--bar': String(bar) })}></span>
        </span>
        <span class="percent">${share === undefined ? '–' : format.share(share)}</span>
      </span>
    </td>
  </tr>`;
}
