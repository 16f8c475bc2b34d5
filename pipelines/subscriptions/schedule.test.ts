import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, dayOf, dayText, parseDay } from './calendar.ts';
import { periodAt } from './schedule.ts';

const starts = (anchor: string, months: number, count: number) =>
  Array.from({ length: count }, (_, index) => dayText(addMonths(dayOf(anchor), index * months)));

describe('billing periods', () => {
  test('from January 31 end with each month and come back to the 31st', () => {
    expect(starts('2026-01-31', 1, 5)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    expect(starts('2028-01-31', 1, 2)[1]).toBe('2028-02-29');
  });

  test('of a year from February 29 fall on the 28th and come back in leap years', () => {
    expect(starts('2024-02-29', 12, 5)).toEqual(['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  test('exist before the anchor', () => {
    const { start, end } = periodAt(dayOf('2026-03-01'), 1, dayOf('2026-02-10'));
    expect([dayText(start), dayText(end)]).toEqual(['2026-02-01', '2026-03-01']);
  });

  test('hold their day and follow each other without a gap, for any anchor, length and day', () => {
    const day = fc.integer({ min: dayOf('1975-01-01'), max: dayOf('2190-01-01') });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), day, (anchor, months, at) => {
        const period = periodAt(anchor, months, at);
        expect(period.start <= at && at < period.end).toBe(true);
        expect(periodAt(anchor, months, period.end).start).toBe(period.end);
        expect(periodAt(anchor, months, period.start - 1).end).toBe(period.start);
      }),
    );
  });
});

test('a text that is no day is none', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '1969-12-31', '', 'today', '2026-01-01T00:00:00Z']) {
    expect(parseDay(text), text).toBeUndefined();
  }
  expect(dayText(parseDay('2028-02-29')!)).toBe('2028-02-29');
});
