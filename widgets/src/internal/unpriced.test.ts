import { expect, it } from 'vitest';
import type { UnpricedUsage } from '../api/types.js';
import { de } from '../locales/de.js';
import { en } from '../locales/en.js';
import { answerTo } from '../mocks/answers.js';
import { formatFor } from './format.js';
import { amountText, describeUnpriced, exactQuantity, isAtLeast, reasonText } from './unpriced.js';

const format = formatFor('en-US');
const usage = (unit: string | null, quantity: string, reason: string | null = 'model'): UnpricedUsage => ({
  service: 'OpenAI API',
  model: 'gpt-9',
  meter: 'Input Tokens',
  unit,
  reason,
  quantity,
  rows: 1,
});
const answer = (...unpriced: UnpricedUsage[]) => ({
  ...answerTo(new URL('https://api.example/v1/costs?from=2026-11-01&to=2026-11-03&granularity=total')),
  unpriced,
});
const note = (...unpriced: UnpricedUsage[]) =>
  describeUnpriced(answer(...unpriced), en, format).replaceAll('\u00A0', ' ');

it('adds up one unit exactly and never two of them', () => {
  expect(note(usage('Tokens', '1200000'), usage('Images', '7'), usage('Tokens', '34000.5'))).toBe(
    '1.23M tokens and 7 images',
  );
  expect(note(usage('Tokens', '1'))).toBe('1 token');
  expect(note(usage('GiB-Hours', '2.5'), usage(null, '3'), usage('Tokens', '4'))).toBe('2.5 GiB-Hours, 3, and 1 more');
});

it('lists every digit, and the reason in words', () => {
  expect(exactQuantity(usage('Tokens', '9007199254740993.000000000000000001'), en, format)).toBe(
    '9,007,199,254,740,993.000000000000000001\u00A0tokens',
  );
  expect(reasonText(usage('Tokens', '1'), en)).toBe('no price known for this model');
  expect(reasonText(usage('Tokens', '1', 'weather'), en)).toBe('no price known');
  expect(reasonText(usage('Tokens', '1', null), de)).toBe('kein Preis bekannt');
});

it('says "at least" where usage waits, and never zero for what is not known', () => {
  const amount = { currency: 'USD', messages: en, format };
  expect(amountText({ ...amount, cost: '12', unpriced: false })).toBe('$12.00');
  expect(amountText({ ...amount, cost: '12', unpriced: true })).toBe('at least $12.00');
  expect(amountText({ ...amount, cost: '0', unpriced: true })).toBe('unpriced');
  expect(amountText({ ...amount, cost: '0', unpriced: false })).toBe('$0.00');
  expect(isAtLeast(answer())).toBe(false);
});

it('has a word for every reason that the API documents, in every language', () => {
  const reasons = ['model', 'meter', 'tier', 'context_window', 'geography', 'speed', 'day'];
  for (const { unpricedReasons } of [en, de]) expect(Object.keys(unpricedReasons)).toEqual(reasons);
});
