import { CloudActError } from '@cloudact/core/errors';
import { quoteText } from '../../landing/session.ts';
import type { RowRule } from '../bill-format.ts';
import { rawName, requiredColumns } from './column-types.ts';
import { type CurColumns, curMaps } from './columns.ts';
import { brokenMapSql } from './maps.ts';

/** Columns that every report has and no other bill. */
const TELLING = ['bill_payer_account_id', 'line_item_line_item_type', 'line_item_unblended_cost'];

/** Columns of Data Exports that the legacy report has not: its maps, and what an export without maps is known by. */
const EXPORTED = new Set<string>([
  ...curMaps,
  'bill_payer_account_name',
  'line_item_usage_account_name',
  'line_item_iam_principal',
]);

/** CUR 2.0, in CSV or Parquet: its names are those of the table, never `section/Name`. */
export function isCur2(header: readonly string[]): boolean {
  return (
    isReport(header) &&
    !header.some((name) => name.includes('/')) &&
    header.some((name) => EXPORTED.has(name.trim().toLowerCase()))
  );
}

export function isLegacyCur(header: readonly string[]): boolean {
  return isReport(header) && !isCur2(header);
}

function isReport(header: readonly string[]): boolean {
  const names = new Set(header.map(rawName));
  return TELLING.every((name) => names.has(name));
}

/**
 * Throws `file_format_unknown` when a column is missing that FOCUS cannot do without, or comes in two spellings: every
 * row must have a value in it, and each file fills its own spelling alone.
 */
export function checkColumns(cur: CurColumns): void {
  const missing = [...requiredColumns].filter((name) => !cur.has(name));
  if (missing.length > 0) {
    throw new CloudActError('file_format_unknown', {
      detail: `This looks like an AWS Cost and Usage Report, but it lacks ${missing.join(', ')}. Export it again with its standard columns.`,
    });
  }
  const twice = [...requiredColumns].map((name) => cur.spellings(name)).find((spellings) => spellings.length > 1);
  if (twice) {
    const sources = twice.map((raw) => cur.columns.find((column) => column.raw === raw)!.source);
    throw new CloudActError('file_format_unknown', {
      detail: `${sources.join(' and ')} are one column in two spellings; convert these files one after the other.`,
    });
  }
}

/**
 * FOCUS forbids an unknown EffectiveCost, and 0 would be a lie: usage under a commitment must say what it cost. A map
 * must be a JSON object.
 */
export function rowRules(cur: CurColumns): RowRule[] {
  return [
    effectiveCostRule(cur, 'DiscountedUsage', ['reservation_net_effective_cost', 'reservation_effective_cost']),
    effectiveCostRule(cur, 'SavingsPlanCoveredUsage', PLAN_EFFECTIVE_COSTS),
    ...(PLAN_EFFECTIVE_COSTS.some(cur.has) ? [] : [negationRule(cur)]),
    ...Object.values(cur.maps).map((raw) => mapRule(cur, raw)),
  ];
}

const PLAN_EFFECTIVE_COSTS = [
  'savings_plan_net_savings_plan_effective_cost',
  'savings_plan_savings_plan_effective_cost',
];

/** Covered usage and its negation cancel out: where the one cannot be read, the other must not stay alone. */
function negationRule(cur: CurColumns): RowRule {
  return effectiveCostRule(cur, 'SavingsPlanNegation', PLAN_EFFECTIVE_COSTS);
}

function effectiveCostRule(cur: CurColumns, type: string, raws: readonly string[]): RowRule {
  const delivered = cur.columns.find(({ raw }) => raw === raws.at(-1));
  const known = raws.flatMap((raw) => cur.spellings(raw)).map((raw) => `"${raw}" IS NULL`);
  return {
    column: delivered?.source ?? raws.at(-1)!,
    brokenWhen: [`line_item_line_item_type = ${quoteText(type)}`, ...known].join(' AND '),
    reason: known.length > 0 ? `is empty, so what ${type} cost is not known` : notExported(raws.at(-1)!, type),
  };
}

function notExported(raw: string, type: string): string {
  return `is not known for ${type}, as the export has no column ${raw}: add it to the query of the export`;
}

function mapRule(cur: CurColumns, raw: string): RowRule {
  return {
    column: cur.columns.find((column) => column.raw === raw)!.source,
    brokenWhen: brokenMapSql(raw),
    reason:
      'is neither a JSON object such as {"team":"core"} nor text of Athena such as {team=core} that can be read in one way only; write maps as JSON: json_format(CAST(… AS JSON))',
  };
}
