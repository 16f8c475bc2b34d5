import { mkdir } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CloudActError } from '@cloudact/core/errors';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { download, pathBelow } from '../../download.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import { changed } from './failures.ts';
import { readManifest } from './manifest.ts';
import { type AwsS3Settings, exportFolder } from './settings.ts';

/** How often a file is read whose connection breaks off. */
const ATTEMPTS = 3;

/**
 * The billing periods that have a manifest, oldest first. AWS writes it after the data files, so a period without one
 * is not complete yet. Only manifests are listed: files that a manifest does not name are left over from an older delivery.
 */
export async function listDeliveries(bucket: Bucket, settings: AwsS3Settings): Promise<DeliveredPeriod[]> {
  const manifests =
    settings.dataset === 'legacy-cur'
      ? await reportManifests(bucket, settings)
      : await exportManifests(bucket, settings);
  return [...manifests]
    .map(([billingPeriod, { key, etag, bytes, modified }]) => ({
      billingPeriod,
      changeToken: [key, etag, bytes, modified].join(' '),
      deliveredAt: modified,
      parts: [{ name: key, version: etag, bytes }],
    }))
    .sort((left, right) => left.billingPeriod.localeCompare(right.billingPeriod));
}

/** `metadata/BILLING_PERIOD=2026-10/<export>-Manifest.json`: that of the latest refresh, whatever folders lie below. */
async function exportManifests(bucket: Bucket, settings: AwsS3Settings): Promise<Map<string, StoredObject>> {
  const folder = `${exportFolder(settings)}metadata/`;
  const found = new Map<string, StoredObject>();
  for (const object of await bucket.objects(folder)) {
    const [, month, name] =
      /^BILLING_PERIOD=(\d{4}-(?:0[1-9]|1[0-2]))\/([^/]+)$/.exec(object.key.slice(folder.length)) ?? [];
    if (month !== undefined && name === `${settings.exportName}-Manifest.json`) found.set(`${month}-01`, object);
  }
  return found;
}

/** `20261001-20261101/<report>-Manifest.json`: a copy of that of the latest assembly, which has a folder of its own. */
async function reportManifests(bucket: Bucket, settings: AwsS3Settings): Promise<Map<string, StoredObject>> {
  const folder = exportFolder(settings);
  const found = new Map<string, StoredObject>();
  for (const range of await bucket.folders(folder)) {
    const [, year, month] = /^(\d{4})(0[1-9]|1[0-2])01-\d{8}\/$/.exec(range.slice(folder.length)) ?? [];
    if (year === undefined) continue;
    const key = `${range}${settings.exportName}-Manifest.json`;
    const manifest = (await bucket.objects(key)).find((object) => object.key === key);
    if (manifest) found.set(`${year}-${month}-01`, manifest);
  }
  return found;
}

/**
 * Writes the data files that the period's manifest names into `folder`. Every file is pinned by its ETag before the
 * first is read, so that what is written is one delivery. Throws what `Connector.fetch` throws.
 */
export async function fetchDelivery(
  bucket: Bucket,
  settings: AwsS3Settings,
  period: DeliveredPeriod,
  folder: string,
  { signal, onProgress }: ConnectorContext,
): Promise<{ files: readonly string[] }> {
  const objects = await pinnedFiles(bucket, settings, period);
  const all = Math.max(
    1,
    objects.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  let done = 0;
  const files: string[] = [];
  await mkdir(folder, { recursive: true });
  for (const object of objects) {
    const path = pathBelow(folder, object.key.slice(exportFolder(settings).length));
    if (files.includes(path)) throw sameName(object.key);
    const before = done;
    await persistently(
      async () => {
        done = before;
        const body = await bucket.read(object.key, object.etag);
        await download(body, path, {
          bytes: object.bytes,
          name: `s3://${settings.bucket}/${object.key}`,
          onBytes: (bytes) => {
            done += bytes;
            onProgress?.(Math.min(1, done / all));
          },
          ...(signal && { signal }),
        });
      },
      `s3://${settings.bucket}/${object.key}`,
      signal,
    );
    files.push(path);
  }
  onProgress?.(1);
  return { files };
}

async function pinnedFiles(bucket: Bucket, settings: AwsS3Settings, period: DeliveredPeriod): Promise<StoredObject[]> {
  const manifest = period.parts[0]!;
  const { files } = readManifest(
    await text(await bucket.read(manifest.name, manifest.version)),
    manifest.name,
    settings,
  );
  const objects: StoredObject[] = [];
  const missing: string[] = [];
  for (const key of files) {
    const object = await bucket.head(key).catch((error: unknown) => {
      if (!(error instanceof CloudActError) || error.code !== 'source_incomplete') throw error;
      missing.push(key);
    });
    if (!object) continue;
    if (isOverwritten(key) && period.deliveredAt !== null && object.modified > period.deliveredAt) {
      throw changed(`s3://${settings.bucket}/${key}`);
    }
    objects.push(object);
  }
  if (missing.length > 0) {
    throw new CloudActError('source_incomplete', {
      detail: `The manifest ${manifest.name} names ${missing.slice(0, 5).join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} not in the bucket${missing.length > 5 ? ` (${missing.length} files in all)` : ''}. Wait for the next delivery, or export the month again.`,
      faults: missing.map((file) => ({ file, reason: 'is named by the manifest and is not in the bucket' })),
    });
  }
  return objects;
}

/**
 * Exports that overwrite write straight into the folder of the month; others make a folder for each refresh, whose
 * files never change. An overwritten file that is younger than its manifest belongs to a delivery that is not complete.
 */
function isOverwritten(key: string): boolean {
  return /(^|\/)(data\/BILLING_PERIOD=[^/]+|\d{8}-\d{8})\/[^/]+$/.test(key);
}

/** The SDK tries a request again, but not a body that breaks off or arrives damaged. */
async function persistently(work: () => Promise<void>, place: string, signal: AbortSignal | undefined): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!brokeOff(error)) throw error;
      if (attempt < ATTEMPTS) continue;
      throw new CloudActError('source_unavailable', {
        detail: `The connection broke off ${ATTEMPTS} times while ${place} was read. Try again later.`,
        cause: error,
      });
    }
  }
}

function brokeOff(error: unknown): boolean {
  const { code = '', name, message } = error as NodeJS.ErrnoException;
  return (
    /^(ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|ETIMEDOUT|EPIPE)$/.test(code) ||
    name === 'TimeoutError' ||
    /^(aborted$|Checksum mismatch)/.test(message)
  );
}

function sameName(key: string): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `The manifest names two files that are one on disk: ${key} and another. Give the export a plain name.`,
  });
}
