import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseMonth } from '../calendar.ts';
import { fixed } from '../fixed-point.ts';
import { storyOf } from '../story.ts';
import { usageModel } from '../usage.ts';
import type { BilledLine } from './bill.ts';
import { awsBill } from './bill.ts';
import type { CurColumn } from './columns.ts';
import { copiedLines } from './large-month.ts';
import { allConsumption } from './workloads.ts';

/** A month with a savings plan, a reservation and everything that comes with an invoice. */
let month: BilledLine[];
beforeAll(() => {
  const end = parseMonth('2026-06');
  const story = storyOf(end);
  month = awsBill({ seed: 3, story, usageOn: usageModel(3, story, allConsumption()), today: end.end })(
    parseMonth('2026-05'),
  );
});

function sum(rows: readonly BilledLine[], column: CurColumn): bigint {
  return rows.reduce((total, { cells }) => total + fixed(cells[column] ?? '0'), 0n);
}

function costOf(rows: readonly BilledLine[], ...types: string[]): bigint {
  return rows.reduce((total, { charge }) => total + (types.includes(charge.type) ? charge.cost : 0n), 0n);
}

describe('copiedLines', () => {
  const counts = () => fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: month.length * 2 + 50 }));

  test('gives exactly the rows asked for, none of them twice', () => {
    fc.assert(
      fc.property(counts(), (rows) => {
        const copied = [...copiedLines(month, rows)];
        expect(copied.length).toBe(rows);
        expect(new Set(copied.map(({ line, copy }) => copy * month.length + line)).size).toBe(rows);
      }),
      { numRuns: 60 },
    );
  });

  test('wherever a month is cut, negations cancel what is covered and fees are what was used and unused', () => {
    fc.assert(
      fc.property(counts(), (rows) => {
        const lines = [...copiedLines(month, rows)].map(({ line }) => month[line]!);
        expect(costOf(lines, 'SavingsPlanCoveredUsage', 'SavingsPlanNegation')).toBe(0n);
        expect(sum(lines, 'savingsPlan/UsedCommitment')).toBe(sum(lines, 'savingsPlan/SavingsPlanEffectiveCost'));
        expect(costOf(lines, 'SavingsPlanRecurringFee')).toBe(sum(lines, 'savingsPlan/TotalCommitmentToDate'));
        expect(costOf(lines, 'RIFee')).toBe(
          sum(lines, 'reservation/EffectiveCost') + sum(lines, 'reservation/UnusedRecurringFee'),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('most of a month has its invoice and its commitments, a few days have no taxes on the whole of it', () => {
    const typesOf = (rows: number) =>
      new Set([...copiedLines(month, rows)].map(({ line }) => month[line]!.charge.type));
    expect([...typesOf(month.length - 1)].sort()).toEqual([...typesOf(month.length)].sort());
    expect([...typesOf(1_000)].sort()).toEqual([
      'SavingsPlanCoveredUsage',
      'SavingsPlanNegation',
      'SavingsPlanRecurringFee',
      'Usage',
    ]);
  });
});
