import type { DecimalText } from '../api/types.js';
import { sign } from './decimal.js';
import { addDays, type Granularity, type Period, toDate } from './period.js';

/** Everything a person reads as a number or a date, in one locale. */
export interface Format {
  readonly locale: string;
  /** Exact text in, rounded to the currency's own digits. An amount too small for those keeps two digits of its own. */
  money(amount: DecimalText, currency: string): string;
  /** A tick of an axis: a drawing coordinate, not money. */
  axisMoney(value: number, currency: string): string;
  /** A quantity with all of its digits. */
  number(quantity: DecimalText): string;
  /** The same in few digits: `1.2M`. */
  compact(quantity: DecimalText): string;
  /** `a, b and c` */
  list(items: readonly string[]): string;
  /** Thousandths in, per cent out. */
  share(permille: number): string;
  /** `22 Nov` */
  day(day: string): string;
  /** A half-open range, said with its last day: `24 Oct – 22 Nov 2026`. */
  range(from: string, to: string): string;
  /** The short name of a period, for an axis. */
  tick(period: Period, granularity: Granularity): string;
  /** The full name of a period, for a row or a tooltip. */
  period(period: Period, granularity: Granularity): string;
  /** Order of names, as this language sorts them. */
  compareText(left: string, right: string): number;
}

/** One formatter per locale: building `Intl` objects is the slow part. */
export function formatFor(locale: string): Format {
  const known = formats.get(locale);
  if (known) return known;
  const format = createFormat(supported(locale));
  formats.set(locale, format);
  return format;
}

const formats = new Map<string, Format>();

function createFormat(locale: string): Format {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const short = date({ day: 'numeric', month: 'short' });
  const long = date({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = date({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const month = date({ month: 'short', year: '2-digit' });
  const monthLong = date({ month: 'long', year: 'numeric' });
  const year = date({ year: 'numeric' });
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { numeric: true });
  const numbers = new Map<string, Intl.NumberFormat>();

  const number = (currency: string, kind: keyof typeof KINDS): Intl.NumberFormat => {
    const key = `${kind} ${currency}`;
    const existing = numbers.get(key);
    if (existing) return existing;
    const created = new Intl.NumberFormat(locale, { ...currencyStyle(currency), ...KINDS[kind] });
    numbers.set(key, created);
    return created;
  };
  const withUnit = (text: string, currency: string) => (isCurrencyCode(currency) ? text : `${text} ${currency}`);
  const quarter = ({ start }: Period) =>
    `Q${Math.floor(toDate(start).getUTCMonth() / 3) + 1} ${year.format(toDate(start))}`;

  return {
    locale,
    money(amount, currency) {
      const rounded = number(currency, 'plain');
      const vanishes = sign(amount) !== 0 && !/[1-9]/.test(digitsOf(rounded, amount));
      return withUnit((vanishes ? number(currency, 'tiny') : rounded).format(amount as `${number}`), currency);
    },
    axisMoney: (value, currency) => withUnit(number(currency, 'axis').format(value), currency),
    number: (quantity) => exact.format(quantity as `${number}`),
    compact: (quantity) => compact.format(quantity as `${number}`),
    list: (items) => conjunction.format(items),
    share: (permille) => percent.format(permille / 1000),
    day: (day) => short.format(toDate(day)),
    range: (from, to) => long.formatRange(toDate(from), toDate(addDays(to, -1))),
    tick(period, granularity) {
      if (granularity === 'quarter') return quarter(period);
      return { day: short, week: short, month, year }[granularity].format(toDate(period.start));
    },
    period(period, granularity) {
      if (granularity === 'quarter') return quarter(period);
      if (granularity === 'week') return long.formatRange(toDate(period.start), toDate(addDays(period.end, -1)));
      return { day: weekday, month: monthLong, year }[granularity].format(toDate(period.start));
    },
    compareText: collator.compare,
  };
}

const KINDS = {
  plain: {},
  tiny: { minimumFractionDigits: 0, maximumFractionDigits: 20, maximumSignificantDigits: 2 },
  axis: { notation: 'compact', minimumFractionDigits: 0, maximumSignificantDigits: 3 },
} satisfies Record<string, Intl.NumberFormatOptions>;

const isCurrencyCode = (currency: string): boolean => /^[A-Za-z]{3}$/.test(currency);

/** FOCUS also allows currencies of a provider's own making, which `Intl` refuses; those are shown behind the number. */
const currencyStyle = (currency: string): Intl.NumberFormatOptions =>
  isCurrencyCode(currency)
    ? { style: 'currency', currency, currencyDisplay: 'symbol' }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/** The digits of a formatted amount in the Latin script, so that the question "is it all zeros" has one answer. */
const digitsOf = (format: Intl.NumberFormat, amount: DecimalText): string => {
  const { maximumFractionDigits } = format.resolvedOptions();
  return new Intl.NumberFormat('en', { maximumFractionDigits, useGrouping: false }).format(amount as `${number}`);
};

/** A tag that `Intl` does not understand is the host's typing error; English is better than no page. */
function supported(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
