import { quoteText } from '../../landing/session.ts';
import { lookUpSql } from '../look-up.ts';

/** `cost/skuUnitDescription` in the form that FOCUS recommends: plural, whole words, time behind a hyphen. */
const UNITS: Readonly<Record<string, string>> = {
  hour: 'Hours',
  hours: 'Hours',
  month: 'Months',
  tb: 'TB',
  gb: 'GB',
  'gb of data transferred': 'GB',
  'gigabyte outbound data transfer per month': 'GB',
  'gb months': 'GB-Months',
  'gigabyte storage capacity per month': 'GB-Months',
  'tb months': 'TB-Months',
  'terabyte storage capacity per month': 'TB-Months',
  'performance units per gigabyte per month': 'GB-Performance-Unit-Months',
  'ocpu hours': 'OCPU-Hours',
  'ocpu per hour': 'OCPU-Hours',
  'ecpu per hour': 'ECPU-Hours',
  'gb hours': 'GB-Hours',
  'gigabytes per hour': 'GB-Hours',
  'instance per hour': 'Instance-Hours',
  'node per hour': 'Node-Hours',
  'load balancer hour': 'Load Balancer-Hours',
  'mbps per hour': 'Mbps-Hours',
  'hosted environment per hour': 'Hosted Environment-Hours',
  'rack month': 'Rack-Months',
};

/**
 * PricingUnit. Descriptions that are not listed keep their words: a leading count is written as a number, and "per hour"
 * or "Months" at the end as the unit of time. `key` is the description in lower case.
 */
export function pricingUnitSql(description: string, key: string): string {
  const rewrites: readonly [pattern: string, replacement: string][] = [
    ['^([0-9]+|One |1 )?(Million|million) ', '1000000 '],
    ['^(Ten Thousand|10,000|10K) ', '10000 '],
    ['^(Thousand|thousand|1K|1,000) ', '1000 '],
    [' ([Pp]er [Hh]our|Hours?)$', '-Hours'],
    [' ([Pp]er [Mm]onth|Months?)$', '-Months'],
  ];
  const words = rewrites.reduce(
    (text, [pattern, replacement]) => `regexp_replace(${text}, ${quoteText(pattern)}, ${quoteText(replacement)})`,
    description,
  );
  return `COALESCE(${lookUpSql(key, UNITS)}, ${words})`;
}

/**
 * `cost/billingUnitReadable`, split into its words: how many, of which size, over which time, of what. `1000000 NONE
 * NONE DATAPOINTS` prices a million, `1 GiB MONTHS STORAGE_SIZE` one gibibyte for a month. Null where the first word
 * is no number.
 */
export function blockSizeSql(words: string): string {
  return `CASE WHEN ${words}[1] = '1' THEN CAST(1 AS DECIMAL(38,18)) ELSE TRY_CAST(${words}[1] AS DECIMAL(38,18)) END`;
}

/**
 * ConsumedUnit: the size where there is one, else what is counted, and the time. What is transferred takes no time.
 * Null where the billing unit has not four words.
 */
export function consumedUnitSql(words: string): string {
  const [size, time, what] = [`${words}[2]`, `${words}[3]`, `${words}[4]`];
  const counted = `CASE ${what} WHEN 'OCPUS' THEN 'OCPU' WHEN 'ECPUS' THEN 'ECPU' ELSE ${capitalised(`replace(${what}, '_', ' ')`)} END`;
  return `CASE WHEN len(${words}) = 4 THEN
    CASE WHEN ${size} = 'NONE' THEN ${counted} ELSE ${size} END
    || CASE WHEN ${time} = 'NONE' OR ${what} = 'DATA_TRANSFERRED' THEN '' ELSE '-' || ${capitalised(time)} END END`;
}

function capitalised(text: string): string {
  return `upper(substr(${text}, 1, 1)) || lower(substr(${text}, 2))`;
}
