import { expect, test } from 'vitest';
import { billCsv, type Line } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';

const tokens: Line = {
  'lineItem/ProductCode': 'AmazonBedrock',
  'product/ProductName': 'Amazon Bedrock',
  'lineItem/UsageType': 'USE1-Claude4Sonnet-input-tokens-cross-region-global-batch',
  'lineItem/UsageAmount': '1234.567',
  'lineItem/UnblendedRate': '0.0015',
  'lineItem/UnblendedCost': '1.8518505',
  'pricing/publicOnDemandCost': '1.8518505',
  'pricing/publicOnDemandRate': '0.0015',
  'pricing/unit': '1K tokens',
};
const marketplace: Line = {
  ...tokens,
  'bill/BillingEntity': 'AWS Marketplace',
  'lineItem/ProductCode': '2c6sgfkoq0w1uxample',
  'product/ProductName': 'Claude Sonnet 4.5 (Amazon Bedrock Edition)',
  'lineItem/UsageType': 'USE1-MP:USE1_CacheWrite1hInputTokenCount_Global-Units',
  'pricing/unit': 'Units',
};

test('a line of Bedrock tells its model and tokens, also from the Marketplace; its money and quantity are as delivered', async () => {
  const rows = await focusRows(billCsv([tokens, marketplace, {}]));
  const columns = ['x_ModelDeveloper', 'x_ModelId', 'x_ServiceTier', 'x_TokenCacheAction', 'x_TokenDirection'] as const;
  expect(rows.map((row) => columns.map((name) => row[name]))).toEqual([
    ['Anthropic', 'claude-sonnet-4', 'batch', 'Uncached', 'Input'],
    ['Anthropic', 'claude-sonnet-4-5', null, 'Write', 'Input'],
    [null, null, null, null, null],
  ]);
  expect(
    rows.slice(0, 2).map((row) => [row.BilledCost, row.PricingQuantity, row.ConsumedQuantity, row.ListCost]),
  ).toEqual([
    ['1.8518505', '1234.567', '1234.567', '1.8518505'],
    ['1.8518505', '1234.567', '1234.567', '1.8518505'],
  ]);
});
