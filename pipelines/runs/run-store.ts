import { CloudActError, type ErrorCode } from '@cloudact/core/errors';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { ControlWarehouse, Query, QueryParams } from '@cloudact/core/warehouse';
import {
  failRun,
  insertRun,
  noteProgress,
  type RunRow,
  requeueInterruptedRuns,
  requeueRun,
  selectQueuedRuns,
  selectRun,
  selectRuns,
  startRun,
  succeedRun,
} from './queries.ts';
import type { Run, RunSource, RunState } from './run.ts';

export interface NewRun {
  id: string;
  org: OrgSlug;
  integrationId: string;
  source: RunSource;
}

/** The runs of all organisations. Every change names the organisation, and states only move forward. */
export interface RunStore {
  /** A new run, queued. Throws `conflict` when the id is taken. */
  create(run: NewRun): Promise<Run>;
  /**
   * Changes a run, and says whether it did: changes that do not fit its state change nothing, so of several that
   * start a queued run at the same time one does. Progress is a share, 0 to 1.
   */
  update(org: OrgSlug, id: string, change: RunChange): Promise<boolean>;
  get(org: OrgSlug, id: string): Promise<Run | undefined>;
  /** Newest first. */
  list(org: OrgSlug, options?: { limit?: number }): Promise<Run[]>;
  /**
   * Queues again what a process left running when it died, and returns all queued runs, oldest first. Runs whose files a
   * connector fetched have failed: the files are gone, and the next synchronisation makes a new run.
   */
  recover(): Promise<Run[]>;
}

export type RunChange =
  | { state: 'running' }
  | { progress: number; provider?: string; rowsRead?: number }
  | { state: 'succeeded'; rowsRead: number; rowsWritten: number }
  | { state: 'failed'; error: CloudActError }
  | { state: 'queued' };

/** The runs in the control dataset. `now` gives the times of the rows. */
export function createRunStore(control: ControlWarehouse, now: () => Date = () => new Date()): RunStore {
  const at = () => now().toISOString();

  return {
    async create({ id, org, integrationId, source }) {
      const provider = source.from;
      const values = { id, org, integration: integrationId, provider, source: JSON.stringify(source), at: at() };
      await control.write([{ query: insertRun, params: values }]);
      return (await this.get(org, id))!;
    },
    async update(org, id, change) {
      const [changed] = await control.write([statement(org, id, change)]);
      return changed! > 0;
    },
    async get(org, id) {
      const [row] = await control.rows(selectRun, { org, id });
      return row && runOf(row);
    },
    async list(org, { limit = 50 } = {}) {
      return (await control.rows(selectRuns, { org, limit })).map(runOf);
    },
    async recover() {
      await control.write([{ query: requeueInterruptedRuns, params: {} }]);
      const queued = (await control.rows(selectQueuedRuns, {})).map(runOf);
      const fetched = queued.filter(({ source }) => source.connector !== undefined);
      for (const { org, id } of fetched) await this.update(org, id, { state: 'failed', error: interrupted() });
      return queued.filter((run) => !fetched.includes(run));
    },
  };

  function statement(org: OrgSlug, id: string, change: RunChange): Statement {
    const run = { org, id };
    if (!('state' in change)) {
      const thousandths = Math.round(change.progress * 1000);
      const { provider = null, rowsRead = null } = change;
      return write(noteProgress, { ...run, thousandths, provider, rows_read: rowsRead });
    }
    if (change.state === 'running') return write(startRun, { ...run, at: at() });
    if (change.state === 'queued') return write(requeueRun, run);
    if (change.state === 'failed') {
      const { code, detail } = change.error;
      return write(failRun, { ...run, code, detail, at: at() });
    }
    const { rowsRead, rowsWritten } = change;
    return write(succeedRun, { ...run, rows_read: rowsRead, rows_written: rowsWritten, at: at() });
  }
}

/** Why a run that fetches from a source has not come to its end, though nothing is wrong with the source. */
export function interrupted(): CloudActError {
  return new CloudActError('unavailable', {
    detail: 'The run was stopped before its end, and nothing was changed. The next synchronisation does it again.',
  });
}

type Statement = { query: Query<QueryParams, unknown>; params: QueryParams };

function write<P extends QueryParams>(query: Query<P, unknown>, params: P): Statement {
  return { query, params };
}

function runOf(row: RunRow): Run {
  return {
    id: row.id,
    org: parseOrgSlug(row.org_slug),
    integrationId: row.integration_id,
    provider: row.provider,
    state: row.state as RunState,
    progress: Number(row.progress ?? 0),
    source: JSON.parse(row.source) as RunSource,
    rowsRead: row.rows_read === null ? null : Number(row.rows_read),
    rowsWritten: row.rows_written === null ? null : Number(row.rows_written),
    error: row.error_code === null ? null : { code: row.error_code as ErrorCode, detail: row.error_detail ?? '' },
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
