import { type Dialect, defineQuery } from '@cloudact/core/warehouse';

/** A row of `runs` as text. */
export interface RunRow {
  id: string;
  org_slug: string;
  integration_id: string;
  provider: string;
  state: string;
  progress: number | null;
  source: string;
  rows_read: string | null;
  rows_written: string | null;
  error_code: string | null;
  error_detail: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export const insertRun = defineQuery<
  { id: string; org: string; integration: string; provider: string; source: string; at: string },
  never
>({
  name: 'insert_run',
  params: { id: 'string', org: 'string', integration: 'string', provider: 'string', source: 'string', at: 'timestamp' },
  sql: (_dialect, p) => `
INSERT INTO runs (id, org_slug, integration_id, provider, state, progress, source, created_at)
VALUES (${p.id}, ${p.org}, ${p.integration}, ${p.provider}, 'queued', 0, ${p.source}, ${p.at})`,
});

export const startRun = defineQuery<{ id: string; org: string; at: string }, never>({
  name: 'start_run',
  params: { id: 'string', org: 'string', at: 'timestamp' },
  sql: (_dialect, p) => `
UPDATE runs SET state = 'running', progress = 0, started_at = ${p.at}
WHERE id = ${p.id} AND org_slug = ${p.org} AND state = 'queued'`,
});

/** `thousandths`, because a share is the only number here that has decimals. */
export const noteProgress = defineQuery<
  { id: string; org: string; thousandths: number; provider: string | null; rows_read: number | null },
  never
>({
  name: 'note_run_progress',
  params: { id: 'string', org: 'string', thousandths: 'integer', provider: 'string', rows_read: 'integer' },
  sql: (_dialect, p) => `
UPDATE runs SET progress = ${p.thousandths} / 1000, provider = COALESCE(${p.provider}, provider),
  rows_read = COALESCE(${p.rows_read}, rows_read)
WHERE id = ${p.id} AND org_slug = ${p.org} AND state = 'running'`,
});

export const succeedRun = defineQuery<
  { id: string; org: string; rows_read: number; rows_written: number; at: string },
  never
>({
  name: 'succeed_run',
  params: { id: 'string', org: 'string', rows_read: 'integer', rows_written: 'integer', at: 'timestamp' },
  sql: (_dialect, p) => `
UPDATE runs SET state = 'succeeded', progress = 1, rows_read = ${p.rows_read}, rows_written = ${p.rows_written}, finished_at = ${p.at}
WHERE id = ${p.id} AND org_slug = ${p.org} AND state = 'running'`,
});

export const failRun = defineQuery<{ id: string; org: string; code: string; detail: string; at: string }, never>({
  name: 'fail_run',
  params: { id: 'string', org: 'string', code: 'string', detail: 'string', at: 'timestamp' },
  sql: (_dialect, p) => `
UPDATE runs SET state = 'failed', error_code = ${p.code}, error_detail = ${p.detail}, finished_at = ${p.at}
WHERE id = ${p.id} AND org_slug = ${p.org} AND state IN ('queued', 'running')`,
});

export const requeueRun = defineQuery<{ id: string; org: string }, never>({
  name: 'requeue_run',
  params: { id: 'string', org: 'string' },
  sql: (_dialect, p) => `
UPDATE runs SET state = 'queued', progress = 0, rows_read = NULL, started_at = NULL
WHERE id = ${p.id} AND org_slug = ${p.org} AND state = 'running'`,
});

/** Of all organisations: only the process that owns the warehouse asks this, when it starts. */
export const requeueInterruptedRuns = defineQuery<Record<string, never>, never>({
  name: 'requeue_interrupted_runs',
  params: {},
  sql: () => `
UPDATE runs SET state = 'queued', progress = 0, rows_read = NULL, started_at = NULL WHERE state = 'running'`,
});

export const selectQueuedRuns = defineQuery<Record<string, never>, RunRow>({
  name: 'select_queued_runs',
  params: {},
  sql: (dialect) => `SELECT ${columns(dialect)} FROM runs WHERE state = 'queued' ORDER BY runs.created_at, id`,
});

export const selectRun = defineQuery<{ id: string; org: string }, RunRow>({
  name: 'select_run',
  params: { id: 'string', org: 'string' },
  sql: (dialect, p) => `SELECT ${columns(dialect)} FROM runs WHERE id = ${p.id} AND org_slug = ${p.org}`,
});

export const selectRuns = defineQuery<{ org: string; limit: number }, RunRow>({
  name: 'select_runs',
  params: { org: 'string', limit: 'integer' },
  sql: (dialect, p) => `
SELECT ${columns(dialect)} FROM runs WHERE org_slug = ${p.org} ORDER BY runs.created_at DESC, id DESC LIMIT ${p.limit}`,
});

function columns(dialect: Dialect): string {
  const times = ['created_at', 'started_at', 'finished_at'].map((name) => `${dialect.timestampText(name)} AS ${name}`);
  return `id, org_slug, integration_id, provider, state, progress, source, rows_read, rows_written, error_code, error_detail, ${times.join(', ')}`;
}
