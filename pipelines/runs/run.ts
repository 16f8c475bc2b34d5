import type { ErrorCode } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';

/**
 * `queued` waits for its turn, also again after a stop; `running` has a process; `succeeded` and `failed` are the end.
 */
export type RunState = 'queued' | 'running' | 'succeeded' | 'failed';

/** What a run reads. */
export interface RunSource {
  /** File names; with the folders that tell files of one name apart, never with the whole path. */
  files: readonly string[];
  /** Id of the bill format, or `auto`: found out from the files. */
  from: string;
  /** Id of the connector that fetches the files; without it they lie in the inbox. */
  connector?: string;
}

/** One row of the control dataset's table `runs`: a bill that is on its way into an organisation's dataset. */
export interface Run {
  id: string;
  org: OrgSlug;
  integrationId: string;
  /** Id of the bill format; `auto` until the files were looked at. */
  provider: string;
  state: RunState;
  /** Share of the work that is done, 0 to 1. */
  progress: number;
  source: RunSource;
  /** Rows of the files. Null until they are read. */
  rowsRead: number | null;
  /** Rows in the cost table. Null until they are there. */
  rowsWritten: number | null;
  /** Why it failed: a code of the error catalogue, and what to do. */
  error: { code: ErrorCode; detail: string } | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}
