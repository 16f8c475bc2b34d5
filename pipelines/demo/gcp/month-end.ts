import type { Month } from '../calendar.ts';
import { addMonths } from '../calendar.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, roundTo, times } from '../fixed-point.ts';
import type { Story } from '../story.ts';
import type { GcpIdentifiers, Line } from './export-row.ts';
import { commonCells, line, skuCells } from './export-row.ts';

const TAX = fixed('0.0825');
const INVOICE = { service: 'Invoice', serviceId: '0000-0000-0001', name: 'Tax' };
const BIG_QUERY = { service: 'BigQuery', serviceId: '24E6-581D-38E5', name: 'Analysis' };

/** What comes with the invoice: a correction of the month before, tax by project, and the rounding to whole cents. */
export function monthEndLines(lines: readonly Line[], month: Month, story: Story, identifiers: GcpIdentifiers): Line[] {
  const corrections = month.text === story.refundMonth ? [correction(month, identifiers)] : [];
  const taxed = [...taxes([...lines, ...corrections], month, identifiers)];
  const all = [...lines, ...corrections, ...taxed];
  const total = all.reduce((sum, entry) => sum + billed(entry), 0n);
  const cells = {
    ...commonCells(identifiers, month, month.end - 1, month.end),
    ...skuCells(identifiers, { ...INVOICE, name: 'Rounding error' }),
    cost_type: 'rounding_error',
  };
  return [...corrections, ...taxed, line(cells, roundTo(total, 2) - total, month.end - 1, undefined)];
}

/** What a line adds to the invoice. */
export function billed({ cost, credits }: Line): Fixed {
  return credits.reduce((sum, { amount }) => sum + amount, cost);
}

function taxes(lines: readonly Line[], month: Month, identifiers: GcpIdentifiers): Line[] {
  const sums = new Map<Line['account'], Fixed>();
  for (const entry of lines) sums.set(entry.account, (sums.get(entry.account) ?? 0n) + billed(entry));
  return [...sums].map(([account, sum]) => {
    const cells = {
      ...commonCells(identifiers, month, month.end - 1, month.end, account),
      ...skuCells(identifiers, INVOICE),
      cost_type: 'tax',
    };
    return line(cells, sum > 0n ? roundTo(times(sum, TAX), 2) : 0n, month.end - 1, account);
  });
}

/** Queries of the month before that were counted twice. */
function correction(month: Month, identifiers: GcpIdentifiers): Line {
  const day = addMonths(month, -1).first + 16;
  const cells = {
    ...commonCells(identifiers, month, day, day + 1, 'data'),
    ...skuCells(identifiers, BIG_QUERY, 'us-east'),
    cost_type: 'adjustment',
    adjustment_info: {
      id: 'ADJ-1',
      type: 'USAGE_CORRECTION',
      mode: 'PARTIAL_CORRECTION',
      description: 'Queries that were counted twice',
    },
  };
  return line(cells, -fixed('41.25'), day, 'data');
}
