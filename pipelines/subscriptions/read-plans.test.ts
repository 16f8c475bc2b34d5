import { CloudActError } from '@cloudact/core/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subscription, version } from './fixtures.ts';
import { refuseRewritten } from './plan-changes.ts';
import { readPlanFile, readPlans } from './read-plans.ts';

function faultsOf(value: unknown): [string | undefined, string][] {
  try {
    readPlans(value);
  } catch (error) {
    if (error instanceof CloudActError && error.code === 'settings_invalid') {
      return error.faults.map(({ column, reason }) => [column, reason]);
    }
    throw error;
  }
  return [];
}
const paths = (changes: object) =>
  faultsOf({ subscriptions: [{ ...subscription(), ...changes }] }).map(([path]) => path);

describe('a plan document', () => {
  test('is returned as it is', () => {
    const document = { subscriptions: [subscription()] };
    expect(readPlans(document)).toBe(document);
  });

  test('every fault is named with its path', () => {
    expect(paths({ colour: 'red' })).toContain('/subscriptions/0/colour');
    expect(paths({ starts_on: '2026-02-30' })).toEqual(['/subscriptions/0/starts_on']);
    expect(paths({ currency: 'XYZ' })).toEqual(['/subscriptions/0/currency']);
    expect(paths({ service_subcategory: 'Desk' })).toEqual(['/subscriptions/0/service_subcategory']);
    expect(paths({ versions: [version({ unit_price: '1e3' })] })).toEqual(['/subscriptions/0/versions/0/unit_price']);
    expect(paths({ versions: [version(), version()] })).toEqual(['/subscriptions/0/versions/1/effective_from']);
    expect(paths({ versions: [version({ model: 'tiered' })] })).toContain('/subscriptions/0/versions/0/tiers');
    expect(paths({ quantity_changes: [] })).toEqual(['/subscriptions/0/quantity_changes']);
    expect(faultsOf({ subscriptions: [subscription(), subscription()] })[0]![0]).toBe('/subscriptions/1/id');
  });

  test('a price from a template counts only when a person has confirmed it', () => {
    const source = (confirmed: boolean) => [
      version({ price_source: { template: 'orchard-desk', as_of: '2026-01-01', confirmed } }),
    ];
    expect(paths({ versions: source(false) })).toEqual(['/subscriptions/0/versions/0/price_source/confirmed']);
    expect(paths({ versions: source(true) })).toEqual([]);
  });

  test('of any content is read, or refused with a word about it', () => {
    const odd = fc.oneof(
      fc.anything(),
      fc.json().map((text) => JSON.parse(text)),
    );
    const key = fc.constantFrom(...Object.keys(subscription()), 'usage', 'invoices', 'cancellation', 'tags');
    fc.assert(
      fc.property(odd, key, (value, name) => {
        faultsOf(value);
        faultsOf({ subscriptions: [{ ...subscription(), [name]: value }] });
        faultsOf({ subscriptions: [subscription({ versions: [{ ...version(), [name]: value } as never] })] });
      }),
      { numRuns: 500 },
    );
  });

  test('that is not there is told', async () => {
    await expect(readPlanFile('/nowhere/plans.json')).rejects.toMatchObject({ code: 'file_not_found' });
  });
});

describe('versions are appended only', () => {
  const former = { subscriptions: [subscription()] };
  const next = (versions: unknown[]) => ({ subscriptions: [{ ...subscription(), versions }] }) as typeof former;

  test('what is in effect stays as it was', () => {
    const conflict = expect.objectContaining({ code: 'conflict' });
    expect(() => refuseRewritten(former, next([version({ unit_price: '12' })]), '2026-06-01')).toThrow(conflict);
    expect(() => refuseRewritten(former, { subscriptions: [] as never }, '2026-06-01')).toThrow(conflict);
    expect(() =>
      refuseRewritten(former, next([version(), version({ effective_from: '2026-05-01' })]), '2026-06-01'),
    ).toThrow(conflict);
  });

  test('a later version may come, and go again', () => {
    const later = next([version(), version({ effective_from: '2026-07-01' })]);
    expect(() => refuseRewritten(former, later, '2026-06-01')).not.toThrow();
    expect(() => refuseRewritten(later, former, '2026-06-01')).not.toThrow();
  });
});
