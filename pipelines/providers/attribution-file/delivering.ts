import type { MeterId } from '../../prices/meters.ts';
import { usageMonths, writeAnswers } from '../../usage/answers/index.ts';
import type { CredentialField, DeliveredPeriod } from '../connector.ts';
import { ABOUT, columns, MARK } from './columns.ts';

const DAY = 86_400_000;

export const firstDayField: CredentialField = {
  name: 'from',
  label: 'First day',
  help: 'Left out: the first day of the month before last.',
  kind: 'text',
  required: false,
  pattern: '20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
  expected: 'a day, YYYY-MM-DD',
  example: '2026-09-01',
};

/** What a gateway or tool tells of one UTC day, model, meter and set of tags. */
export interface ToldLine {
  readonly charge_date: string;
  readonly provider: string;
  readonly model: string | null;
  readonly meter: MeterId | null;
  readonly quantity: bigint;
  readonly tags: Readonly<Record<string, string>>;
}

/** Every month since `from`; `parts` are the paths that are asked. */
export function attributionMonths(
  { from, shape, parts }: { from: string | undefined; shape: string; parts: readonly string[] },
  now = new Date(),
): DeliveredPeriod[] {
  const beforeLast = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2, 1));
  const first = from ?? dayOf(beforeLast);
  return usageMonths({
    now,
    from: first,
    // Gateways write within minutes; two days are for requests that run past midnight and queues that stand.
    settledAfterDays: 2,
    refreshHours: 6,
    parts,
    shape: `${shape} ${from ?? ''}`.trim(),
  });
}

/** The UTC days of a month that are told of: from the first chosen one to today. */
export function daysOf({ billingPeriod }: DeliveredPeriod, from: string | undefined, now = new Date()): string[] {
  const [year, month] = billingPeriod.split('-').map(Number) as [number, number];
  const days = Array.from({ length: 31 }, (_, index) => dayOf(new Date(Date.UTC(year, month - 1, index + 1))));
  return days.filter(
    (day) => day.startsWith(billingPeriod.slice(0, 7)) && day <= dayOf(now) && (from === undefined || day >= from),
  );
}

export function dayAfter(day: string): string {
  return dayOf(new Date(Date.parse(day) + DAY));
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Writes the file of one month; lines without a quantity are left out. Returns its path. */
export function writeAttribution(
  folder: string,
  { source, billingPeriod }: { source: string; billingPeriod: string },
  lines: AsyncIterable<ToldLine>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const nothing = Object.fromEntries(columns.map((column) => [column.source, null]));
  const about = { ...nothing, [MARK]: ABOUT, told_by: source, fetched_at: new Date().toISOString() };
  async function* written() {
    for await (const { quantity, ...line } of lines) {
      if (quantity > 0n) yield { [MARK]: source, ...line, quantity: String(quantity) };
    }
  }
  return writeAnswers(folder, `${source}-${billingPeriod.slice(0, 7)}`, about, written(), signal);
}
