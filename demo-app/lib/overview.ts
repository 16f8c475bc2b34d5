import { type CurrencyTotal, costs } from './api';

/** What the tiles above the charts say, all of it for whole days in UTC. */
export interface Overview {
  monthToDate: { label: string; totals: CurrencyTotal[] };
  /** Change against the same days of the month before, per currency; null where there is nothing to compare with. */
  change: { currency: string; percent: number | null }[];
  /** What the bills of the last month say, refunds for earlier months included. */
  lastBill: { label: string; totals: CurrencyTotal[] };
  /** How far below list price this month's effective cost is. */
  savings: { currency: string; percent: number | null }[];
  topService: { name: string; share: number | null } | null;
}

/** Asks the API for the tiles' numbers. `today` is the start of the day that still runs. */
export async function overview(today: Date): Promise<Overview> {
  const start = month(today, 0);
  const previousStart = month(today, -1);
  const tomorrow = new Date(today.getTime() + DAY);
  // Only whole days are compared, and a shorter month ends where it ends.
  const sameDays = new Date(Math.min(previousStart.getTime() + (today.getTime() - start.getTime()), start.getTime()));
  const total = (metric: string, from: Date, to: Date) =>
    from < to
      ? costs({ metric, granularity: 'total', from: iso(from), to: iso(to) }).then(({ totals }) => totals)
      : Promise.resolve([]);

  const [current, list, whole, before, bill, services] = await Promise.all([
    total('EffectiveCost', start, tomorrow),
    total('ListCost', start, tomorrow),
    total('EffectiveCost', start, today),
    total('EffectiveCost', previousStart, sameDays),
    costs({
      metric: 'BilledCost',
      granularity: 'total',
      date: 'BillingPeriodStart',
      from: iso(previousStart),
      to: iso(start),
    }),
    costs({
      metric: 'EffectiveCost',
      granularity: 'total',
      from: iso(start),
      to: iso(tomorrow),
      group_by: 'ServiceName',
      top: '1',
    }),
  ]);
  const top = services.groups.find(({ other }) => !other);
  return {
    monthToDate: { label: monthName(start), totals: current },
    change: current.map(({ currency }) => ({
      currency,
      percent: ratio(costIn(whole, currency), costIn(before, currency), (a, b) => (a - b) / b),
    })),
    lastBill: { label: monthName(previousStart), totals: bill.totals },
    savings: current.map(({ currency, cost }) => ({
      currency,
      percent: ratio(cost, costIn(list, currency), (a, b) => (b - a) / b),
    })),
    topService: top
      ? {
          name: top.group[0] ?? 'No service',
          share: ratio(top.cost, costIn(current, top.currency), (a, b) => a / b),
        }
      : null,
  };
}

const DAY = 86_400_000;

/** A share for display; the amounts themselves stay text. */
function ratio(a: string | undefined, b: string | undefined, of: (a: number, b: number) => number): number | null {
  const result = a === undefined || b === undefined ? Number.NaN : of(Number(a), Number(b));
  return Number.isFinite(result) ? result : null;
}

const costIn = (totals: CurrencyTotal[], currency: string) => totals.find((total) => total.currency === currency)?.cost;
const month = (day: Date, offset: number) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + offset, 1));
const iso = (day: Date) => day.toISOString().slice(0, 10);
const monthName = (day: Date) =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
