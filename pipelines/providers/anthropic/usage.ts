import { costColumns, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import { brokenMoneySql, decimalSql } from '../money.ts';

/** Counts of a line of usage and the meters that they are. They are disjoint: Anthropic reports no total of input. */
const METERS: Readonly<Record<string, string>> = {
  uncached_input_tokens: 'input_tokens',
  ephemeral_5m_input_tokens: 'cache_write_5m_tokens',
  ephemeral_1h_input_tokens: 'cache_write_1h_tokens',
  cache_read_input_tokens: 'cached_input_tokens',
  output_tokens: 'output_tokens',
  web_search_requests: 'web_searches',
};

/** What a line of cost calls the same. */
const TOKEN_TYPES: Readonly<Record<string, string>> = {
  uncached_input_tokens: 'input_tokens',
  'cache_creation.ephemeral_5m_input_tokens': 'cache_write_5m_tokens',
  'cache_creation.ephemeral_1h_input_tokens': 'cache_write_1h_tokens',
  cache_read_input_tokens: 'cached_input_tokens',
  output_tokens: 'output_tokens',
};

const USAGE = `anthropic_answer IN ('analytics_usage', 'report_usage')`;
const COST = `anthropic_answer IN ('analytics_cost', 'report_cost')`;

const counts = [...Object.keys(METERS), 'total_tokens', 'requests'];
const amounts = ['amount', 'list_amount'];
const needed = [
  'organization_id',
  'organization_name',
  'workspace_id',
  'workspace_name',
  'workspace_tags',
  'api_key_id',
  'api_key_name',
  'principal_id',
  'model',
  'service_tier',
  'context_window',
  'inference_geo',
  'speed',
  'cost_type',
  'token_type',
  'description',
  'currency',
  ...amounts,
  ...counts,
];

/** Usage and costs of an Anthropic organisation, as `connector/` writes them: analytics, or the Admin API's reports. */
export const anthropicSource: UsageSource = {
  id: 'anthropic-usage',
  title: 'Anthropic usage and costs',
  mark: 'anthropic_answer',
  columns: [
    ...amounts.map((name) => ({ source: name, raw: name, type: 'decimal' as const })),
    ...counts.map((name) => ({ source: name, raw: name, type: 'decimal' as const })),
  ],
  needed,
  rowRules: [
    { column: 'amount', brokenWhen: `${COST} AND amount IS NULL`, reason: 'is missing on a cost' },
    { column: 'currency', brokenWhen: `${COST} AND currency IS NULL`, reason: 'is missing on a cost' },
    { column: 'organization_id', brokenWhen: 'organization_id IS NULL', reason: 'is missing' },
    ...amounts.map((name) => ({
      column: name,
      brokenWhen: `NOT (${brokenMoneySql(name)}) AND ${brokenMoneySql(fromCents(name))}`,
      reason: 'has more decimal places of a cent than can be kept',
    })),
    ...['uncached_input_tokens', 'cache_read_input_tokens', 'output_tokens'].map((name) => ({
      column: name,
      brokenWhen: `${USAGE} AND ${name} IS NULL`,
      reason: 'is missing on usage, so its tokens are not known',
    })),
    {
      column: 'total_tokens',
      brokenWhen: `${USAGE} AND CAST(TRY_CAST(total_tokens AS DECIMAL(38,18)) <> ${sumOfTokens()} AS BOOLEAN)`,
      reason: 'is not the sum of the kinds of tokens: there is one that is not known here',
    },
  ],
  priceList: 'anthropic',
  service: { name: 'Claude API', provider: 'Anthropic', accountType: 'Organization', subAccountType: 'Workspace' },
  usage: usageSql,
  costs: costsSql,
};

function usageSql(rawTable: string): string {
  const parts = Object.entries(METERS).map(([name, meter]) => `{'meter': '${meter}', 'quantity': ${decimalSql(name)}}`);
  return `SELECT
  ${selectList(usageColumns, {
    ...shared,
    meter: 'part.meter',
    quantity: 'part.quantity',
    requests: decimalSql('requests'),
    cost_key: costKeySql('part.meter'),
  })}
FROM (SELECT *, unnest([${parts.join(', ')}]) AS part FROM ${rawTable} WHERE ${USAGE}) AS line
WHERE part.quantity <> 0`;
}

function costsSql(rawTable: string): string {
  return `SELECT
  ${selectList(costColumns, {
    ...shared,
    meter: 'meter',
    line_item: lineItem,
    amount: decimalSql(fromCents('amount')),
    list_amount: decimalSql(fromCents('list_amount')),
    currency: 'upper(currency)',
    cost_key: costKeySql('meter'),
  })}
FROM (SELECT *, ${meterOfCost} AS meter FROM ${rawTable} WHERE ${COST}) AS line`;
}

/** What has no price of its own is null: `global` and `standard` are what prices are given for. */
const shared = {
  charge_start: 'CAST(charge_start AS TIMESTAMP)',
  charge_end: 'CAST(charge_end AS TIMESTAMP)',
  account_id: 'organization_id',
  account_name: 'organization_name',
  sub_account_id: 'workspace_id',
  sub_account_name: 'workspace_name',
  api_key_id: 'api_key_id',
  api_key_name: 'api_key_name',
  principal_id: 'principal_id',
  model: 'model',
  tier: 'service_tier',
  context_window: 'context_window',
  geography: `CASE WHEN inference_geo NOT IN ('global', 'not_available') THEN inference_geo END`,
  speed: `nullif(speed, 'standard')`,
  tags: 'workspace_tags',
  source_file: 'x_SourceFile',
  source_row: 'x_SourceRow',
} as const;

const meterOfCost = `CASE ${Object.entries(TOKEN_TYPES)
  .map(([type, meter]) => `WHEN token_type = '${type}' THEN '${meter}'`)
  .join(' ')} WHEN cost_type = 'web_search' THEN 'web_searches' END`;

const lineItem = `COALESCE(description, nullif(concat_ws(', ', model, CASE cost_type WHEN 'code_execution' THEN 'Code Execution'
  WHEN 'web_search' THEN 'Web Search' WHEN 'session_usage' THEN 'Managed Agent Session Time'
  WHEN 'tokens' THEN COALESCE(token_type, 'Tokens') ELSE COALESCE(cost_type, token_type) END), ''))`;

/**
 * Analytics tells the cost of a key; the cost report does not, nor the speed. Web searches have one price, and their
 * cost names no model or key: it is laid over the searches of the workspace. Null where a cost is of no meter.
 */
function costKeySql(meter: string): string {
  const base = [
    `workspace_id`,
    'model',
    `COALESCE(service_tier, 'standard')`,
    `COALESCE(context_window, '0-200k')`,
    shared.geography,
  ];
  const key = (parts: readonly string[]) =>
    `concat_ws('|', ${parts.map((part) => `COALESCE(${part}, '')`).join(', ')}, ${meter})`;
  return `CASE WHEN ${meter} IS NULL THEN NULL WHEN ${meter} = 'web_searches' THEN ${key(['workspace_id'])}
    WHEN starts_with(anthropic_answer, 'report_') THEN ${key(base)}
    ELSE ${key([...base, shared.speed, 'api_key_id'])} END`;
}

/** Amounts are texts in cents: the point is moved by the exponent, so that no digit is lost. */
function fromCents(name: string): string {
  const exponent = `COALESCE(TRY_CAST(nullif(regexp_extract(${name}, '[eE]([+-]?[0-9]+)$', 1), '') AS INTEGER), 0) - 2`;
  return `(regexp_replace(${name}, '[eE].*$', '') || 'e' || CAST(${exponent} AS VARCHAR))`;
}

/** Null where a kind is missing or no number, which is told of that column. Only writing to a cache may be left out. */
function sumOfTokens(): string {
  const tokens = Object.keys(METERS).filter((name) => name.endsWith('_tokens'));
  const numbers = tokens.map((name) => {
    const number = `TRY_CAST(${name} AS DECIMAL(38,18))`;
    return name.startsWith('ephemeral_') ? `COALESCE(${number}, 0)` : number;
  });
  return numbers.join(' + ');
}
