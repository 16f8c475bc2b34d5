import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Combination, modifiers, planSlices, type Slice } from './slices.ts';

const choices = {
  service_tier: ['standard', 'batch', null],
  context_window: ['0-200k', '200k-1M', null],
  inference_geo: ['us', 'global', null],
  speed: ['standard', 'fast', null],
} as const;
const valuesOf = fc.record({
  service_tier: fc.constantFrom(...choices.service_tier),
  context_window: fc.constantFrom(...choices.context_window),
  inference_geo: fc.constantFrom(...choices.inference_geo),
  speed: fc.constantFrom(...choices.speed),
});
const combination = fc.record({ model: fc.constantFrom('opus', 'sonnet', 'haiku'), values: valuesOf });
const textOf = ({ model, values }: Combination) => [model, ...modifiers.map((modifier) => values[modifier])].join(' ');

/** What a listing answers: one row for each set of what it groups by. */
function answered(slice: Slice, used: readonly Combination[]): Combination[] {
  const rows = used
    .filter(({ model }) => slice.model === undefined || model === slice.model)
    .filter(({ values }) => slice.geography === undefined || values.inference_geo === slice.geography)
    .map(({ model, values }) => {
      const grouped = modifiers.map((modifier) => [
        modifier,
        slice.groupBy.includes(modifier) ? values[modifier] : null,
      ]);
      const row = { model: slice.groupBy.includes('model') ? model : null, values: Object.fromEntries(grouped) };
      return JSON.stringify(row);
    });
  return [...new Set(rows)].map((row) => JSON.parse(row) as Combination);
}

test('whatever a model was used with, each way of use is told once, and no listing groups by more than five things', () => {
  fc.assert(
    fc.property(fc.array(combination, { maxLength: 12 }), (used) => {
      const slices = planSlices(used);
      const told = slices.flatMap((slice) =>
        answered(slice, used)
          .map(({ model, values }) => ({ model: slice.model ?? model, values }))
          .filter(({ model }) => slice.keeps(model))
          .map(({ model, values }) => textOf({ model, values: slice.valuesOf(model, values) })),
      );
      expect(told.sort()).toEqual([...new Set(used.map(textOf))].sort());
      expect(slices.every(({ groupBy }) => groupBy.length <= 3)).toBe(true);
    }),
  );
});

test('where two things vary at most, one listing is enough', () => {
  const values = { service_tier: 'standard', context_window: '0-200k', inference_geo: null, speed: 'standard' };
  const slices = planSlices([
    { model: 'sonnet', values },
    { model: 'sonnet', values: { ...values, service_tier: 'batch' } },
    { model: 'opus', values: { ...values, speed: 'fast' } },
    { model: 'opus', values },
    { model: null, values: { ...values, context_window: null } },
  ]);
  expect(slices.map(({ groupBy }) => groupBy)).toEqual([['model', 'service_tier', 'speed']]);
});

test('usage of a model that was not there when the listing was planned is kept', () => {
  const [slice] = planSlices([]);
  const values = { service_tier: 'batch', context_window: '0-200k', inference_geo: null, speed: null };
  expect(slice!.keeps('new')).toBe(true);
  expect(slice!.valuesOf('new', values)).toEqual(values);
});
