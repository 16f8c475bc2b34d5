import { describe, expect, test } from 'vitest';
import { billed, costByDay, subscription, version } from './fixtures.ts';

const nets = (rows: string[][]) => rows.map((row) => row[4]);

describe('a period that is paid in advance', () => {
  test('from January 31 bills with each month', () => {
    const rows = billed(
      subscription({ starts_on: '2026-01-31', quantity_changes: [{ date: '2026-01-31', quantity: '3' }] }),
      '2026-04-29',
    );
    expect(rows).toEqual([
      ['2026-01-31', 'charge', '2026-01-31', '2026-02-28', '30'],
      ['2026-02-28', 'charge', '2026-02-28', '2026-03-31', '30'],
      ['2026-03-31', 'charge', '2026-03-31', '2026-04-30', '30'],
    ]);
  });

  test('a seat added on the 12th of April pays 19 of 30 days', () => {
    const changes = [
      { date: '2026-01-01', quantity: '10' },
      { date: '2026-04-12', quantity: '13' },
    ];
    const rows = (proration: 'none' | 'daily' | 'full_period') =>
      billed(subscription({ versions: [version({ proration })], quantity_changes: changes }), '2026-05-01').slice(3);
    // 3 × 10 × 19 / 30 = 19
    expect(nets(rows('daily'))).toEqual(['100', '19', '130']);
    expect(nets(rows('full_period'))).toEqual(['100', '30', '130']);
    expect(nets(rows('none'))).toEqual(['100', '130']);
    expect(rows('daily')[1]).toEqual(['2026-04-12', 'seats_added', '2026-04-12', '2026-05-01', '19']);
  });

  test('seats removed give nothing back unless agreed, and seats that were paid come back for nothing', () => {
    const changes = [
      { date: '2026-01-01', quantity: '10' },
      { date: '2026-04-11', quantity: '8' },
      { date: '2026-04-21', quantity: '10' },
    ];
    const rows = (seat_credit: 'none' | 'daily') =>
      billed(subscription({ versions: [version({ seat_credit })], quantity_changes: changes }), '2026-04-30').slice(3);
    expect(nets(rows('none'))).toEqual(['100']);
    // −2 × 10 × 20 / 30 = −13.33; 2 × 10 × 10 / 30 = 6.67
    expect(nets(rows('daily'))).toEqual(['100', '-13.33', '6.67']);
  });

  test('a dearer price from the 11th of a month of 31 days', () => {
    const later = (on_change: 'credit_unused' | 'credit_invoiced' | 'at_renewal') =>
      billed(
        subscription({
          versions: [
            version({ unit_price: '20' }),
            version({ effective_from: '2026-01-11', unit_price: '40', on_change }),
          ],
        }),
        '2026-02-01',
      );
    // 21 × 40 / 31 = 27.10, less the 20 that are invoiced = 7.10
    expect(nets(later('credit_invoiced'))).toEqual(['20', '-20', '27.1', '40']);
    // 21 × 20 / 31 = 13.55
    expect(nets(later('credit_unused'))).toEqual(['20', '-13.55', '27.1', '40']);
    expect(nets(later('at_renewal'))).toEqual(['20', '40']);
  });

  test('the days before a change keep their cost', () => {
    const of = subscription({
      versions: [
        version({ unit_price: '20' }),
        version({ effective_from: '2026-01-11', unit_price: '40', on_change: 'credit_invoiced' }),
      ],
    });
    const days = [...costByDay(of, '2026-01-31').values()].map(Number);
    // 10 × 20 / 31 = 6.451612…; the month is 27.10
    expect(days.slice(0, 10).reduce((all, day) => all + day, 0)).toBeCloseTo(6.451612, 5);
    expect(days.reduce((all, day) => all + day, 0)).toBeCloseTo(27.1, 9);
  });

  test('from monthly to yearly begins a year on the day of the change', () => {
    const rows = billed(
      subscription({
        versions: [version(), version({ effective_from: '2026-02-15', unit_price: '100', cadence: 'year' })],
      }),
      '2027-02-15',
    );
    expect(rows).toEqual([
      ['2026-01-01', 'charge', '2026-01-01', '2026-02-01', '10'],
      ['2026-02-01', 'charge', '2026-02-01', '2026-03-01', '10'],
      // 14 of 28 days
      ['2026-02-15', 'credit', '2026-02-15', '2026-03-01', '-5'],
      ['2026-02-15', 'charge', '2026-02-15', '2027-02-15', '100'],
      ['2027-02-15', 'charge', '2027-02-15', '2028-02-15', '100'],
    ]);
  });

  test('a cancellation stops the renewal and gives back as agreed', () => {
    const rows = (refund: 'none' | 'daily' | 'full') =>
      nets(billed(subscription({ cancellation: { on: '2026-02-15', refund } }), '2026-12-31'));
    expect(rows('none')).toEqual(['10', '10']);
    expect(rows('daily')).toEqual(['10', '10', '-5']);
    expect(rows('full')).toEqual(['10', '10', '-10']);
  });

  test('an end that was agreed is prorated, a term that does not renew ends with it', () => {
    // February 1 to 15: 14 of 28 days
    expect(nets(billed(subscription({ ends_on: '2026-02-15' }), '2026-12-31'))).toEqual(['10', '5']);
    const year = version({ cadence: 'quarter', term_months: 12, auto_renew: false });
    expect(nets(billed(subscription({ versions: [year] }), '2029-12-31'))).toEqual(['10', '10', '10', '10']);
  });

  test('an anchor after the start makes a first period that is short', () => {
    // January 10 to February 1: 22 of 31 days, 7.10
    const rows = billed(subscription({ starts_on: '2026-01-10', anchor_on: '2026-02-01' }), '2026-02-01');
    expect(rows).toEqual([
      ['2026-01-10', 'charge', '2026-01-10', '2026-02-01', '7.1'],
      ['2026-02-01', 'charge', '2026-02-01', '2026-03-01', '10'],
    ]);
  });
});

describe('a year over February 29', () => {
  const year = subscription({
    starts_on: '2027-03-01',
    versions: [version({ cadence: 'year', unit_price: '1200' })],
    quantity_changes: [{ date: '2027-03-01', quantity: '1' }],
  });

  test('is 366 days, each within a millionth of 1200 / 366', () => {
    const days = [...costByDay(year, '2027-03-01')];
    expect(days).toHaveLength(366);
    expect(days.map(([day]) => day)).toContain('2028-02-29');
    expect(new Set(days.map(([, cost]) => cost))).toEqual(new Set(['3.278688', '3.278689']));
  });
});

describe('currencies without hundredths', () => {
  test('yen have none, dinars have thousandths', () => {
    const half = { ends_on: '2026-01-12' };
    // 1000 × 11 / 31 = 354.83…
    expect(
      nets(
        billed(subscription({ currency: 'JPY', versions: [version({ unit_price: '1000' })], ...half }), '2026-02-01'),
      ),
    ).toEqual(['355']);
    expect(
      nets(
        billed(subscription({ currency: 'KWD', versions: [version({ unit_price: '1000' })], ...half }), '2026-02-01'),
      ),
    ).toEqual(['354.839']);
  });
});
