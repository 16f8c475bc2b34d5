import { CloudActError } from '@cloudact/core/errors';
import { parseOrgSlug } from '@cloudact/core/org';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRunStore, type RunStore } from './run-store.ts';
import { type DemoOrg, openDemoOrg } from './testing/demo-org.ts';

const other = parseOrgSlug('other');
let demo: DemoOrg;
let store: RunStore;
let clock: number;

beforeEach(async () => {
  demo = await openDemoOrg('/tmp');
  clock = Date.UTC(2026, 10, 4, 12);
  store = createRunStore(demo.warehouse.control, () => {
    clock += 1_000;
    return new Date(clock);
  });
});
afterEach(() => demo.close());

const create = (id: string, org = demo.org) =>
  store.create({ id, org, integrationId: 'aws-1', source: { files: ['a.csv', 'b.csv'], from: 'auto' } });

describe('the run store', () => {
  test('a run goes from queued over running to its end, and each step is in its row', async () => {
    expect(await create('r1')).toEqual({
      id: 'r1',
      org: demo.org,
      integrationId: 'aws-1',
      provider: 'auto',
      state: 'queued',
      progress: 0,
      source: { files: ['a.csv', 'b.csv'], from: 'auto' },
      rowsRead: null,
      rowsWritten: null,
      error: null,
      createdAt: '2026-11-04T12:00:01Z',
      startedAt: null,
      finishedAt: null,
    });
    await store.update(demo.org, 'r1', { state: 'running' });
    await store.update(demo.org, 'r1', { progress: 0.25, provider: 'aws-cur' });
    await store.update(demo.org, 'r1', { progress: 0.5, rowsRead: 12 });
    expect(await store.get(demo.org, 'r1')).toMatchObject({
      state: 'running',
      provider: 'aws-cur',
      progress: 0.5,
      rowsRead: 12,
      startedAt: '2026-11-04T12:00:02Z',
    });
    await store.update(demo.org, 'r1', { state: 'succeeded', rowsRead: 12, rowsWritten: 10 });
    expect(await store.get(demo.org, 'r1')).toMatchObject({
      state: 'succeeded',
      progress: 1,
      rowsWritten: 10,
      finishedAt: '2026-11-04T12:00:03Z',
    });
  });

  test('a change says whether it was made', async () => {
    await create('r1');
    expect(await store.update(demo.org, 'missing', { state: 'running' })).toBe(false);
    expect(await store.update(demo.org, 'r1', { progress: 0.5 })).toBe(false);
    const starts = await Promise.all([1, 2, 3].map(() => store.update(demo.org, 'r1', { state: 'running' })));
    expect(starts.filter(Boolean)).toHaveLength(1);
    expect(await store.update(demo.org, 'r1', { progress: 0.5 })).toBe(true);
  });

  test('what has ended stays as it ended', async () => {
    await create('r1');
    await store.update(demo.org, 'r1', { state: 'running' });
    const error = new CloudActError('totals_differ', { detail: 'by 1.00' });
    await store.update(demo.org, 'r1', { state: 'failed', error });
    const failed = await store.get(demo.org, 'r1');
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'totals_differ', detail: 'by 1.00' } });
    await store.update(demo.org, 'r1', { state: 'running' });
    await store.update(demo.org, 'r1', { progress: 0.1 });
    await store.update(demo.org, 'r1', { state: 'succeeded', rowsRead: 1, rowsWritten: 1 });
    await store.update(demo.org, 'r1', { state: 'queued' });
    expect(await store.get(demo.org, 'r1')).toEqual(failed);
  });

  test('an organisation sees and changes its own runs only, newest first', async () => {
    await create('r1');
    await create('r2');
    await create('theirs', other);
    expect((await store.list(demo.org)).map(({ id }) => id)).toEqual(['r2', 'r1']);
    expect((await store.list(demo.org, { limit: 1 })).map(({ id }) => id)).toEqual(['r2']);
    expect(await store.get(demo.org, 'theirs')).toBeUndefined();
    await store.update(demo.org, 'theirs', { state: 'running' });
    expect(await store.get(other, 'theirs')).toMatchObject({ state: 'queued' });
  });

  test('what a dead process left running is queued again, oldest first; what has ended is not', async () => {
    for (const id of ['r1', 'r2', 'r3']) await create(id, id === 'r2' ? other : demo.org);
    await store.update(demo.org, 'r1', { state: 'running' });
    await store.update(other, 'r2', { state: 'running' });
    await store.update(other, 'r2', { state: 'succeeded', rowsRead: 1, rowsWritten: 1 });
    expect((await store.recover()).map(({ id, state }) => [id, state])).toEqual([
      ['r1', 'queued'],
      ['r3', 'queued'],
    ]);
  });

  test('an id is given once', async () => {
    await create('r1');
    await expect(create('r1')).rejects.toMatchObject({ code: 'conflict' });
  });
});
