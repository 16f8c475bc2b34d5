import { expect, test } from 'vitest';
import { converted } from './fixtures/converted.ts';
import { credit, row } from './fixtures/export.ts';

test('the total is that of the rounded values, and each rounded row says what was delivered', async () => {
  const { rows, totals } = await converted([
    row({
      cost: '3.2999999999999998e-07',
      credits: [credit('PROMOTION', '-1.2345678901234567e-5'), credit('DISCOUNT', '-1.2e-20')],
    }),
    row({ cost: '0.1' }),
  ]);
  expect(rows.map(({ x_CostRounded }) => x_CostRounded)).toEqual([
    '{"cost":"3.2999999999999998e-07","credits":"-1.2e-20"}',
    '{"credits":"-1.2345678901234567e-5"}',
    null,
  ]);
  expect(totals).toMatchObject([{ source: '0.099987984321098765', focus: '0.099987984321098765' }]);
});
