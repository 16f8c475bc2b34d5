import type { CostAnswer, CostRow } from '../api/types.js';

/**
 * The answer's rows, every currency, with amounts exactly as the API gave them. `Unpriced` says where usage waits for its
 * price; where nothing was priced, the amount is empty. RFC 4180, UTF-8 with a mark for Excel.
 */
export function toCsv({ query, rows, unpriced_periods }: CostAnswer): string {
  const header = ['PeriodStart', 'PeriodEnd', ...query.group_by, 'Other', 'Currency', query.metric, 'Unpriced'];
  const waiting = new Map(unpriced_periods.map((place) => [placeOf(place), place]));
  const priced = new Set(rows.map(placeOf));
  const unknown = [...waiting]
    .filter(([place]) => !priced.has(place))
    .map(([, place]) => ({ ...place, currency: '', cost: '' }));
  const lines = [...rows, ...unknown].map(({ period_start, period_end, group, other, currency, cost }) =>
    [
      period_start.slice(0, 10),
      period_end.slice(0, 10),
      ...group.map((value) => cell(value ?? '')),
      String(other),
      cell(currency),
      cost,
      String(waiting.has(placeOf({ period_start, group, other }))),
    ].join(','),
  );
  return `\uFEFF${[header.map(cell).join(','), ...lines].join('\r\n')}\r\n`;
}

const placeOf = ({ period_start, group, other }: Pick<CostRow, 'period_start' | 'group' | 'other'>): string =>
  JSON.stringify([period_start, other, group]);

/** Saves the rows as a file; works without any permission of a content security policy. */
export function downloadCsv(answer: CostAnswer): void {
  const { metric, group_by, from, to } = answer.query;
  const url = URL.createObjectURL(new Blob([toCsv(answer)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${[metric, ...group_by, from, to].join('_').replace(/[^\w.-]+/g, '-')}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

/** A name may begin like a formula, which a spreadsheet would run: the quote before it makes it text. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
