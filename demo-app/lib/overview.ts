import { type CostAnswer, type CurrencyTotal, costs } from './api';
import { comparedDays, firstOfMonth } from './compared-days';

/** What the tiles above the charts say, all of it for whole days in UTC. */
export interface Overview {
  /** `atLeast`: usage without a price belongs to it, so it is a lower bound. */
  monthToDate: { label: string; totals: CurrencyTotal[]; atLeast: boolean };
  /** Change against the same days of the month before, per currency; null where there is nothing to compare with. */
  change: { currency: string; percent: number | null }[];
  /** What the bills of the last month say, refunds for earlier months included. */
  lastBill: { label: string; totals: CurrencyTotal[]; atLeast: boolean; final: boolean };
  /** How far below list price this month's usage is; purchases that later usage is paid from would count twice. */
  savings: { currency: string; percent: number | null }[];
  topService: { name: string; share: number | null } | null;
}

/**
 * Asks the API for the tiles' numbers. `today` is the start of the day that still runs; `own` is the currency that comes
 * first where there are several.
 */
export async function overview(today: Date, own: string): Promise<Overview> {
  const start = firstOfMonth(today, 0);
  const previousStart = firstOfMonth(today, -1);
  const tomorrow = new Date(today.getTime() + 86_400_000);
  const total = async (metric: string, from: Date, to: Date, more: Record<string, string> = {}) => {
    const answer = await costs({ metric, granularity: 'total', from: iso(from), to: iso(to), ...more });
    const first = ({ currency }: { currency: string }) => (currency === own ? 0 : 1);
    const ordered = <Of extends { currency: string }>(of: Of[]) => of.toSorted((a, b) => first(a) - first(b));
    return { ...answer, totals: ordered(answer.totals), groups: ordered(answer.groups) };
  };

  const used = { filter: 'ChargeCategory:Usage' };
  const [current, usage, list, bill, services] = await Promise.all([
    total('EffectiveCost', start, tomorrow),
    total('EffectiveCost', start, tomorrow, used),
    total('ListCost', start, tomorrow, used),
    total('BilledCost', previousStart, start, { date: 'BillingPeriodStart' }),
    total('EffectiveCost', start, tomorrow, { group_by: 'ServiceName', top: '1' }),
  ]);
  const days = comparedDays(today, loadedThrough(current, start));
  const [these, those] = days
    ? await Promise.all([
        total('EffectiveCost', days.these.from, days.these.to),
        total('EffectiveCost', days.those.from, days.those.to),
      ])
    : [undefined, undefined];
  const top = services.groups.find(({ other }) => !other);
  return {
    monthToDate: { label: monthName(start), totals: current.totals, atLeast: current.unpriced.length > 0 },
    change: current.totals.map(({ currency }) => ({
      currency,
      percent: ratio(costIn(these?.totals, currency), costIn(those?.totals, currency), (a, b) => (a - b) / b),
    })),
    lastBill: {
      label: monthName(previousStart),
      totals: bill.totals,
      atLeast: bill.unpriced.length > 0,
      final: bill.periods.length > 0 && bill.periods.every(({ complete }) => complete),
    },
    savings: current.totals.map(({ currency }) => ({
      currency,
      percent: ratio(costIn(usage.totals, currency), costIn(list.totals, currency), (a, b) => (b - a) / b),
    })),
    topService: top
      ? {
          name: top.group[0] ?? 'No service',
          share: ratio(top.cost, costIn(current.totals, top.currency), (a, b) => a / b),
        }
      : null,
  };
}

/** The last day for which every integration of the month has charges. */
function loadedThrough({ periods }: CostAnswer, start: Date): string | null {
  const days = periods.filter((period) => period.billing_period === iso(start)).map((period) => period.charges_through);
  return days.includes(null) ? null : (days.sort()[0] ?? null);
}

/** A share for display; the amounts themselves stay text. */
function ratio(a: string | undefined, b: string | undefined, of: (a: number, b: number) => number): number | null {
  const result = a === undefined || b === undefined ? Number.NaN : of(Number(a), Number(b));
  return Number.isFinite(result) ? result : null;
}

const costIn = (totals: CurrencyTotal[] | undefined, currency: string) =>
  totals?.find((total) => total.currency === currency)?.cost;
const iso = (day: Date) => day.toISOString().slice(0, 10);
const monthName = (day: Date) =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
