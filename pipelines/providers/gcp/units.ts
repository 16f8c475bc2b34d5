import { lookUpSql } from '../look-up.ts';

/** The words of Google's units in the form that FOCUS recommends. Words that are not listed stay as they are. */
const WORDS: Readonly<Record<string, string>> = {
  byte: 'B',
  bytes: 'B',
  kibibyte: 'KiB',
  mebibyte: 'MiB',
  gibibyte: 'GiB',
  tebibyte: 'TiB',
  pebibyte: 'PiB',
  gigabyte: 'GB',
  second: 'Seconds',
  seconds: 'Seconds',
  minute: 'Minutes',
  hour: 'Hours',
  day: 'Days',
  month: 'Months',
  mo: 'Months',
  year: 'Years',
  count: 'Count',
  requests: 'Requests',
  request: 'Requests',
};
/** What a time is counted of, in the singular. */
const SINGULAR: Readonly<Record<string, string>> = {
  ...WORDS,
  count: 'Count',
  request: 'Request',
  requests: 'Request',
};

/** `gibibyte month` → `GiB-Months`, `byte-seconds` → `B-Seconds`, `hour` → `Hours`. */
export function unitSql(unit: string): string {
  const [of, time] = [1, 2].map((group) => `regexp_extract(lower(${unit}), '^([a-z]+)[ .-]([a-z]+)$', ${group})`);
  return `COALESCE(${lookUpSql(`lower(${unit})`, WORDS)}, ${lookUpSql(of!, SINGULAR)} || '-' || ${lookUpSql(time!, WORDS)}, ${unit})`;
}
