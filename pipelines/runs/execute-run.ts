import type { OrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import { sourceFileNames } from '../landing/index.ts';
import { keepRun } from './keep-run.ts';
import { type LoadedBill, loadBill } from './load-bill.ts';
import type { LoadProgress } from './stages.ts';

export interface ExecuteRunOptions {
  warehouse: Warehouse;
  org: OrgSlug;
  /** The connection to a provider whose billing periods the files replace. */
  integrationId: string;
  /** Paths of all files of one export, in one format; each billing period in them is whole. */
  files: readonly string[];
  /** Id of a bill format, or `auto` (the default): recognised by the columns of the first file. */
  from?: string;
  /** Of a run that is queued, or of none yet: then the run is created. */
  runId: string;
  /** When the source was read, ISO 8601, UTC; an older reading never replaces a newer one. Default: now. */
  extractedAt?: string;
  onProgress?: (progress: LoadProgress) => void;
  /** Stops the run: nothing is changed, and the run is queued again. */
  signal?: AbortSignal;
}

/**
 * Loads one bill into the organisation's dataset, the same way for a demo and for a customer, and keeps the run's row
 * up to date on the way. Running it again any number of times leaves the same tables.
 *
 * Throws what reading, checking and loading throw (`file_not_found`, `file_unreadable`, `file_format_unknown`,
 * `rows_unreadable`, `totals_differ`, `load_refused`, `load_stale`, `dataset_not_found`, `storage_full`,
 * `usage_invalid`), after noting it in the run; `conflict` when the run is not queued; the signal's reason when it was stopped.
 */
export async function executeRun(options: ExecuteRunOptions): Promise<LoadedBill> {
  const { warehouse, org, integrationId, files, runId, onProgress, signal } = options;
  const from = options.from ?? 'auto';
  const source = { files: sourceFileNames(files), from };
  return keepRun({ warehouse, org, integrationId, runId, source, paths: files, onProgress, signal }, (report) =>
    warehouse.forOrg(org).load(
      (session) =>
        loadBill(session, {
          integrationId,
          files,
          from,
          runId,
          extractedAt: options.extractedAt ?? new Date().toISOString(),
          onProgress: report,
          ...(signal && { signal }),
        }),
      signal && { signal },
    ),
  );
}
