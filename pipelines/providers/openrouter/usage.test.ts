import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseExact } from '../../usage/answers/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { answersInFocus, landedAnswers } from '../testing/landed-answers.ts';
import { openrouterSource } from './usage.ts';

const about = {
  openrouter_answer: 'about',
  charge_start: '2026-11-01T00:00:00Z',
  charge_end: '2026-12-01T00:00:00Z',
  settled_before: '2026-11-23',
  account: 'Larkmoor',
};

function line(usage: string, more: object = {}): object {
  return {
    openrouter_answer: 'activity',
    charge_start: '2026-11-02T00:00:00Z',
    charge_end: '2026-11-03T00:00:00.000Z',
    account: 'Larkmoor',
    date: '2026-11-02',
    model: 'openai/gpt-5.4',
    endpoint_id: 'e-1',
    provider_name: 'OpenAI',
    ...(parseExact(`{"usage":${usage},"byok_usage_inference":0}`) as object),
    requests: 3,
    prompt_tokens: 1000,
    completion_tokens: 400,
    reasoning_tokens: 250,
    workspace_id: 'w-1',
    workspace_name: 'Product',
    ...more,
  };
}

describe('meters and costs', () => {
  test('prompt and completion are the two meters; reasoning is inside of the completion', async () => {
    const { usage, costs } = await landedAnswers(openrouterSource, [about, line('0.0042')]);
    expect(usage.map(({ meter, quantity, requests }) => [meter, quantity, requests])).toEqual([
      ['input_tokens', '1000', '3'],
      ['output_tokens', '400', '3'],
    ]);
    expect(usage[0]).toMatchObject({
      charge_start: '2026-11-02 00:00:00',
      charge_end: '2026-11-03 00:00:00',
      account_id: 'Larkmoor',
      sub_account_id: 'w-1',
      sub_account_name: 'Product',
      model: 'openai/gpt-5.4',
      tags: '{"openrouter_provider":"OpenAI"}',
      source_row: '2',
    });
    expect(costs).toMatchObject([{ amount: '0.0042', currency: 'USD', quantity: '3', unit: 'Requests' }]);
    expect(costs[0]!.cost_key).toBe(usage[0]!.cost_key);
  });

  test('what one’s own key paid to the upstream is told, and in no amount', async () => {
    const own = line('0.0006', { ...(parseExact('{"byok_usage_inference":0.012}') as object) });
    const { usage, costs } = await landedAnswers(openrouterSource, [about, own]);
    expect(costs.map(({ amount }) => amount)).toEqual(['0.0006']);
    expect(usage[0]!.tags).toBe('{"openrouter_provider":"OpenAI","openrouter_byok_usd":"0.012"}');
  });

  test('an amount as a text, and one with an exponent, are read as they are', async () => {
    const { costs } = await landedAnswers(openrouterSource, [about, line('"0.15"'), line('7.5e-7', { model: 'b' })]);
    expect(costs.map(({ amount }) => amount)).toEqual(['0.15', '0.00000075']);
  });

  test('columns that are new change nothing, and those that no line has are null', async () => {
    const grown = { ...line('1'), workspace_id: undefined, workspace_name: undefined, cached_tokens: { read: 5 } };
    const { usage } = await landedAnswers(openrouterSource, [about, grown]);
    expect(usage).toHaveLength(2);
    expect(usage[0]).not.toHaveProperty('sub_account_id');
  });

  test.each([
    ['money that is no number', line('"a little"'), 'usage'],
    ['an object where a number was', line('{"usd":1}'), 'usage'],
    ['no amount', line('null'), 'usage'],
    ['negative tokens', line('1', { prompt_tokens: -1 }), 'prompt_tokens'],
  ])('%s is named by row and column', async (_, wrong, column) => {
    await expect(landedAnswers(openrouterSource, [about, line('1'), wrong])).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [expect.objectContaining({ row: 3, column })],
    });
  });
});

describe('FOCUS', () => {
  const lines = [
    about,
    line('0.1234567890123456'),
    line('0.7', { model: 'unknown/model', endpoint_id: 'e-2', workspace_id: 'w-2', workspace_name: undefined }),
    line('0', { model: 'meta/llama:free', endpoint_id: 'e-3' }),
    line('0.05', { model: 'openai/image', endpoint_id: 'e-4', prompt_tokens: 0, completion_tokens: 0 }),
  ];
  const prices = { 'openai/gpt-5.4': { input_tokens: '2', output_tokens: '8' } };

  test('what was billed is laid over the tokens by price, adds up to the credits spent, and breaks no rule', async () => {
    const { rows, totals, billed, broken } = await answersInFocus(openrouterSource, lines, prices);
    expect(broken).toEqual([]);
    expect(billed).toEqual(totals);
    expect(emptyColumns(rows)).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
    expect(totals).toEqual([{ billing_period: '2026-11-01', currency: 'USD', total: '0.8734567890123456' }]);
    const known = rows.filter(({ x_Model }) => x_Model === 'openai/gpt-5.4');
    expect(known.map(({ SkuMeter, ListCost, x_CostBasis }) => [SkuMeter, ListCost, x_CostBasis])).toEqual([
      ['Input Tokens', '0.002', 'allocated'],
      ['Output Tokens', '0.0032', 'allocated'],
    ]);
    expect(rows.find(({ x_Model }) => x_Model === 'openai/image')).toMatchObject({
      BilledCost: '0.05',
      ConsumedQuantity: '3',
      ConsumedUnit: 'Requests',
      ServiceName: 'OpenRouter API',
      ServiceCategory: 'AI and Machine Learning',
      BillingAccountType: 'Account',
    });
  });
});
