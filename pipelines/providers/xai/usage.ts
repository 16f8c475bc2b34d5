import { exactProductSql } from '@cloudact/core/focus';
import { costColumns, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import { decimalSql } from '../money.ts';
import { mark } from './connector/bills.ts';

const UNIT_TYPE = `lower(COALESCE(unit_type, ''))`;

/** What a line counts. Null: no meter of ours; tools and edited images have prices of their own. */
const METER = `CASE
  WHEN ${UNIT_TYPE} = 'prompt text tokens' THEN 'input_tokens'
  WHEN ${UNIT_TYPE} LIKE 'cached prompt%tokens' THEN 'cached_input_tokens'
  WHEN ${UNIT_TYPE} = 'completion text tokens' THEN 'output_tokens'
  WHEN ${UNIT_TYPE} LIKE 'reasoning%tokens' THEN 'reasoning_tokens'
  WHEN ${UNIT_TYPE} = 'prompt image tokens' THEN 'input_image_tokens'
  WHEN ${UNIT_TYPE} = 'prompt audio tokens' THEN 'input_audio_tokens'
  WHEN ${UNIT_TYPE} = 'completion audio tokens' THEN 'output_audio_tokens'
  WHEN ${UNIT_TYPE} IN ('generated image', 'generated images') THEN 'images' END`;

const UNIT = `CASE WHEN ${UNIT_TYPE} LIKE '%tokens' THEN 'Tokens' WHEN ${UNIT_TYPE} LIKE '%image%' THEN 'Images'
  WHEN ${UNIT_TYPE} LIKE '%second%' THEN 'Seconds' WHEN ${UNIT_TYPE} LIKE '%search%' THEN 'Searches' ELSE 'Units' END`;

/** `API grok-4.3` and `Chat grok-4.3` are one model. */
const MODEL = `nullif(regexp_extract(description, '(?i)(grok-[a-z0-9._-]+)', 1), '')`;

const COMMON = {
  charge_start: 'charge_start',
  charge_end: 'charge_end',
  account_id: 'team_id',
  model: MODEL,
  // Lines of one text are several where their prices differ: each keeps its own amount.
  cost_key: `concat_ws('#', "x_SourceFile", "x_SourceRow")`,
  source_file: '"x_SourceFile"',
  source_row: '"x_SourceRow"',
};

const CENTS = exactProductSql('cents', 'CAST(0.01 AS DECIMAL(38,18))');

/**
 * xAI's bills: lines of the invoices of a month, or of the invoice to come, or where there is neither what each day cost.
 * Amounts are US cents on bills, dollars in the usage of days.
 */
export const source: UsageSource = {
  id: 'xai-usage',
  title: 'xAI invoices and usage',
  mark,
  columns: [
    { source: 'num_units', raw: 'num_units', type: 'decimal', rounds: true },
    { source: 'amount_cents', raw: 'amount_cents', type: 'decimal' },
    { source: 'amount_usd', raw: 'amount_usd', type: 'decimal' },
  ],
  rowRules: [
    {
      column: 'amount_cents',
      brokenWhen: `${mark} = 'line' AND amount_cents IS NULL AND (${METER}) IS NULL AND TRY_CAST(num_units AS DOUBLE) <> 0`,
      reason:
        'is missing: the line of the invoice has no amount, and its unit is not known, so nobody can say what it costs',
    },
  ],
  needed: [mark, 'team_id', 'invoice_id', 'description', 'unit_type'],
  priceList: 'x-ai',
  service: { name: 'xAI API', provider: 'xAI', accountType: 'Team', subAccountType: 'Team' },
  usage: (
    rawTable,
  ) => `SELECT ${selectList(usageColumns, { ...COMMON, meter: METER, quantity: decimalSql('num_units') })}
FROM ${rawTable} WHERE ${mark} = 'line' AND (${METER}) IS NOT NULL AND ${decimalSql('num_units')} <> 0`,
  costs: (rawTable) => `SELECT ${selectList(costColumns, {
    ...COMMON,
    meter: METER,
    line_item: `CASE ${mark} WHEN 'tax' THEN 'Tax' WHEN 'beside' THEN 'Not itemised on the invoice'
      ELSE COALESCE(nullif(concat_ws(', ', description, unit_type), ''), 'Usage') END`,
    amount: `CASE ${mark} WHEN 'day' THEN dollars ELSE ${CENTS} END`,
    currency: `'USD'`,
    quantity: `CASE WHEN ${mark} = 'line' THEN counted END`,
    unit: `CASE WHEN ${mark} = 'line' THEN ${UNIT} END`,
    charge_category: `CASE ${mark} WHEN 'tax' THEN 'Tax' WHEN 'beside' THEN 'Adjustment' END`,
    sku_id: `CASE WHEN ${mark} = 'line' THEN concat_ws('/', 'x-ai', COALESCE(${MODEL}, description), unit_type) END`,
    invoice_id: 'invoice_id',
  })}
FROM (SELECT *, ${decimalSql('amount_cents')} AS cents, ${decimalSql('amount_usd')} AS dollars, ${decimalSql('num_units')} AS counted
  FROM ${rawTable} WHERE ${mark} IN ('line', 'beside', 'tax', 'day'))
WHERE COALESCE(cents, dollars) <> 0 OR COALESCE(cents, dollars) = 0 AND counted <> 0`,
};
