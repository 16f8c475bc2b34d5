import { exactProductSql } from '@cloudact/core/focus';
import { costColumns, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import { decimalSql } from '../money.ts';
import { mark } from './connector/answer.ts';

/** What an entry counts, by its event; tokens by their group. Null: no meter of ours. */
const METER = `CASE
  WHEN category = 'fine_tuning.training' THEN 'training_tokens'
  WHEN event_type LIKE '%tokens' THEN CASE billing_group WHEN 'input' THEN 'input_tokens' WHEN 'cached' THEN 'cached_input_tokens' WHEN 'output' THEN 'output_tokens' END
  WHEN event_type LIKE '%pages' THEN 'pages'
  WHEN event_type LIKE '%audio_seconds' OR event_type = 'api_libraries_audio' THEN 'audio_seconds'
  WHEN event_type LIKE '%audio_characters' THEN 'characters'
  WHEN event_type LIKE '%connectors' THEN 'requests' END`;

const UNIT = `CASE WHEN event_type LIKE '%tokens' THEN 'Tokens' WHEN event_type LIKE '%pages' THEN 'Pages'
  WHEN event_type LIKE '%characters' THEN 'Characters' WHEN event_type LIKE '%audio%' THEN 'Seconds' WHEN event_type LIKE '%connectors' THEN 'Requests'
  WHEN event_type = 'gpu_hour' THEN 'Hours' ELSE 'Units' END`;

const KEY = `concat_ws(chr(31), workspace_id, category, model, metric, billing_group, event_type, api_zone, service_tier)`;

const COMMON = {
  charge_start: 'charge_start',
  charge_end: 'charge_end',
  account_id: 'organization_id',
  sub_account_id: 'workspace_id',
  model: 'model_id',
  tier: `CASE WHEN service_tier <> 'standard' THEN service_tier END`,
  geography: `CASE WHEN api_zone <> 'global' THEN api_zone END`,
  meter: METER,
  tags: `CASE WHEN price_assumed IS NULL THEN json_object('mistral/category', category)
    ELSE json_object('mistral/category', category, 'mistral/price_assumed', price_assumed) END`,
  cost_key: KEY,
  source_file: '"x_SourceFile"',
  source_row: '"x_SourceRow"',
};

/**
 * Mistral's usage. The answer has the price of every unit in the organisation's currency, so the cost of an entry is
 * what is paid of it times that price: the provider's own figure. An entry without a price is priced by the price book.
 */
export const source: UsageSource = {
  id: 'mistral-usage',
  title: 'Mistral AI usage',
  mark,
  columns: [
    { source: 'value', raw: 'value', type: 'decimal', rounds: true },
    { source: 'value_paid', raw: 'value_paid', type: 'decimal' },
    { source: 'unit_price', raw: 'unit_price', type: 'decimal' },
  ],
  rowRules: [
    {
      column: 'unit_price',
      brokenWhen: `${mark} = 'usage' AND unit_price IS NULL AND (${METER}) IS NULL AND TRY_CAST(value_paid AS DOUBLE) <> 0`,
      reason:
        "is missing: Mistral's answer has no price for this usage, and its unit is not known, so nobody can say what it costs",
    },
  ],
  needed: [
    mark,
    'organization_id',
    'workspace_id',
    'currency',
    'category',
    'model',
    'model_id',
    'metric',
    'billing_group',
    'event_type',
    'api_zone',
    'service_tier',
    'price_assumed',
  ],
  priceList: 'mistral',
  service: {
    name: 'Mistral AI API',
    provider: 'Mistral AI',
    accountType: 'Organization',
    subAccountType: 'Workspace',
  },
  usage: (rawTable) => `SELECT ${selectList(usageColumns, { ...COMMON, quantity: decimalSql('value') })}
FROM ${rawTable} WHERE ${mark} = 'usage' AND (${METER}) IS NOT NULL AND ${decimalSql('value')} <> 0`,
  costs: (rawTable) => `SELECT ${selectList(costColumns, {
    ...COMMON,
    line_item: `concat_ws(', ', model, category, metric)`,
    amount: `CASE WHEN paid_units = 0 THEN 0 ELSE ${exactProductSql('paid_units', 'one_unit')} END`,
    list_amount: exactProductSql('all_units', 'one_unit'),
    currency: 'currency',
    quantity: 'paid_units',
    unit: UNIT,
    list_unit_price: 'one_unit',
    sku_id: `concat_ws('/', 'mistral', model_id, metric)`,
  })}
FROM (SELECT *, ${decimalSql('value')} AS all_units, ${decimalSql('value_paid')} AS paid_units, ${decimalSql('unit_price')} AS one_unit
  FROM ${rawTable} WHERE ${mark} = 'usage')
WHERE currency IS NOT NULL AND (paid_units = 0 AND all_units <> 0 OR paid_units <> 0 AND one_unit IS NOT NULL)`,
};
