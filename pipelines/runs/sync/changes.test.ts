import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeliveredPeriod } from '../../providers/connector.ts';
import { periodChanges, TAKEN_BACK } from './changes.ts';

const now = new Date('2026-11-05T00:00:00Z');
const period = (billingPeriod: string, changeToken: string, more: Partial<DeliveredPeriod> = {}): DeliveredPeriod => ({
  billingPeriod,
  changeToken,
  deliveredAt: null,
  parts: [],
  ...more,
});
const kinds = (delivered: readonly DeliveredPeriod[], loaded: Record<string, string | null>, retainedMonths?: number) =>
  periodChanges(delivered, new Map(Object.entries(loaded)), { now, retainedMonths }).map(
    ({ billingPeriod, kind }) => `${billingPeriod} ${kind}`,
  );

test('what is delivered is compared by its token, and what came from no source is replaced', () => {
  const delivered = [period('2026-09-01', 'a'), period('2026-10-01', 'b'), period('2026-11-01', 'c')];
  expect(kinds(delivered, { '2026-09-01': 'a', '2026-10-01': 'old', '2026-11-01': null })).toEqual([
    '2026-09-01 unchanged',
    '2026-10-01 changed',
    '2026-11-01 changed',
  ]);
});

test('a period that is being written is neither fetched nor gone', () => {
  const delivered = [period('2026-10-01', 'b', { beingWritten: true }), period('2026-11-01', 'c')];
  expect(kinds(delivered, { '2026-10-01': 'old' })).toEqual(['2026-10-01 being written', '2026-11-01 changed']);
});

test('what is missing is gone while the source still keeps its age; what it never had stays', () => {
  const loaded = {
    '2025-11-01': 'a',
    '2026-08-01': 'a',
    '2026-09-01': 'a',
    '2026-10-01': TAKEN_BACK,
    '2026-11-01': null,
  };
  const delivered = [period('2026-12-01', 'z')];
  expect(kinds(delivered, loaded, 3)).toEqual([
    '2025-11-01 kept',
    '2026-08-01 kept',
    '2026-09-01 gone',
    '2026-10-01 unchanged',
    '2026-12-01 changed',
  ]);
  expect(kinds(delivered, loaded)[0]).toBe('2025-11-01 gone');
});

test('an empty listing is refused, whatever is loaded', () => {
  expect(() => kinds([], {})).toThrow(expect.objectContaining({ code: 'source_incomplete' }));
  expect(() => kinds([], { '2026-10-01': 'a' })).toThrow(/1 are loaded; they stay/);
});

test('once its changes are made, a listing asks for nothing more', () => {
  const month = fc.integer({ min: 1, max: 12 }).map((index) => `2026-${String(index).padStart(2, '0')}-01`);
  const token = fc.constantFrom('a', 'b', 'c');
  const listing = fc.uniqueArray(fc.tuple(month, token), { minLength: 1, selector: ([of]) => of });
  fc.assert(
    fc.property(listing, fc.dictionary(month, token), fc.integer({ min: 1, max: 14 }), (listed, before, retained) => {
      const delivered = listed.map(([of, changeToken]) => period(of, changeToken));
      const after: Record<string, string> = { ...before };
      for (const change of periodChanges(delivered, new Map(Object.entries(before)), {
        now,
        retainedMonths: retained,
      })) {
        if (change.kind === 'changed') after[change.billingPeriod] = change.period.changeToken;
        if (change.kind === 'gone') after[change.billingPeriod] = TAKEN_BACK;
      }
      const again = kinds(delivered, after, retained).filter((line) => !/ (unchanged|kept)$/.test(line));
      expect(again).toEqual([]);
      for (const { billingPeriod, changeToken } of delivered) expect(after[billingPeriod]).toBe(changeToken);
    }),
  );
});
