import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import { noteFailure } from './failure.ts';
import type { LoadedBill } from './load-bill.ts';
import { followProgress } from './progress.ts';
import type { RunSource } from './run.ts';
import { createRunStore, interrupted } from './run-store.ts';
import type { LoadProgress, ReportLoad } from './stages.ts';

export interface KeptRun {
  warehouse: Warehouse;
  org: OrgSlug;
  integrationId: string;
  /** Of a run that is queued, or of none yet: then the run is created with `source`. */
  runId: string;
  source: RunSource;
  /** Paths whose directories a customer does not see in the run's error. */
  paths: readonly string[];
  onProgress: ((progress: LoadProgress) => void) | undefined;
  signal: AbortSignal | undefined;
}

/**
 * Does the work of a run and keeps its row up to date: running, how far, succeeded or failed and why. A stopped run is
 * queued again, or has failed when its files are fetched by a connector.
 *
 * Throws what `work` throws, after noting it; `conflict` when the run is not queued; the signal's reason.
 */
export async function keepRun(run: KeptRun, work: (report: ReportLoad) => Promise<LoadedBill>): Promise<LoadedBill> {
  const { warehouse, org, integrationId, runId, source, signal } = run;
  const store = createRunStore(warehouse.control);
  signal?.throwIfAborted();
  if (!(await store.get(org, runId))) await store.create({ id: runId, org, integrationId, source });
  if (!(await store.update(org, runId, { state: 'running' }))) {
    const taken = await store.get(org, runId);
    throw new CloudActError('conflict', { detail: `Run ${runId} is ${taken?.state} already. Start a new run.` });
  }

  const progress = followProgress(store, org, runId, run.onProgress);
  try {
    const loaded = await work(progress.report);
    await progress.settled();
    const { rowsRead, rowsWritten } = loaded;
    await store.update(org, runId, { state: 'succeeded', rowsRead, rowsWritten });
    return loaded;
  } catch (error) {
    await progress.settled();
    if (!signal?.aborted) await noteFailure(store, org, runId, error, run.paths);
    else if (source.connector !== undefined) await noteFailure(store, org, runId, interrupted(), []);
    else await store.update(org, runId, { state: 'queued' }).catch(() => undefined);
    throw error;
  }
}
