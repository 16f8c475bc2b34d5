import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { FastifyBaseLogger } from 'fastify';
import { createRunStore, executeRun, noteFailure, type Run, type RunStore } from '../runs/index.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';
import { resolveInboxFiles } from './inbox.ts';

/**
 * Does the queued runs, one at a time for each organisation. The queue is in memory; the rows are what lasts: runs
 * that a stopped or killed process left behind are queued again when the next one starts.
 */
export interface RunWorker {
  readonly store: RunStore;
  /** Takes up what was left behind. */
  start(): Promise<void>;
  /** Does a queued run when its turn comes. */
  enqueue(run: Run): void;
  /** Stops what runs; nothing of it is changed, and it is queued again. Ends when all have stopped. */
  stop(): Promise<void>;
  /** Ends when nothing is waiting or running. */
  idle(): Promise<void>;
}

export function createRunWorker(deps: PipelineServiceDependencies, log: FastifyBaseLogger): RunWorker {
  const { warehouse } = deps;
  const store = createRunStore(warehouse.control);
  const stopping = new AbortController();
  /** The last run of each organisation that has some to do. */
  const lines = new Map<OrgSlug, Promise<void>>();

  function enqueue(run: Run): void {
    const turn = (lines.get(run.org) ?? Promise.resolve()).then(() => perform(run));
    lines.set(run.org, turn);
    turn.finally(() => {
      if (lines.get(run.org) === turn) lines.delete(run.org);
    });
  }

  /** Never rejects: what went wrong is in the run's row, and in the log. */
  async function perform(run: Run): Promise<void> {
    const { id, org, integrationId, source } = run;
    if (stopping.signal.aborted) return;
    try {
      const files = await filesOf(run);
      const { signal } = stopping;
      const loaded = await executeRun({ warehouse, org, integrationId, files, from: source.from, runId: id, signal });
      log.info({ org, run: id, rows: loaded.rowsWritten, billingPeriods: loaded.billingPeriods }, 'run succeeded');
    } catch (error) {
      if (stopping.signal.aborted) log.info({ org, run: id }, 'run stopped, queued again');
      else if (error instanceof CloudActError && error.status < 500)
        log.info({ org, run: id, code: error.code }, 'run failed');
      else log.error({ org, run: id, err: error }, 'run failed');
    }
  }

  async function filesOf({ id, org, source }: Run): Promise<string[]> {
    try {
      return await resolveInboxFiles(deps.inboxDirectory(org), source.files);
    } catch (error) {
      await noteFailure(store, org, id, error, []);
      throw error;
    }
  }

  const idle = async (): Promise<void> => {
    while (lines.size > 0) await Promise.all(lines.values());
  };

  return {
    store,
    enqueue,
    idle,
    async start() {
      for (const run of await store.recover()) enqueue(run);
    },
    async stop() {
      stopping.abort(new CloudActError('unavailable', { detail: 'The pipeline service is stopping.' }));
      await idle();
    },
  };
}
