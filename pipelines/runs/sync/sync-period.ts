import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import type { Connector, ConnectorContext, DeliveredPeriod } from '../../providers/connector.ts';
import { emptyPeriod } from '../empty-period.ts';
import { keepRun } from '../keep-run.ts';
import { loadAttribution } from '../load-attribution.ts';
import { type LoadedBill, loadBill } from '../load-bill.ts';
import { splitAgain } from '../split-again.ts';
import { fetchingFirst } from '../stages.ts';
import { TAKEN_BACK } from './changes.ts';
import type { SyncProgress } from './sync-connection.ts';

export interface PeriodOptions<Settings> {
  warehouse: Warehouse;
  org: OrgSlug;
  integrationId: string;
  connector: Connector<Settings>;
  settings: Settings;
  /** The connection's own folder. */
  folder: string;
  context: ConnectorContext;
  runId: string;
  /** ISO 8601, UTC. */
  extractedAt: string;
  onProgress?: (progress: SyncProgress) => void;
}

/** Fetches one billing period and loads it in place of what it held, as a run. Its files are gone afterwards. */
export async function loadDelivered<Settings>(
  period: DeliveredPeriod,
  options: PeriodOptions<Settings>,
): Promise<LoadedBill> {
  const { warehouse, org, integrationId, connector, settings, context, runId, extractedAt } = options;
  const { billingPeriod, changeToken } = period;
  const from = connector.format(settings);
  const folder = join(options.folder, billingPeriod.slice(0, 7));
  const paths = [join(folder, 'file')];
  const run = runOf(
    billingPeriod,
    period.parts.map(({ name }) => name),
    from,
    options,
  );
  return keepRun({ ...run, paths }, async (report) => {
    const { fetched, loading } = fetchingFirst(report);
    try {
      fetched(0);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { files } = await connector
        .fetch(settings, period, folder, { ...context, onProgress: fetched })
        .catch(ofDisk);
      paths.push(...files);
      return await warehouse.forOrg(org).load(async (session) => {
        const load = {
          integrationId,
          files,
          runId,
          extractedAt,
          onlyPeriods: [billingPeriod],
          sourceTokens: { [billingPeriod]: changeToken },
          onProgress: loading,
          ...(context.signal && { signal: context.signal }),
        };
        if (connector.role === 'attribution') {
          const loaded = await loadAttribution(session, load);
          await splitAgain(session, { billingPeriods: [billingPeriod], runId });
          return loaded;
        }
        const { heldFrom } = period;
        return loadBill(session, { ...load, from, ...(heldFrom !== undefined && { heldFrom }) });
      }, context.signal && { signal: context.signal });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Replaces a billing period that the source no longer holds by nothing, as a run. */
export async function emptyTakenBack<Settings>(
  billingPeriod: string,
  options: PeriodOptions<Settings>,
): Promise<LoadedBill> {
  const { warehouse, org, integrationId, connector, settings, context, runId, extractedAt } = options;
  const from = connector.format(settings);
  const sourceTokens = { [billingPeriod]: TAKEN_BACK };
  return keepRun({ ...runOf(billingPeriod, [], from, options), paths: [] }, () =>
    warehouse.forOrg(org).load(async (session) => {
      const empty = { integrationId, runId, extractedAt };
      if (connector.role === 'attribution') {
        await emptyPeriod(session, from, billingPeriod, empty);
        await splitAgain(session, { billingPeriods: [billingPeriod], runId });
      }
      return emptyPeriod(session, from, billingPeriod, { ...empty, sourceTokens });
    }, context.signal && { signal: context.signal }),
  );
}

function runOf<Settings>(
  billingPeriod: string,
  files: readonly string[],
  from: string,
  { warehouse, org, integrationId, connector, context, runId, onProgress }: PeriodOptions<Settings>,
) {
  return {
    warehouse,
    org,
    integrationId,
    runId,
    source: { files, from, connector: connector.id },
    onProgress:
      onProgress &&
      ((progress: Omit<SyncProgress, 'billingPeriod' | 'runId'>) => onProgress({ ...progress, billingPeriod, runId })),
    signal: context.signal,
  };
}

function ofDisk(error: unknown): never {
  if (!/^(ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  throw new CloudActError('storage_full', {
    detail: 'There is no space left for the files that are fetched. Free some, and synchronise again.',
    cause: error,
  });
}
