import type { CostQuestion } from '../../queries/cost.ts';

/**
 * First day of a period and the day after its last one, cut to the range of the question: a row tells the cost of
 * charges whose `date` lies within these bounds, and of no others. `YYYY-MM-DD`, half-open, UTC.
 */
export function periodBounds(
  start: string,
  { granularity, from, to }: Pick<CostQuestion, 'granularity' | 'from' | 'to'>,
): { period_start: string; period_end: string } {
  if (granularity === 'total') return { period_start: from, period_end: to };
  const end = new Date(`${start}T00:00:00Z`);
  const days = { day: 1, week: 7, month: 0, quarter: 0, year: 0 }[granularity];
  const months = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[granularity];
  end.setUTCMonth(end.getUTCMonth() + months, end.getUTCDate() + days);
  const endText = end.toISOString().slice(0, 10);
  return { period_start: start < from ? from : start, period_end: endText > to ? to : endText };
}
