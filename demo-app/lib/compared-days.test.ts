import { describe, expect, it } from 'vitest';
import { comparedDays } from './compared-days.ts';

const compared = (today: string, through: string | null) => {
  const days = comparedDays(new Date(`${today}T00:00:00Z`), through);
  const text = (day: Date) => day.toISOString().slice(0, 10);
  return days && [days.these, days.those].map(({ from, to }) => `${text(from)} to ${text(to)}`);
};

describe('the days that are compared with the month before', () => {
  it('are whole days: the day that runs is left out', () => {
    expect(compared('2026-03-11', '2026-03-11')).toEqual(['2026-03-01 to 2026-03-11', '2026-02-01 to 2026-02-11']);
  });

  it('are loaded days: what has not arrived is not taken for zero', () => {
    expect(compared('2026-03-11', '2026-03-08')).toEqual(['2026-03-01 to 2026-03-09', '2026-02-01 to 2026-02-09']);
    expect(compared('2026-03-11', '2026-02-27')).toBeUndefined();
    expect(compared('2026-03-11', null)).toBeUndefined();
  });

  it('are as many as the shorter month has', () => {
    expect(compared('2026-03-31', '2026-03-31')).toEqual(['2026-03-01 to 2026-03-29', '2026-02-01 to 2026-03-01']);
  });

  it('are none on the first of a month', () => {
    expect(compared('2026-01-01', '2026-01-01')).toBeUndefined();
  });

  it('reach over the turn of the year', () => {
    expect(compared('2027-01-03', '2027-01-03')).toEqual(['2027-01-01 to 2027-01-03', '2026-12-01 to 2026-12-03']);
  });
});
