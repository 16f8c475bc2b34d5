import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { answers } from './connector/testing/small-organization.ts';
import { rowsOf, withLines, withServer } from './fixtures/fetched.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const regional = { ...answers.usage[0]!, inference_geo: 'us', speed: 'fast', day: '2026-09-03' };
const unknown = { ...answers.costs[0]!, cost_type: 'something new', token_type: null, day: '2026-09-03' };
const everything = {
  answers: { ...answers, usage: [...answers.usage, regional], costs: [...answers.costs, unknown] },
};
const lines = (dataset: string) => withServer(everything, (_server, fetch) => fetch(dataset));

test('the columns without a value are those that the page lists', async () => {
  const rows = await withLines(await lines('analytics'), (workbench, { plan, table }) =>
    rowsOf(workbench, plan.toFocus(table)),
  );
  expect(emptyColumns(rows)).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
});

test.each(['analytics', 'reports'])(
  'what %s tell breaks no rule of FOCUS 1.3',
  async (dataset) => {
    const failed = await withLines(await lines(dataset), async (workbench, { plan, table, files }) => {
      const file = join(dirname(files[0]!.path), 'focus.parquet');
      await workbench.run(`COPY (${plan.toFocus(table)}) TO '${file}' (FORMAT parquet)`);
      const { rules } = await validateFocusFile(file);
      return rules
        .filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')
        .map(({ id }) => id);
    });
    expect(failed).toEqual([]);
  },
  60_000,
);
