import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseExact } from '../../usage/answers/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { answersInFocus, landedAnswers } from '../testing/landed-answers.ts';
import { source } from './usage.ts';

const common = { charge_start: '2026-10-01T00:00:00Z', charge_end: '2026-11-01T00:00:00Z', team_id: 'team-1' };
const line = (unit_type: string, num_units: string, amount_cents: string | null, more: object = {}) => ({
  xai_answer: 'line',
  ...common,
  invoice_id: 'X-111',
  description: 'API grok-4.3',
  unit_type,
  num_units,
  amount_cents,
  ...more,
});
const month = [
  { xai_answer: 'about', ...common, settled_before: null },
  line('Prompt text tokens', '4000000', '812'),
  line('Cached prompt text tokens', '1235072', '24', { description: 'Chat grok-4.3' }),
  line('Completion text tokens', '70000', '105'),
  line('Reasoning text tokens', '230', '0'),
  line('Generated image', '23', '161', { description: 'API grok-imagine-image-quality' }),
  line('Generated image', '1', '5', { description: 'API grok-imagine-image-quality' }),
  line('Image edit input images', '9', '9', { description: 'API grok-imagine-image-2.0' }),
  line('Something of next year', '2', '7.5', { description: 'Tools', quality: { of: 'a field that is new' } }),
  line('Prompt text tokens', '0', '0'),
  { xai_answer: 'beside', ...common, invoice_id: 'X-111', amount_cents: '-20' },
  { xai_answer: 'tax', ...common, invoice_id: 'X-111', amount_cents: '209.67' },
  { xai_answer: 'prepaid', ...common, prepaid_cents: '-500', prepaid_used_cents: '-135' },
];

test('a line is one disjoint meter; reasoning is beside the completion', async () => {
  const { usage } = await landedAnswers(source, month);
  expect(usage.map(({ model, meter, quantity }) => [model, meter, quantity])).toEqual([
    ['grok-4.3', 'input_tokens', '4000000'],
    ['grok-4.3', 'cached_input_tokens', '1235072'],
    ['grok-4.3', 'output_tokens', '70000'],
    ['grok-4.3', 'reasoning_tokens', '230'],
    ['grok-imagine-image-quality', 'images', '23'],
    ['grok-imagine-image-quality', 'images', '1'],
  ]);
});

test('cents are dollars of the invoice; two lines of one text keep their own amounts; prepaid credit takes nothing off', async () => {
  const { costs } = await landedAnswers(source, month);
  expect(
    costs.map(({ amount, unit, charge_category, line_item }) => [amount, unit, charge_category, line_item]),
  ).toEqual([
    ['8.12', 'Tokens', undefined, 'API grok-4.3, Prompt text tokens'],
    ['0.24', 'Tokens', undefined, 'Chat grok-4.3, Cached prompt text tokens'],
    ['1.05', 'Tokens', undefined, 'API grok-4.3, Completion text tokens'],
    ['0', 'Tokens', undefined, 'API grok-4.3, Reasoning text tokens'],
    ['1.61', 'Images', undefined, 'API grok-imagine-image-quality, Generated image'],
    ['0.05', 'Images', undefined, 'API grok-imagine-image-quality, Generated image'],
    ['0.09', 'Images', undefined, 'API grok-imagine-image-2.0, Image edit input images'],
    ['0.075', 'Units', undefined, 'Tools, Something of next year'],
    ['-0.2', undefined, 'Adjustment', 'Not itemised on the invoice'],
    ['2.0967', undefined, 'Tax', 'Tax'],
  ]);
});

test('a month in FOCUS 1.3 ties to its invoice and breaks no rule', async () => {
  const { rows, totals, broken } = await answersInFocus(source, month, { 'grok-4.3': { input_tokens: '2' } });
  expect(broken).toEqual([]);
  expect(totals).toMatchObject([{ billing_period: '2026-10-01', currency: 'USD', invoice: 'X-111', total: '13.1317' }]);
  expect(rows.length).toBe(10);
  expect(rows[0]).toMatchObject({
    BillingAccountId: 'team-1',
    BillingAccountType: 'Team',
    InvoiceId: 'X-111',
    BilledCost: '8.12',
    ListCost: '8',
    PricingQuantity: '4',
    x_CostBasis: 'provider_reported',
  });
  expect(rows.map(({ BilledCost }) => BilledCost)).toEqual([
    '8.12',
    '0.24',
    '1.05',
    '0',
    '1.61',
    '0.05',
    '0.09',
    '0.075',
    '-0.2',
    '2.0967',
  ]);
});

test('the cost of days has no usage: each is a line of its own', async () => {
  const day = { ...common, charge_start: '2026-10-02T00:00:00Z', charge_end: '2026-10-03T00:00:00Z' };
  const amount = (digits: string) => parseExact(digits);
  const { rows, totals, broken } = await answersInFocus(source, [
    { xai_answer: 'about', ...common, settled_before: null },
    { xai_answer: 'day', ...day, description: 'API grok-4.3', amount_usd: amount('12.25') },
    { xai_answer: 'day', ...day, description: null, amount_usd: amount('3.2999999999999998e-07') },
  ]);
  expect(broken).toEqual([]);
  expect(rows.map(({ BilledCost, x_Model }) => [BilledCost, x_Model])).toEqual([
    ['12.25', 'grok-4.3'],
    ['0.00000033', undefined],
  ]);
  expect(totals).toMatchObject([{ total: '12.25000033' }]);
});

test('a line without an amount is priced by the price book; in an unknown unit it is unreadable', async () => {
  const [about] = month;
  const priced = await answersInFocus(source, [about!, line('Prompt text tokens', '500000', null)], {
    'grok-4.3': { input_tokens: '2' },
  });
  expect(priced.rows).toMatchObject([{ BilledCost: '1', x_CostBasis: 'priced' }]);
  await expect(landedAnswers(source, [about!, line('Widgets', '5', null)])).rejects.toMatchObject({
    code: 'rows_unreadable',
    faults: [expect.objectContaining({ column: 'amount_cents' })],
  });
});

test('the columns that are always null are those that the README lists', async () => {
  const { rows } = await answersInFocus(source, month);
  // Filled where somebody tells who usage was for.
  const empty = emptyColumns(rows).filter((name) => name !== 'AllocatedMethodId' && name !== 'AllocatedTags');
  expect(empty).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
});
