import { randomUUID } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import type { Connector, ConnectorContext } from '../../providers/connector.ts';
import type { LoadProgress } from '../stages.ts';
import { type PeriodChange, periodChanges } from './changes.ts';
import { loadedPeriods } from './loaded-periods.ts';
import { emptyTakenBack, loadDelivered } from './sync-period.ts';
import { withWorkFolder } from './work-folder.ts';

export interface SyncOptions<Settings> {
  warehouse: Warehouse;
  org: OrgSlug;
  /** The connection whose billing periods are replaced. No other integration's rows are touched. */
  integrationId: string;
  connector: Connector<Settings>;
  /** What `connector.parse` returned. */
  settings: Settings;
  /**
   * A folder that the warehouse may read files from (one of its inbox directories, or below). Each connection gets a
   * hidden folder of its own in it, which is there only during the synchronisation.
   */
  workFolder: string;
  /** What happens with a billing period, as it happens. */
  onProgress?: (progress: SyncProgress) => void;
  /** Stops the synchronisation; the period that is under way stays as it was. */
  signal?: AbortSignal;
  /** Servers that the settings name may lie in a private network; only on a machine of one's own. Default false. */
  privateNetwork?: boolean;
  /** Another address of the provider's API, for protocol servers in tests. */
  endpoint?: string;
  /** Default: the time of the system. */
  now?: () => Date;
}

export interface SyncProgress extends LoadProgress {
  /** `YYYY-MM-01`. */
  billingPeriod: string;
  runId: string;
}

/** What a synchronisation has done with one billing period, `YYYY-MM-01`. */
export type SyncedPeriod =
  /** It was delivered anew: what the source holds is in place, whole and once. */
  | { billingPeriod: string; outcome: 'loaded'; runId: string; rows: number }
  /** The source has taken it back: it holds nothing any more. */
  | { billingPeriod: string; outcome: 'emptied'; runId: string }
  /** Nothing was fetched. `kept`: the source no longer holds it, because of its age. */
  | { billingPeriod: string; outcome: 'unchanged' | 'being written' | 'kept' }
  /** It stays as it was before; the run says why. */
  | { billingPeriod: string; outcome: 'failed'; runId: string; error: CloudActError };

/** How often the source is listed when it changes while it is read. */
const ATTEMPTS = 3;

/**
 * Brings an organisation's dataset to what the source of one connection holds: lists it, and replaces every billing
 * period whose change token is not the one that is loaded, each whole, in a transaction of its own that keeps the token.
 * Doing it again changes nothing and fetches nothing; killed at any point and done again, the result is the same.
 * Returns the periods, oldest first. A period that cannot be loaded is `failed` and does not hold up the others.
 *
 * Throws `source_denied`, `source_unavailable`, `source_incomplete` (also when nothing is listed) and `settings_invalid`
 * of the listing; `conflict` when this connection is being synchronised already; `dataset_not_found`, `storage_full` and
 * what else concerns more than one period; the signal's reason.
 */
export async function syncConnection<Settings>(options: SyncOptions<Settings>): Promise<SyncedPeriod[]> {
  const { warehouse, org, integrationId, connector, settings, signal, endpoint, privateNetwork = false } = options;
  const now = options.now ?? (() => new Date());
  const context: ConnectorContext = {
    privateNetwork,
    ...(signal && { signal }),
    ...(endpoint !== undefined && { endpoint }),
  };
  const { retainedMonths } = connector;

  return withWorkFolder(options, async (folder) => {
    const done = new Map<string, SyncedPeriod>();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      signal?.throwIfAborted();
      // Before the listing, so that what is loaded never says that it is newer than it is.
      const listedAt = now();
      const delivered = await connector.list(settings, context);
      const loaded = await loadedPeriods(warehouse.forOrg(org), integrationId);
      let changedMeanwhile = false;
      for (const change of periodChanges(delivered, loaded, { now: listedAt, retainedMonths })) {
        const before = done.get(change.billingPeriod);
        if (before && !isChanged(before)) continue;
        const synced = await synchronise(change, { ...options, folder, context, extractedAt: listedAt.toISOString() });
        done.set(change.billingPeriod, synced);
        changedMeanwhile ||= isChanged(synced);
      }
      if (!changedMeanwhile) break;
    }
    return [...done.values()].sort((left, right) => left.billingPeriod.localeCompare(right.billingPeriod));
  });
}

async function synchronise<Settings>(
  change: PeriodChange,
  options: SyncOptions<Settings> & { folder: string; context: ConnectorContext; extractedAt: string },
): Promise<SyncedPeriod> {
  const { billingPeriod } = change;
  if (change.kind !== 'changed' && change.kind !== 'gone') return { billingPeriod, outcome: change.kind };
  const runId = `run_${randomUUID()}`;
  try {
    if (change.kind === 'gone') {
      await emptyTakenBack(billingPeriod, { ...options, runId });
      return { billingPeriod, outcome: 'emptied', runId };
    }
    const { rowsWritten } = await loadDelivered(change.period, { ...options, runId });
    return { billingPeriod, outcome: 'loaded', runId, rows: rowsWritten };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof CloudActError && OF_ONE_PERIOD.has(error.code)) {
      return { billingPeriod, outcome: 'failed', runId, error };
    }
    throw error;
  }
}

function isChanged(synced: SyncedPeriod): boolean {
  return synced.outcome === 'failed' && synced.error.code === 'source_changed';
}

/** What is wrong with one delivery. Anything else would be wrong with the next one too. */
const OF_ONE_PERIOD: ReadonlySet<string> = new Set([
  'file_not_found',
  'file_unreadable',
  'file_format_unknown',
  'rows_unreadable',
  'totals_differ',
  'load_refused',
  'load_stale',
  'source_incomplete',
  'source_changed',
  'usage_invalid',
]);
