import { createHash } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { CloudActError } from '@cloudact/core/errors';
import type { ConnectorContext, DeliveredPart, DeliveredPeriod } from '../../connector.ts';
import { settingsInvalid } from '../../settings.ts';
import { azureError, containerClient } from './client.ts';
import { type Blob, type ExportRun, isCostExport, periodsOf, readManifest } from './manifests.ts';
import { type AzureBlobSettings, type ExportType, exportTypes, fields } from './settings.ts';
import { runsWithoutManifest } from './unmanifested.ts';

/** A manifest is small; anything larger is none. */
const MANIFEST_LIMIT = 4 * 1024 * 1024;
const MANIFESTS_AT_ONCE = 8;

/** Every billing period that an export has run for; the newest run of each dataset counts, and all datasets are needed. */
export async function listPeriods(settings: AzureBlobSettings, context: ConnectorContext): Promise<DeliveredPeriod[]> {
  const { blobs, runs } = await exportRuns(settings, context);
  const chosen = new Map(exportTypes(settings).map((type) => [type, runsOf(type, runs, settings)]));
  const periods = new Set([...chosen.values()].flatMap((list) => list.flatMap(periodsOf)));
  return [...periods].sort().map((billingPeriod) => {
    const current = [...chosen].map(([type, list]) => ({ type, run: newest(list, billingPeriod) }));
    const isWhole = current.every((dataset): dataset is CurrentRun => dataset.run !== undefined);
    // The other export of the pair has not run for this month yet, or an export is at work.
    if (!isWhole || current.some(({ run }) => isAtWork(run, blobs))) return unfinished(billingPeriod);
    return delivered(billingPeriod, current, blobs);
  });
}

/** What lies in the directory: every blob, and what the exports say about their runs. */
export async function exportRuns(
  settings: AzureBlobSettings,
  context: ConnectorContext,
): Promise<{ blobs: Map<string, Blob>; runs: ExportRun[] }> {
  const container = await containerClient(settings, context);
  const blobs = await listBlobs(container, settings, context);
  const names = [...blobs.keys()].filter((name) => /(^|\/)manifest\.json$/i.test(name));
  const runs: ExportRun[] = [];
  for (let start = 0; start < names.length; start += MANIFESTS_AT_ONCE) {
    const some = names.slice(start, start + MANIFESTS_AT_ONCE);
    runs.push(...(await Promise.all(some.map((name) => downloadManifest(container, blobs.get(name)!, context)))));
  }
  return {
    blobs,
    runs: runs.length > 0 ? runs.filter(isCostExport) : runsWithoutManifest([...blobs.values()], settings),
  };
}

async function listBlobs(
  container: ContainerClient,
  { directory }: AzureBlobSettings,
  { signal }: ConnectorContext,
): Promise<Map<string, Blob>> {
  const blobs = new Map<string, Blob>();
  try {
    const options = { ...(directory && { prefix: `${directory}/` }), ...(signal && { abortSignal: signal }) };
    for await (const { name, properties } of container.listBlobsFlat(options)) {
      const { etag, contentLength = 0, lastModified } = properties;
      blobs.set(name, { name, etag, bytes: contentLength, modifiedAt: lastModified.toISOString() });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw azureError(error, 'listing the blobs of the container');
  }
  return blobs;
}

async function downloadManifest(
  container: ContainerClient,
  { name, etag, bytes }: Blob,
  { signal }: ConnectorContext,
): Promise<ExportRun> {
  if (bytes > MANIFEST_LIMIT) {
    throw new CloudActError('source_incomplete', { detail: `${name} has ${bytes} bytes, which no manifest has.` });
  }
  try {
    const options = { conditions: { ifMatch: etag }, ...(signal && { abortSignal: signal }) };
    return readManifest(
      name,
      (await container.getBlobClient(name).downloadToBuffer(0, bytes, options)).toString('utf8'),
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw azureError(error, `reading ${name}`);
  }
}

/** The runs of the one export that writes a dataset. Throws when there is none, or one of several has to be named. */
function runsOf(
  type: ExportType,
  runs: readonly ExportRun[],
  { exportNames, directory }: AzureBlobSettings,
): ExportRun[] {
  const wanted = exportNames[type];
  const ofType = runs.filter((run) => run.type === type && (wanted === undefined || run.exportName === wanted));
  const names = [...new Set(ofType.map(({ exportName }) => exportName))];
  const place = directory || 'the container';
  if (names.length === 0) {
    throw new CloudActError('source_incomplete', {
      detail: `No ${type} export${wanted ? ` named ${wanted}` : ''} has written to ${place}. Check the directory, or run the export once.`,
    });
  }
  if (names.length > 1) {
    const column = {
      ActualCost: 'actualExportName',
      AmortizedCost: 'amortizedExportName',
      FocusCost: 'focusExportName',
    };
    throw settingsInvalid(fields, [
      { column: column[type], reason: `must be given: ${place} holds several ${type} exports, ${names.join(', ')}` },
    ]);
  }
  return ofType;
}

function newest(runs: readonly ExportRun[], period: string): ExportRun | undefined {
  return runs
    .filter((run) => periodsOf(run).includes(period))
    .reduce<ExportRun | undefined>(
      (best, run) => (best && best.submittedAt >= run.submittedAt ? best : run),
      undefined,
    );
}

interface CurrentRun {
  type: ExportType;
  run: ExportRun;
}

/** An export that overwrites its last run writes the data first and the manifest last. */
function isAtWork({ manifest, blobs }: ExportRun, present: ReadonlyMap<string, Blob>): boolean {
  const written = present.get(manifest)?.modifiedAt;
  return written !== undefined && blobs.some(({ name }) => (present.get(name)?.modifiedAt ?? '') > written);
}

function unfinished(billingPeriod: string): DeliveredPeriod {
  return { billingPeriod, changeToken: '', deliveredAt: null, beingWritten: true, parts: [] };
}

function delivered(
  billingPeriod: string,
  current: readonly CurrentRun[],
  blobs: ReadonlyMap<string, Blob>,
): DeliveredPeriod {
  const parts = current.flatMap(({ type, run }) =>
    run.blobs.map(({ name, bytes, rows }): DeliveredPart => {
      const blob = blobs.get(name);
      if (!blob || (bytes !== null && blob.bytes !== bytes)) {
        const found = blob ? `has ${blob.bytes} bytes instead of ${bytes}` : 'is not there';
        throw new CloudActError('source_incomplete', {
          detail: `${run.manifest} names ${name}, which ${found}. Run the export of ${billingPeriod.slice(0, 7)} again.`,
        });
      }
      return { name, version: blob.etag, bytes: blob.bytes, dataset: type, ...(rows !== null && { rows }) };
    }),
  );
  const state = [current.map(({ run }) => [run.manifest, run.submittedAt]), parts];
  return {
    billingPeriod,
    changeToken: createHash('sha256').update(JSON.stringify(state)).digest('base64url'),
    deliveredAt: current
      .map(({ run }) => run.submittedAt)
      .sort()
      .at(-1)!,
    parts,
  };
}
