import type { CostAnswer, CostGroup, DecimalText } from '../../api/types.js';
import { abs, compare, permille } from '../../internal/decimal.js';
import { groupName } from '../../internal/describe.js';
import type { Format } from '../../internal/format.js';
import { isAtLeast } from '../../internal/unpriced.js';
import type { Messages } from '../../locales/en.js';

/** One currency of an answer as rows: groups in the order asked for, the rest always last. */
export interface BreakdownModel {
  currency: string;
  total: DecimalText;
  /** Usage waits for its price: the total is the least that it can be. */
  unpriced: boolean;
  rows: BreakdownRow[];
}

export interface BreakdownRow {
  /** One text per dimension; a single one where nothing is grouped by, and for the rest. */
  names: string[];
  other: boolean;
  /** Undefined where all of its usage waits for a price. */
  cost: DecimalText | undefined;
  /** Usage of it waits for its price. */
  unpriced: boolean;
  /** Thousandths of what is priced; undefined where that is not above zero, or the cost not known. */
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
  answer: CostAnswer,
  currency: string,
  sorting: Sorting,
  messages: Messages,
  format: Format,
): BreakdownModel {
  const { groups, totals, unpriced_periods } = answer;
  const total = totals.find((one) => one.currency === currency)?.cost ?? '0';
  const shown = groups.filter((group) => group.currency === currency);
  const longest =
    shown
      .map(({ cost }) => abs(cost))
      .sort(compare)
      .at(-1) ?? '0';
  const namesOf = ({ group, other }: Pick<CostGroup, 'group' | 'other'>) =>
    other || group.length === 0
      ? [groupName({ group, other }, messages)]
      : group.map((value) => value ?? messages.noValue);
  const rows: BreakdownRow[] = shown.map((group) => ({
    names: namesOf(group),
    other: group.other,
    cost: group.cost,
    unpriced: group.unpriced,
    share: permille(group.cost, total),
    bar: permille(abs(group.cost), longest) ?? 0,
  }));
  const hasOther = shown.some(({ other }) => other);
  for (const place of unpriced_periods) {
    // What is priced, in whichever currency, is marked there; beyond the top groups it is a part of "other".
    if (hasOther || isShown(place, groups)) continue;
    rows.push({ names: namesOf(place), other: place.other, cost: undefined, unpriced: true, share: undefined, bar: 0 });
  }
  return { currency, total, unpriced: isAtLeast(answer), rows: rows.sort(order(sorting, format)) };
}

const isShown = ({ group, other }: Pick<CostGroup, 'group' | 'other'>, shown: readonly CostGroup[]): boolean =>
  shown.some((one) => one.other === other && one.group.every((value, index) => value === group[index]));

function order({ column, direction }: Sorting, format: Format) {
  const turn = direction === 'ascending' ? 1 : -1;
  return (left: BreakdownRow, right: BreakdownRow): number => {
    if (left.other !== right.other) return left.other ? 1 : -1;
    // What is not known is neither small nor large: it stands after what is.
    if (column === 'cost' && (left.cost === undefined || right.cost === undefined))
      return Number(left.cost === undefined) - Number(right.cost === undefined);
    const difference =
      column === 'cost'
        ? compare(left.cost ?? '0', right.cost ?? '0')
        : format.compareText(left.names[column] ?? '', right.names[column] ?? '');
    return turn * difference;
  };
}
