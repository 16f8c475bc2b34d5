import { describe, expect, it } from 'vitest';
import { newOrg, service } from './testing/supabase.ts';

interface Run {
  id: string;
  state: string;
  attempt: number;
  lease_owner: string | null;
  error_code: string | null;
  error_detail: string | null;
  checkpoint: unknown;
  counts: unknown;
  finished_at: string | null;
}

describe('queueing a run', () => {
  it('twice with one key is one run, also at the same time', async () => {
    const run = await newRun();
    const again = { ...run, integration_id: 'other', idempotency_key: 'one key' };
    const queued = await Promise.all(Array.from({ length: 5 }, () => enqueue({ ...again, id: crypto.randomUUID() })));
    expect(new Set(queued.map(({ id }) => id)).size).toBe(1);
    const state = await enqueue({ ...again, id: crypto.randomUUID(), integration_id: 'a third' });
    expect(state.id).toBe(queued[0]!.id);
  });

  it('of a thing that is under way returns that run, with and without a period', async () => {
    const run = await newRun();
    for (const billing_period of [null, '2026-10-01', '2026-11-01']) {
      const first = await enqueue({ ...run, billing_period, id: crypto.randomUUID() });
      expect(await enqueue({ ...run, billing_period, id: crypto.randomUUID() })).toEqual(first);
    }
    const { count } = await service.from('runs').select('id', { count: 'exact' }).eq('org_slug', run.org_slug);
    expect(count).toBe(3);
  });

  it('of a thing whose run has ended is another run', async () => {
    const run = await newRun();
    const first = await enqueue(run);
    const claimed = (await claim(run.kind))!;
    expect(await finish(claimed, 'succeeded')).toBe(true);
    const second = await enqueue({ ...run, id: crypto.randomUUID() });
    expect(second).toMatchObject({ state: 'queued', attempt: 0 });
    expect(second.id).not.toBe(first.id);
  });
});

describe('claiming a run', () => {
  it('gives workers who ask at once a run each, and those who come later none', async () => {
    const run = await newRun();
    for (const integration_id of ['one', 'two', 'three']) {
      await enqueue({ ...run, integration_id, id: crypto.randomUUID() });
    }
    const claimed = await Promise.all(Array.from({ length: 5 }, () => claim(run.kind)));
    const ids = claimed.flatMap((one) => (one === undefined ? [] : [one.id]));
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(await claim(run.kind)).toBeUndefined();
  });

  it('goes by priority, and leaves what is not due and what is of another kind', async () => {
    const run = await newRun();
    await enqueue({ ...run, id: crypto.randomUUID(), integration_id: 'later' });
    await enqueue({ ...run, id: crypto.randomUUID(), integration_id: 'first', priority: 1 });
    await enqueue({ ...run, id: crypto.randomUUID(), integration_id: 'not due', priority: 0, run_after: IN_A_YEAR });
    await enqueue({ ...run, id: crypto.randomUUID(), integration_id: 'other', kind: `${run.kind}-other` });
    const claimed = [await claim(run.kind), await claim(run.kind), await claim(run.kind)];
    expect(claimed).toMatchObject([{ integration_id: 'first' }, { integration_id: 'later' }, undefined]);
  });
});

describe('a worker that fell silent', () => {
  it('loses its run to the next, and then changes nothing more of it', async () => {
    const run = await newRun();
    await enqueue(run);
    const silent = (await claim(run.kind, { lease: 0 }))!;
    const next = (await claim(run.kind, { worker: 'next' }))!;
    expect(next).toMatchObject({ id: run.id, attempt: silent.attempt + 1, state: 'running', lease_owner: 'next' });

    expect(await heartbeat(silent, { page: 99 })).toBe(false);
    for (const state of ['succeeded', 'failed', 'cancelled', 'queued']) expect(await finish(silent, state)).toBe(false);
    expect(await stored(run.id)).toEqual(next);
  });

  it('in the last attempt leaves a run that has failed, and frees the thing for another run', async () => {
    const run = await newRun({ max_attempts: 1 });
    await enqueue(run);
    await claim(run.kind, { lease: 0 });
    expect(await claim(run.kind)).toBeUndefined();
    expect(await stored(run.id)).toMatchObject({
      state: 'failed',
      error_code: 'unavailable',
      lease_owner: null,
      finished_at: expect.any(String),
    });
    expect((await enqueue({ ...run, id: crypto.randomUUID() })).state).toBe('queued');
  });
});

