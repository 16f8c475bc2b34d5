import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatFor } from './format.js';

const en = formatFor('en-US');

it('shows every digit of an amount beyond what a float holds', () => {
  expect(en.money('9007199254740993.01', 'USD')).toBe('$9,007,199,254,740,993.01');
  expect(formatFor('de').money('-9007199254740993.01', 'EUR')).toBe('-9.007.199.254.740.993,01\u00A0€');
});

it("rounds to the currency's own digits", () => {
  expect(en.money('1234.567', 'USD')).toBe('$1,234.57');
  expect(en.money('1234.567', 'JPY')).toBe('¥1,235');
});

it('never shows an amount that is not zero as zero', () => {
  expect(en.money('0', 'USD')).toBe('$0.00');
  expect(en.money('0.00001234', 'USD')).toBe('$0.000012');
  expect(en.money('-0.0000000042', 'USD')).toBe('-$0.0000000042');
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), (units) => {
      const amount = `0.${units.toString().padStart(18, '0').slice(0, 18)}`;
      if (!/[1-9]/.test(amount)) return;
      expect(en.money(amount, 'USD')).toMatch(/[1-9]/);
    }),
  );
});

it('tells the dollars of different countries apart', () => {
  expect(formatFor('en').money('1', 'CAD')).toBe('CA$1.00');
  expect(formatFor('en').money('1', 'AUD')).toBe('A$1.00');
  expect(formatFor('en-CA').money('1', 'USD')).toBe('US$1.00');
  expect(formatFor('en-CA').money('1', 'CAD')).toBe('$1.00');
  expect(formatFor('en').axisMoney(1200, 'CAD')).toBe('CA$1.2K');
});

it('shows a currency of a provider’s own making behind the number', () => {
  expect(en.money('12.5', 'Credits')).toBe('12.50 Credits');
});

it('says a range with its last day, whatever zone the reader is in', () => {
  expect(en.range('2026-11-01', '2026-11-02')).toBe('Nov 1, 2026');
  expect(en.range('2026-10-24', '2026-11-23')).toBe('Oct 24\u2009–\u2009Nov 22, 2026');
});

it('names quarters, months and weeks', () => {
  expect(en.period({ start: '2026-10-01', end: '2027-01-01' }, 'quarter')).toBe('Q4 2026');
  expect(en.period({ start: '2026-10-01', end: '2026-11-01' }, 'month')).toBe('October 2026');
  expect(en.period({ start: '2026-10-26', end: '2026-11-02' }, 'week')).toBe('Oct 26\u2009–\u2009Nov 1, 2026');
});

it('survives a language tag that is not one', () => {
  expect(formatFor('not a tag').money('1', 'USD')).toBe('$1.00');
});
