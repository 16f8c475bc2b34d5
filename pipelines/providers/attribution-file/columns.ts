import { quoteText } from '../../landing/session.ts';
import { meterIds } from '../../prices/meters.ts';
import type { RawColumn, RowRule } from '../bill-format.ts';

/** The column that only these files have, and every line of them: which gateway or tool told it. */
export const MARK = 'attribution_source';
/** What the mark says on the line about the file itself, which tells of no usage. */
export const ABOUT = 'about';

/** Columns of a file, beside the mark. Others are kept as text and mean nothing. */
export const columns: readonly RawColumn[] = [
  { source: MARK, raw: MARK, type: 'text', required: true },
  text('charge_date'),
  text('provider'),
  text('model'),
  text('api_key_id'),
  text('sub_account_id'),
  text('meter'),
  // A count, or seconds and hours; no money. What a tool writes beyond the 18th place is rounded.
  { source: 'quantity', raw: 'quantity', type: 'decimal', rounds: true },
  text('tags'),
];

/** What each row says, so each file has to have it. */
export const neededColumns = ['charge_date', 'provider', 'quantity', 'tags'] as const;

function text(name: string): RawColumn {
  return { source: name, raw: name, type: 'text' };
}

const told = `${MARK} <> ${quoteText(ABOUT)}`;
/** The least and the most that a row can tell of: sums of such quantities are still exact. */
const MOST = '1000000000000000';

function rule(column: string, broken: string, reason: string): RowRule {
  return { column, brokenWhen: `${told} AND (${broken})`, reason };
}

const day = `TRY_CAST(charge_date AS DATE)`;
/** A CASE, because DuckDB looks at both sides of an AND in any order, and breaks off at what is no JSON. */
const isObject = `CASE WHEN json_valid(tags) THEN json_type(tags) = 'OBJECT' ELSE false END`;

export const rowRules: readonly RowRule[] = [
  rule(
    'charge_date',
    `charge_date IS NULL OR NOT regexp_full_match(charge_date, '[0-9]{4}-[0-9]{2}-[0-9]{2}') OR ${day} IS NULL
      OR ${day} < DATE '2015-01-01' OR ${day} >= DATE '2100-01-01'`,
    'is not a day in UTC such as 2026-10-31',
  ),
  rule(
    'provider',
    `provider IS NULL OR NOT regexp_full_match(provider, '[a-z0-9][a-z0-9._-]{0,99}')`,
    'is not the id of a provider in the price book, such as openai or anthropic',
  ),
  rule(
    'meter',
    `meter NOT IN (${meterIds.map(quoteText).join(', ')})`,
    'is not a meter: leave it empty for tokens of every kind, or write one such as input_tokens or output_tokens',
  ),
  rule(
    'quantity',
    `quantity IS NULL OR TRY_CAST(quantity AS DECIMAL(38,18)) <= 0 OR TRY_CAST(quantity AS DECIMAL(38,18)) >= ${MOST}`,
    'is not more than 0 and less than 10^15',
  ),
  rule(
    'tags',
    `tags IS NULL OR NOT ${isObject}`,
    'is not a JSON object such as {"feature":"search","customer":"c-17"}',
  ),
  rule(
    'tags',
    `CASE WHEN ${isObject} THEN len(list_distinct(json_keys(tags))) <> len(json_keys(tags))
      OR NOT list_bool_and(list_transform(json_type(tags, '$.*'), lambda t: t IN ('VARCHAR', 'NULL'))) END`,
    'names a tag twice, or has a value that is no text: write "42" instead of 42',
  ),
];