describe('a worker that holds its lease', () => {
  it('keeps it, records how far it is, and ends the run once', async () => {
    const run = await newRun();
    await enqueue(run);
    const claimed = (await claim(run.kind, { lease: 0 }))!;
    expect(await heartbeat(claimed, { page: 2 }, { rows: 10 })).toBe(true);
    expect(await claim(run.kind)).toBeUndefined();
    expect(await heartbeat(claimed, null, null)).toBe(true);
    expect(await stored(run.id)).toMatchObject({ checkpoint: { page: 2 }, counts: { rows: 10 } });

    expect(await finish(claimed, 'succeeded', { counts: { rows: 12 } })).toBe(true);
    expect(await finish(claimed, 'failed')).toBe(false);
    expect(await heartbeat(claimed, { page: 3 })).toBe(false);
    expect(await stored(run.id)).toMatchObject({ state: 'succeeded', counts: { rows: 12 }, lease_owner: null });
  });

  it('may give it back to be tried again, until the last attempt, after which it has failed', async () => {
    const run = await newRun({ max_attempts: 2 });
    await enqueue(run);
    const error = { error_code: 'source_unavailable', error_detail: 'The provider does not answer.' };
    for (const state of ['queued', 'failed']) {
      const claimed = (await claim(run.kind))!;
      expect(await finish(claimed, 'queued', error)).toBe(true);
      expect(await stored(run.id)).toMatchObject({ state, ...error });
    }
    expect(await claim(run.kind)).toBeUndefined();
  });

  it('cannot end it in a state that there is not', async () => {
    const run = await newRun();
    await enqueue(run);
    const claimed = (await claim(run.kind))!;
    const { error } = await service.rpc('finish_run', ending(claimed, 'running'));
    expect(error).not.toBeNull();
    expect(await stored(run.id)).toEqual(claimed);
  });
});

const IN_A_YEAR = new Date(Date.now() + 365 * 86_400_000).toISOString();

/** What `enqueue_run` takes. The kind is this test's own, because workers claim across organisations. */
async function newRun(changes: object = {}) {
  return {
    id: crypto.randomUUID() as string,
    org_slug: await newOrg(),
    integration_id: 'bills',
    kind: `sync-${crypto.randomUUID()}`,
    billing_period: null as string | null,
    idempotency_key: null as string | null,
    requested_by: null,
    priority: 100,
    run_after: new Date(0).toISOString(),
    max_attempts: 5,
    ...changes,
  };
}

async function call<Data>(name: string, args: object): Promise<Data> {
  const { data, error } = await service.rpc(name, args);
  expect(error, name).toBeNull();
  return data as Data;
}

const enqueue = (run: object) => call<Run>('enqueue_run', run);

async function claim(kind: string, { worker = 'worker', lease = 60 } = {}): Promise<Run | undefined> {
  return (await call<Run[]>('claim_run', { worker, kinds: [kind], lease_seconds: lease }))[0];
}

const heartbeat = ({ id, attempt }: Run, checkpoint: object | null, counts: object | null = null) =>
  call<boolean>('heartbeat_run', { id, attempt, lease_seconds: 60, checkpoint, counts });

const finish = (run: Run, state: string, changes: object = {}) =>
  call<boolean>('finish_run', { ...ending(run, state), ...changes });

function ending({ id, attempt }: Run, state: string) {
  return { id, attempt, state, error_code: null, error_detail: null, counts: null, run_after: null };
}

async function stored(id: string): Promise<Run> {
  const { data, error } = await service.from('runs').select().eq('id', id).single();
  expect(error).toBeNull();
  return data as Run;
}
