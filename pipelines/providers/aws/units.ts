import { quoteText } from '../../landing/session.ts';

/**
 * AWS units in the form that FOCUS recommends: plural, whole words, capitalised. Units that are not listed keep their
 * words; only their time part is written out.
 */
const UNITS: Readonly<Record<string, string>> = {
  Hrs: 'Hours',
  hours: 'Hours',
  Hour: 'Hours',
  hour: 'Hours',
  '1K tokens': '1000 Tokens',
  'GB-Mo': 'GB-Months',
  'GB-month': 'GB-Months',
  'GB-Month': 'GB-Months',
  'GB-Hours': 'GB-Hours',
  'GB-hours': 'GB-Hours',
  'Lambda-GB-Second': 'GB-Seconds',
  'GB-Second': 'GB-Seconds',
  'GB-Seconds': 'GB-Seconds',
  'vCPU-Hours': 'vCPU-Hours',
  'vCPU-hours': 'vCPU-Hours',
  'LCU-Hrs': 'LCU-Hours',
  'ACU-Hr': 'ACU-Hours',
  'IOPS-Mo': 'IOPS-Months',
  'Obj-Month': 'Object-Months',
  'Objs-Mo': 'Object-Months',
  Request: 'Requests',
  'API Request': 'API Requests',
  requests: 'Requests',
  seconds: 'Seconds',
  Second: 'Seconds',
  second: 'Seconds',
  Minute: 'Minutes',
  minute: 'Minutes',
  minutes: 'Minutes',
  Month: 'Months',
  Mo: 'Months',
  months: 'Months',
  Quantity: 'Units',
  unit: 'Units',
  Unit: 'Units',
  Count: 'Count',
  count: 'Count',
  Gigabyte: 'GB',
  gigabytes: 'GB',
  Key: 'Keys',
  Event: 'Events',
  Token: 'Tokens',
  tokens: 'Tokens',
  Image: 'Images',
  Message: 'Messages',
  Query: 'Queries',
  User: 'Users',
};

export function unitSql(unit: string): string {
  const cases = Object.entries(UNITS).map(([from, to]) => `WHEN ${quoteText(from)} THEN ${quoteText(to)}`);
  const words = `regexp_replace(regexp_replace(${unit}, '-(Mo|Month|month)$', '-Months'), '(^|-| )(Hrs|Hr|hrs|hr|Hour|hour|hours)$', '\\1Hours')`;
  return `CASE ${unit} ${cases.join(' ')} ELSE ${words} END`;
}
