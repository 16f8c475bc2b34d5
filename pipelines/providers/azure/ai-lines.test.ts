import { expect, test } from 'vitest';
import { focusRows, type Line } from './fixtures/bill.ts';

const meter = (MeterName: string): Line => ({
  MeterCategory: 'Cognitive Services',
  MeterSubCategory: 'Azure OpenAI',
  MeterName,
  ProductName: `Azure OpenAI - ${MeterName}`,
});

test('a line of Azure OpenAI tells its model and tokens; its money and quantities are those of any line', async () => {
  const lines = [
    meter('gpt 4o 0513 Input global Tokens'),
    meter('gpt-4o-mini-0718-Batch-Outp-glbl Tokens'),
    meter('gpt 4.1 cached Inp glbl Tokens'),
    meter('Provisioned Managed Global Unit'),
    {},
  ];
  const rows = await focusRows(lines);
  const columns = ['x_ModelDeveloper', 'x_ModelId', 'x_ServiceTier', 'x_TokenCacheAction', 'x_TokenDirection'] as const;
  expect(rows.map((row) => columns.map((name) => row[name]))).toEqual([
    ['OpenAI', 'gpt-4o', null, 'Uncached', 'Input'],
    ['OpenAI', 'gpt-4o-mini', 'batch', null, 'Output'],
    ['OpenAI', 'gpt-4.1', null, 'Read', 'Input'],
    [null, null, 'provisioned', null, null],
    [null, null, null, null, null],
  ]);
  const money = ['BilledCost', 'EffectiveCost', 'ListCost', 'PricingQuantity', 'ConsumedQuantity'] as const;
  const [machine] = rows.slice(-1).map((row) => money.map((name) => row[name]));
  expect(rows.map((row) => money.map((name) => row[name]))).toEqual(rows.map(() => machine));
});
