import { add, compare, type Decimal, decimal, multiply } from '@cloudact/core/money';
import type { Display } from '../../queries/display.ts';
import type { CostAnswer } from './schemas.ts';

/** The costs of an answer, before it is known where usage waits for its price. */
export interface Priced extends Pick<CostAnswer, 'rows' | 'totals'> {
  groups: Omit<CostAnswer['groups'][number], 'unpriced'>[];
}

/**
 * The costs in the terms of the credential. Every cost is multiplied without rounding, so rows, groups and totals add up
 * as exactly as before; currencies with a rate become the one that is shown and are summed, others stay what they are.
 */
export function displayed(priced: Priced, display: Display | null): Priced {
  if (display === null) return priced;
  const shown = <Entry extends Cost>(entry: Entry): Entry => ({ ...entry, ...displayedCost(entry, display) });
  const { rows, groups, totals } = priced;
  const converted = { rows: rows.map(shown), groups: groups.map(shown), totals: totals.map(shown) };
  return display.currency === null ? converted : merged(converted);
}

interface Cost {
  currency: string;
  cost: string;
}

function displayedCost({ currency, cost }: Cost, display: Display): Cost {
  const { currency: target, rates } = display.currency ?? { currency, rates: {} };
  const rate = currency === target ? undefined : rates[currency];
  const factors = [display.markUp, rate].filter((factor) => factor !== null && factor !== undefined);
  return {
    currency: rate === undefined ? currency : target,
    cost: factors.map(decimal).reduce(multiply, decimal(cost)),
  };
}

/** What was told apart by its currency alone is one, in the order that answers have. */
function merged({ rows, groups, totals }: Priced): Priced {
  const mergedGroups = summed(groups, groupKey).sort(
    (one, two) =>
      compareText(one.currency, two.currency) ||
      Number(one.other) - Number(two.other) ||
      compare(two.cost as Decimal, one.cost as Decimal) ||
      compareGroups(one.group, two.group),
  );
  const places = new Map(mergedGroups.map((group, place) => [groupKey(group), place]));
  return {
    rows: summed(rows, (row) => `${row.period_start} ${groupKey(row)}`).sort(
      (one, two) =>
        compareText(one.period_start, two.period_start) || places.get(groupKey(one))! - places.get(groupKey(two))!,
    ),
    groups: mergedGroups,
    totals: summed(totals, ({ currency }) => currency).sort((one, two) => compareText(one.currency, two.currency)),
  };
}

function summed<Entry extends Cost>(entries: readonly Entry[], key: (entry: Entry) => string): Entry[] {
  return [...Map.groupBy(entries, key).values()].map((same) => ({
    ...same[0]!,
    cost: add(...same.map(({ cost }) => cost as Decimal)),
  }));
}

function groupKey({ currency, other, group }: Priced['groups'][number]): string {
  return JSON.stringify([currency, other, group]);
}

/** Values in the order of their characters, and no value last. */
function compareGroups(one: readonly (string | null)[], two: readonly (string | null)[]): number {
  for (const [index, value] of one.entries()) {
    const other = two[index] ?? null;
    if (value === other) continue;
    return value === null ? 1 : other === null ? -1 : compareText(value, other);
  }
  return 0;
}

function compareText(one: string, two: string): number {
  return one === two ? 0 : one < two ? -1 : 1;
}
