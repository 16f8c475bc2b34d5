import { exactProductSql } from '@cloudact/core/focus';
import { quoteText } from '../../landing/session.ts';
import { costColumns, envelope, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import { lookUpSql } from '../look-up.ts';
import { decimalSql } from '../money.ts';
import { MARK, type NameAnswer, usageAnswers } from './answers.ts';
import { keyedSql, sidesSql } from './cost-keys.ts';
import { lineItemsSql } from './line-items.ts';
import { countColumns, countSql, countTypes, meterRules, metersOfRowSql } from './meters.ts';

/** What the SELECTs read of a line; OpenAI may add fields of any name. */
const delivered = [
  MARK,
  'organization_name',
  'project_id',
  'user_id',
  'api_key_id',
  'model',
  'batch',
  'service_tier',
  'size',
  'source',
  'context_level',
  'vector_store_id',
  'line_item',
  'quantity',
  'quantity_unit',
  'amount_value',
  'amount_currency',
  'name_id',
  'name_text',
  ...countColumns,
] as const;

/** What OpenAI's organisation API answers about usage and costs, as the connector writes it. */
export const openaiSource: UsageSource = {
  id: 'openai-usage',
  title: 'OpenAI usage and costs',
  mark: MARK,
  columns: [
    { source: 'account_id', raw: 'account_id', type: 'text', required: true },
    ...countTypes,
    { source: 'amount_value', raw: 'amount_value', type: 'decimal' },
    { source: 'quantity', raw: 'quantity', type: 'decimal', rounds: true },
  ],
  rowRules: [
    ...meterRules,
    {
      column: 'amount_value',
      brokenWhen: `${MARK} = 'costs' AND amount_value IS NULL`,
      reason: 'is missing: the cost has no amount',
    },
    {
      column: 'amount_currency',
      brokenWhen: `${MARK} = 'costs' AND NOT regexp_full_match(COALESCE(amount_currency, ''), '[A-Za-z]{3}')`,
      reason: 'is no currency such as usd',
    },
  ],
  needed: delivered,
  priceList: 'openai',
  service: { name: 'OpenAI API', provider: 'OpenAI', accountType: 'Organization', subAccountType: 'Project' },
  staged: (rawTable) => ({ openai_lines: linesSql(rawTable), ...sidesSql(usageRowsSql(), costRowsSql()) }),
  usage: () => selectSql('openai_usage', usageColumns, NOT_IN_USAGE),
  costs: () => selectSql('openai_costs', costColumns, NOT_IN_COSTS),
};

const NOT_IN_USAGE = ['context_window', 'geography', 'speed'];
const NOT_IN_COSTS = [
  'geography',
  'speed',
  'list_amount',
  'list_unit_price',
  'service_name',
  'service_subcategory',
  'sku_id',
  'invoice_id',
  'resource_id',
  'resource_name',
  'resource_type',
  'tags',
];

function selectSql(
  side: 'openai_usage' | 'openai_costs',
  columns: Readonly<Record<string, string>>,
  unknown: readonly string[],
): string {
  const known = Object.keys(columns).filter((name) => !unknown.includes(name));
  return `SELECT ${selectList(columns, Object.fromEntries(known.map((name) => [name, name])))} FROM (${keyedSql(side)})`;
}

/** All lines that tell of usage or costs, under the names of `usageColumns`. */
function linesSql(rawTable: string): string {
  const instant = (name: string) => `CAST(raw.${name} AS TIMESTAMP) AS ${name}`;
  const counts: readonly string[] = countColumns;
  const columns = delivered.map((name) =>
    counts.includes(name) ? `${countSql(`raw.${name}`)} AS ${name}` : `raw.${name}`,
  );
  return `SELECT raw.account_id, ${columns.join(', ')}, ${instant(envelope.charge_start)}, ${instant(envelope.charge_end)},
      raw.organization_name AS account_name, raw.project_id AS sub_account_id,
      project.name AS sub_account_name, api_key.name AS api_key_name, raw.user_id AS principal_id, principal.name AS principal_name,
      CASE WHEN lower(raw.batch) = 'true' THEN 'batch' ELSE nullif(lower(raw.service_tier), 'default') END AS usage_tier,
      raw."x_SourceFile" AS source_file, raw."x_SourceRow" AS source_row
    FROM ${rawTable} AS raw
    ${namesSql(rawTable, 'project', 'project', 'project_id')}
    ${namesSql(rawTable, 'api_key', 'api_key', 'api_key_id')}
    ${namesSql(rawTable, 'user', 'principal', 'user_id')}`;
}

function namesSql(rawTable: string, kind: NameAnswer, alias: string, id: string): string {
  return `LEFT JOIN (SELECT account_id, name_id, max(name_text) AS name FROM ${rawTable} WHERE ${MARK} = ${quoteText(kind)} GROUP BY 1, 2) AS ${alias}
      ON ${alias}.account_id = raw.account_id AND ${alias}.name_id = raw.${id}`;
}

/** Grain: a result of the API × meter. */
function usageRowsSql(): string {
  const tags = Object.entries({
    user: 'principal_name',
    image_size: 'size',
    image_source: 'source',
    search_context: 'context_level',
    vector_store: 'vector_store_id',
  }).map(([name, value]) => `${quoteText(name)}, ${value}`);
  return `SELECT charge_start, charge_end, account_id, account_name, sub_account_id, sub_account_name, api_key_id, api_key_name,
      principal_id, model, usage_tier AS tier, measured.meter AS meter, measured.quantity AS quantity,
      TRY_CAST(COALESCE(num_model_requests, num_requests) AS DECIMAL(38,18)) AS requests,
      nullif(CAST(json_merge_patch('{}', json_object(${tags.join(', ')})) AS VARCHAR), '{}') AS tags, source_file, source_row
    FROM (SELECT *, unnest(${metersOfRowSql()}) AS measured FROM openai_lines WHERE ${MARK} IN (${usageAnswers.map(quoteText).join(', ')}))`;
}

/** Grain: a result of the costs. What OpenAI takes back without a model is a credit. */
function costRowsSql(): string {
  const counted = `TRY_CAST(quantity AS DECIMAL(38,18))`;
  const isThousands = `quantity_unit = '1000_tokens'`;
  return `SELECT charge_start, charge_end, account_id, account_name, sub_account_id, sub_account_name, api_key_id, api_key_name,
      principal_id, item_model AS model, item_tier AS tier, item_context AS context_window, item_meter AS meter, line_item,
      ${decimalSql('amount_value')} AS amount, upper(amount_currency) AS currency,
      CASE WHEN item_unit IS NOT NULL THEN CASE WHEN ${isThousands} THEN ${exactProductSql(counted, 'CAST(1000 AS DECIMAL(38,18))')} ELSE ${counted} END END AS quantity,
      CASE WHEN ${counted} IS NOT NULL THEN item_unit END AS unit,
      CASE WHEN item_meter IS NULL AND starts_with(amount_value, '-') THEN 'Credit' END AS charge_category, source_file, source_row
    FROM (SELECT *, COALESCE(${lookUpSql('quantity_unit', units)}, ${otherUnit}) AS item_unit FROM (${lineItemsSql('openai_lines')}))
    WHERE ${MARK} = 'costs'`;
}

/** FOCUS units of OpenAI's `quantity_unit`; what it may add later is written as FOCUS writes a count. */
const units = {
  tokens: 'Tokens',
  '1000_tokens': 'Tokens',
  duration_seconds: 'Seconds',
  duration_minutes: 'Minutes',
  duration_hours: 'Hours',
  gibibyte_hours: 'GiB-Hours',
  images: 'Images',
  characters: 'Characters',
};
const otherUnit = `CASE WHEN regexp_full_match(quantity_unit, '[a-z]+') THEN upper(quantity_unit[1]) || quantity_unit[2:] END`;
