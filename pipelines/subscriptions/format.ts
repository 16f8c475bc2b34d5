import { CloudActError } from '@cloudact/core/errors';
import type { BillFormat, RawColumn } from '../providers/bill-format.ts';
import { rowKeys, type SubscriptionRow } from './rows.ts';
import { contractCommitmentsSql, controlTotalsSql, extensionColumns, MONTH, toFocusSql } from './to-focus.ts';

/** The file of {@link SubscriptionRow} records that is computed from a plan document, as NDJSON. */
export const subscriptionPlans: BillFormat = {
  id: 'subscriptions',
  title: 'SaaS subscription plans',
  recognises: (header) => header.includes('cloudact_subscription_row'),
  plan(header) {
    const missing = rowKeys.filter((key) => !header.includes(key));
    const unknown = header.filter((name) => !rowKeys.some((key) => key === name));
    if (missing.length > 0 || unknown.length > 0) {
      throw new CloudActError('file_format_unknown', {
        detail: `The file of subscription charges ${missing.length > 0 ? `lacks ${missing.join(', ')}` : `has the unknown column ${unknown[0]}`}. Compute it again from the plan document: cloudact subscriptions.`,
      });
    }
    return {
      columns: header.map(rawColumn),
      nullTokens: [],
      rowRules: [
        {
          column: 'cloudact_subscription_row',
          brokenWhen: `cloudact_subscription_row NOT IN (${KINDS})`,
          reason: 'is no kind of row',
        },
        { column: 'month', brokenWhen: `${MONTH} IS NULL OR day(${MONTH}) <> 1`, reason: 'is no first day of a month' },
        ...CHARGE_VALUES.map((column) => ({
          column,
          brokenWhen: `cloudact_subscription_row NOT IN ('invoice', 'commitment') AND ${column} IS NULL`,
          reason: 'is missing, which every charge has',
        })),
        {
          column: 'invoice_total',
          brokenWhen: `cloudact_subscription_row = 'invoice' AND invoice_total IS NULL`,
          reason: 'is missing',
        },
      ],
      extensionColumns,
      toFocus: toFocusSql,
      billingPeriod: MONTH,
      controlTotals: controlTotalsSql,
      contractCommitments: contractCommitmentsSql,
    };
  },
};

const KINDS = `'purchase', 'day', 'tax', 'adjustment', 'invoice', 'commitment'`;
const CHARGE_VALUES = ['billed_cost', 'effective_cost', 'list_cost', 'contracted_cost', 'frequency'] as const;

const DECIMALS: ReadonlySet<string> = new Set<keyof SubscriptionRow>([
  ...CHARGE_VALUES.slice(0, 4),
  'pricing_quantity',
  'list_unit_price',
  'contracted_unit_price',
  'consumed_quantity',
  'invoice_total',
  'commitment_cost',
  'commitment_quantity',
]);
const REQUIRED: ReadonlySet<string> = new Set<keyof SubscriptionRow>([
  'cloudact_subscription_row',
  'month',
  'subscription_id',
  'vendor',
  'product',
  'service_category',
  'service_subcategory',
  'billing_account',
  'invoice_issuer',
  'currency',
  'description',
  'period_start',
  'period_end',
]);

function rawColumn(source: string): RawColumn {
  const type = DECIMALS.has(source) ? 'decimal' : source.startsWith('period_') ? 'timestamp' : 'text';
  return { source, raw: source, type, ...(REQUIRED.has(source) && { required: true }) };
}
