import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesDaysOut, overlay } from './timeline.ts';

const day = fc.integer({ min: 1, max: 28 }).map((at) => `2026-02-${String(at).padStart(2, '0')}`);
const edge = fc.option(day, { nil: null });
const entry = fc
  .tuple(edge, edge, fc.string())
  .filter(([from, to]) => from === null || to === null || from < to)
  .map(([validFrom, validTo, name]) => ({ validFrom, validTo, name }));
const days = ['2026-01-31', ...Array.from({ length: 28 }, (_, at) => `2026-02-${String(at + 1).padStart(2, '0')}`)];

type Entry = { validFrom: string | null; validTo: string | null; name: string };
const on = (entries: readonly Entry[], at: string) =>
  entries.filter((e) => (e.validFrom === null || e.validFrom <= at) && (e.validTo === null || at < e.validTo));

describe('records over time', () => {
  it('never overlap, and the later record holds on each of its days', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (records) => {
        const result = records.reduce<readonly Entry[]>((found, record) => overlay(found, [record]), []);
        for (const at of days) {
          const expected = on(records, at).at(-1);
          expect(on(result, at).map(({ name }) => name)).toEqual(expected ? [expected.name] : []);
        }
        expect(result.map(({ validFrom }) => validFrom ?? '')).toEqual(
          result.map(({ validFrom }) => validFrom ?? '').toSorted(),
        );
      }),
    );
  });

  it('tell whether a day is left out', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (records) => {
        const result = records.reduce<readonly Entry[]>((found, record) => overlay(found, [record]), []);
        const all = [...days, '2026-03-01'];
        expect(leavesDaysOut(result)).toBe(all.some((at) => on(result, at).length === 0));
      }),
    );
  });
});
