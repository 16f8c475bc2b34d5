import { expect, test } from 'vitest';
import { converted } from './fixtures/converted.ts';
import { row } from './fixtures/export.ts';

const gemini = (description: string) =>
  row({ service: { id: 'C7E2-9256-1C43', description: 'Vertex AI' }, sku: { id: 'FDAB-647C-5A22', description } });

test('a line of Vertex AI tells its model and tokens; its money and quantities are those of any line', async () => {
  const { rows, totals } = await converted([
    gemini('Gemini 2.5 Flash Lite Text Input - Predictions'),
    gemini('Gemini 2.5 Flash GA Thinking Text Output - Predictions'),
    gemini('Gemini 3.8 Flash Global Cached Text Input Priority - Predictions'),
    row({}),
  ]);
  const columns = ['x_ModelDeveloper', 'x_ModelId', 'x_ServiceTier', 'x_TokenCacheAction', 'x_TokenDirection'];
  expect(rows.map((line) => columns.map((name) => line[name]))).toEqual([
    ['Google', 'gemini-2.5-flash-lite', null, 'Uncached', 'Input'],
    ['Google', 'gemini-2.5-flash', null, null, 'Output'],
    ['Google', 'gemini-3.8-flash', 'priority', 'Read', 'Input'],
    [null, null, null, null, null],
  ]);
  const money = ['BilledCost', 'EffectiveCost', 'ListCost', 'PricingQuantity', 'PricingUnit', 'ConsumedQuantity'];
  const [machine] = rows.slice(-1).map((line) => money.map((name) => line[name]));
  expect(rows.map((line) => money.map((name) => line[name]))).toEqual(rows.map(() => machine));
  expect(totals).toMatchObject([{ source: '1', focus: '1' }]);
});
