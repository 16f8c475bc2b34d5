import type { CostAnswer, DecimalText } from '../../api/types.js';
import { abs, compare, permille } from '../../internal/decimal.js';
import { groupName } from '../../internal/describe.js';
import type { Format } from '../../internal/format.js';
import type { Messages } from '../../locales/en.js';

/** One currency of an answer as rows: groups in the order asked for, the rest always last. */
export interface BreakdownModel {
  currency: string;
  total: DecimalText;
  rows: BreakdownRow[];
}

export interface BreakdownRow {
  /** One text per dimension; a single one where nothing is grouped by, and for the rest. */
  names: string[];
  other: boolean;
  cost: DecimalText;
  /** Thousandths of the total; undefined where the total is not above zero. */
  share: number | undefined;
  /** Length of the bar in thousandths of the longest. */
  bar: number;
}

/** Which column, and which way: `cost`, or the position of a dimension. */
export interface Sorting {
  column: 'cost' | number;
  direction: 'ascending' | 'descending';
}

export function toBreakdown(
  { groups, totals }: CostAnswer,
  currency: string,
  sorting: Sorting,
  messages: Messages,
  format: Format,
): BreakdownModel {
  const total = totals.find((one) => one.currency === currency)?.cost ?? '0';
  const shown = groups.filter((group) => group.currency === currency);
  const longest =
    shown
      .map(({ cost }) => abs(cost))
      .sort(compare)
      .at(-1) ?? '0';
  const rows = shown.map(({ group, other, cost }) => ({
    names:
      other || group.length === 0
        ? [groupName({ group, other }, messages)]
        : group.map((value) => value ?? messages.noValue),
    other,
    cost,
    share: permille(cost, total),
    bar: permille(abs(cost), longest) ?? 0,
  }));
  return { currency, total, rows: rows.sort(order(sorting, format)) };
}

function order({ column, direction }: Sorting, format: Format) {
  const turn = direction === 'ascending' ? 1 : -1;
  return (left: BreakdownRow, right: BreakdownRow): number => {
    if (left.other !== right.other) return left.other ? 1 : -1;
    const difference =
      column === 'cost'
        ? compare(left.cost, right.cost)
        : format.compareText(left.names[column] ?? '', right.names[column] ?? '');
    return turn * difference;
  };
}
