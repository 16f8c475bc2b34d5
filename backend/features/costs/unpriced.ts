import type { CostQuestion } from '../../queries/cost.ts';
import { isCurrency } from '../../queries/slice.ts';
import type { UnpricedRow } from '../../queries/unpriced.ts';
import type { Priced } from './displayed.ts';
import { periodBounds } from './period.ts';
import type { CostAnswer } from './schemas.ts';

type Answered = Pick<CostAnswer, 'groups' | 'unpriced' | 'unpriced_periods'>;
type Group = CostAnswer['groups'][number]['group'];

/**
 * Puts what waits for its price beside what is priced: the kinds of usage, the periods and groups in which they lie, and
 * a mark on each group that they touch. A group that is beyond the top ones, priced or not, belongs to "other".
 */
export function readUnpriced(rows: readonly UnpricedRow[], question: CostQuestion, priced: Priced['groups']): Answered {
  const key = (group: Group): string => JSON.stringify(group.filter((_, index) => !isUnknown(index, question)));
  const kept = Map.groupBy(
    priced.filter(({ other }) => !other),
    ({ group }) => key(group),
  );
  let places = question.top === null ? Number.POSITIVE_INFINITY : question.top - kept.size;

  const answer: Pick<Answered, 'unpriced' | 'unpriced_periods'> = { unpriced: [], unpriced_periods: [] };
  const named = new Map<string, boolean>();
  const seen = new Set<string>();
  for (const { level, service, model, meter, unit, reason, quantity, row_count, period_start, ...row } of rows) {
    if (level === 'usage') {
      answer.unpriced.push({ service, model, meter, unit, reason, quantity, rows: row_count });
      continue;
    }
    const values = question.groupBy.map((_, index) =>
      isUnknown(index, question) ? null : ([row.group_0, row.group_1, row.group_2][index] ?? null),
    );
    const own = key(values);
    if (!named.has(own)) named.set(own, kept.has(own) || places-- > 0);
    const other = !named.get(own);
    const groups = other ? [values.map(() => null)] : (kept.get(own)?.map(({ group }) => group) ?? [values]);
    for (const group of groups) {
      const place = JSON.stringify([period_start, other, group]);
      if (seen.has(place)) continue;
      seen.add(place);
      answer.unpriced_periods.push({ ...periodBounds(period_start!, question), group, other });
    }
  }

  // A group can be among the top ones of one currency and beyond those of another.
  const inOther = (currency: string) => {
    const shown = new Set(
      priced.filter((one) => one.currency === currency && !one.other).map(({ group }) => key(group)),
    );
    return [...named.keys()].some((group) => !shown.has(group));
  };
  const groups = priced.map((one) => ({
    ...one,
    unpriced: one.other ? inOther(one.currency) : named.has(key(one.group)),
  }));
  return { groups, ...answer };
}

function isUnknown(index: number, { groupBy }: CostQuestion): boolean {
  return isCurrency(groupBy[index]!);
}
