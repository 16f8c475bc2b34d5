import { describe, expect, test } from 'vitest';
import { billed, costByDay, subscription, version } from './fixtures.ts';

const nets = (rows: string[][]) => rows.map((row) => row[4]);
const seats = (quantity: string) => [{ date: '2026-01-01', quantity }];

describe('tiers', () => {
  const tiers = [
    { up_to: '10', unit_price: '5' },
    { up_to: '20', unit_price: '4', flat_price: '7' },
    { unit_price: '3' },
  ];
  const total = (tier_mode: 'graduated' | 'volume', quantity: string) => {
    const model = version({ model: 'tiered', unit_price: undefined, tiers, tier_mode });
    delete model.unit_price;
    return nets(billed(subscription({ versions: [model], quantity_changes: seats(quantity) }), '2026-01-01'));
  };

  test('graduated: each unit at the price of its own tier', () => {
    expect(total('graduated', '10')).toEqual(['50']);
    expect(total('graduated', '11')).toEqual(['50', '4', '7']);
    expect(total('graduated', '25')).toEqual(['50', '40', '7', '15']);
  });

  test('volume: all units at the price of the tier that the last one is in', () => {
    expect(total('volume', '10')).toEqual(['50']);
    expect(total('volume', '11')).toEqual(['44', '7']);
    expect(total('volume', '25')).toEqual(['75']);
    expect(total('volume', '0')).toEqual([]);
  });
});

test('seats: what is included is not paid, and less than the minimum is not either', () => {
  const of = (quantity: string) =>
    nets(
      billed(
        subscription({
          versions: [version({ base_price: '30', included_quantity: '5', minimum_quantity: '3' })],
          quantity_changes: seats(quantity),
        }),
        '2026-01-01',
      ),
    );
  expect(of('1')).toEqual(['30', '0']);
  expect(of('8')).toEqual(['30', '30']);
});

describe('use with a minimum', () => {
  const use = (quantity: string, changes = {}) =>
    nets(
      billed(
        subscription({
          versions: [
            version({
              model: 'usage_with_minimum',
              unit: 'Message',
              unit_price: '0.01',
              included_quantity: '100',
              minimum_charge: '20',
              billing: 'arrears',
            }),
          ],
          quantity_changes: [],
          usage: [{ from: '2026-01-01', to: '2026-02-01', quantity }],
          ...changes,
        }),
        '2026-02-01',
      ),
    );

  test('is filled up to the minimum', () => {
    // (600 − 100) × 0.01 = 5
    expect(use('600')).toEqual(['5', '15']);
    expect(use('5100')).toEqual(['50']);
    expect(use('0')).toEqual(['20']);
  });

  test('without a word about what was used is refused', () => {
    expect(() => use('1', { usage: [] })).toThrow(expect.objectContaining({ code: 'settings_invalid' }));
    const crossing = [{ from: '2026-01-15', to: '2026-02-15', quantity: '1' }];
    expect(() => use('1', { usage: crossing })).toThrow(/more than the billing period/);
  });

  test('falls on the days of its entries', () => {
    const of = subscription({
      versions: [version({ model: 'usage_with_minimum', unit: 'Message', unit_price: '1', billing: 'arrears' })],
      quantity_changes: [],
      usage: [
        { from: '2026-01-03', to: '2026-01-05', quantity: '3' },
        { from: '2026-01-10', to: '2026-01-11', quantity: '7' },
      ],
    });
    const days = [...costByDay(of, '2026-02-01')].filter(([, cost]) => cost !== '0');
    expect(days).toEqual([
      ['2026-01-03', '1.5'],
      ['2026-01-04', '1.5'],
      ['2026-01-10', '7'],
    ]);
  });
});

describe('seats that are paid when the month is over', () => {
  const changes = [...seats('10'), { date: '2026-04-11', quantity: '16' }];
  const april = (proration: 'none' | 'daily' | 'full_period') =>
    nets(
      billed(
        subscription({
          starts_on: '2026-04-01',
          versions: [version({ billing: 'arrears', proration })],
          quantity_changes: changes,
        }),
        '2026-05-01',
      ),
    );

  test('count by days, as they were at first, or at their most', () => {
    // 10 × 10 × 10 / 30 and 16 × 10 × 20 / 30
    expect(april('daily')).toEqual(['33.33', '106.67']);
    expect(april('none')).toEqual(['100']);
    expect(april('full_period')).toEqual(['160']);
  });

  test('are billed at the end alone', () => {
    expect(billed(subscription({ versions: [version({ billing: 'arrears' })] }), '2026-01-31')).toEqual([]);
  });
});

describe('discounts', () => {
  test('a percentage holds for what begins in its days, an amount takes no period below zero', () => {
    const discounts = [
      { type: 'percent' as const, percent: '25', from: '2026-02-01', to: '2026-03-01' },
      { type: 'amount' as const, amount: '100', from: '2026-03-01' },
    ];
    const rows = billed(
      subscription({ versions: [version({ discounts })], quantity_changes: seats('3') }),
      '2026-03-01',
    );
    expect(nets(rows)).toEqual(['30', '22.5', '0']);
  });

  test('free months of a monthly plan are billed at nothing', () => {
    const discounts = [{ type: 'free_months' as const, months: 2 }];
    expect(nets(billed(subscription({ versions: [version({ discounts })] }), '2026-03-01'))).toEqual(['0', '0', '10']);
  });

  test('free months of a year are spread over it, or shown at zero', () => {
    const year = (treatment: 'spread' | 'zero') =>
      subscription({
        versions: [
          version({ cadence: 'year', unit_price: '120', discounts: [{ type: 'free_months', months: 2, treatment }] }),
        ],
      });
    // 120 × 10 / 12
    expect(nets(billed(year('spread'), '2026-01-01'))).toEqual(['100']);
    expect(costByDay(year('spread'), '2026-01-01').get('2026-01-01')).toBe('0.273972');
    const zero = costByDay(year('zero'), '2026-01-01');
    // 31 + 28 free days; 100 / 306 = 0.326797…
    expect([zero.get('2026-02-28'), zero.get('2026-03-01')]).toEqual(['0', '0.326797']);
  });

  test('a trial costs nothing, and what follows is counted from its end', () => {
    const rows = billed(subscription({ trial_until: '2026-01-15' }), '2026-02-15');
    expect(rows).toEqual([
      ['2026-01-01', 'trial', '2026-01-01', '2026-01-15', '0'],
      ['2026-01-15', 'charge', '2026-01-15', '2026-02-15', '10'],
      ['2026-02-15', 'charge', '2026-02-15', '2026-03-15', '10'],
    ]);
  });
});
