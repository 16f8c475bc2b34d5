import { expect, test } from 'vitest';
import { gcpBillingExport } from './index.ts';

const flat = [
  ...['billing_account_id', 'service.id', 'sku.id', 'usage_start_time', 'usage_end_time', 'cost', 'currency'],
  'invoice.month',
];
const nested = [
  'billing_account_id',
  'service',
  'sku',
  'usage_start_time',
  'usage_end_time',
  'cost',
  'currency',
  'invoice',
];

test('a flat export without its credits is refused: its total would be wrong and tie', () => {
  expect(gcpBillingExport.recognises(flat)).toBe(true);
  for (const more of [[], ['credits.amount', 'credits.type'], ['credits_amount']]) {
    expect(() => gcpBillingExport.plan([...flat, ...more])).toThrow(/lacks the column credits/);
  }
  expect(() => gcpBillingExport.plan([...flat, 'credits'])).not.toThrow();
});

test('nested records may leave an empty list out, but not spread it', () => {
  expect(() => gcpBillingExport.plan(nested)).not.toThrow();
  expect(() => gcpBillingExport.plan([...nested, 'credits_amount'])).toThrow(/TO_JSON_STRING/);
});
