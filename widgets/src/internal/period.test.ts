import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, type Granularity, granularityFor, periodsIn, rangeOf, startOf } from './period.js';

const day = fc.integer({ min: 0, max: 9000 }).map((days) => addDays('2015-01-01', days));
const granularity = fc.constantFrom<Granularity>('day', 'week', 'month', 'quarter', 'year');

it('covers a range without gap or overlap, and each of its days lies in the period that startOf names', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 500 }), granularity, (from, length, by) => {
      const to = addDays(from, length);
      const periods = periodsIn({ from, to }, by);
      expect((periods[0]?.start ?? '') <= from).toBe(true);
      expect((periods.at(-1)?.end ?? '') >= to).toBe(true);
      for (const [index, period] of periods.entries()) {
        expect(period.start < period.end).toBe(true);
        if (index > 0) expect(period.start).toBe(periods[index - 1]?.end);
        expect(startOf(by, addDays(period.end, -1))).toBe(period.start);
      }
    }),
  );
});

it('begins weeks on Monday, also across a new year', () => {
  expect(startOf('week', '2026-01-01')).toBe('2025-12-29');
  expect(startOf('week', '2026-11-22')).toBe('2026-11-16');
  expect(startOf('week', '2026-11-16')).toBe('2026-11-16');
});

it('counts periods back from today, today included', () => {
  expect(rangeOf('7d', '2026-11-23')).toEqual({ from: '2026-11-17', to: '2026-11-24' });
  expect(rangeOf('30d', '2024-03-01')).toEqual({ from: '2024-02-01', to: '2024-03-02' });
  expect(rangeOf('12m', '2026-11-23')).toEqual({ from: '2025-12-01', to: '2026-12-01' });
});

it('draws days up to a quarter and months beyond', () => {
  expect(granularityFor(rangeOf('90d', '2026-11-23'))).toBe('day');
  expect(granularityFor(rangeOf('12m', '2026-11-23'))).toBe('month');
});

it('does not freeze the page over a mistyped year', () => {
  expect(periodsIn({ from: '0026-01-01', to: '2026-01-01' }, 'day').length).toBeLessThan(4000);
});
