import type { Readable } from 'node:stream';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { download, pathBelow } from '../../download.ts';
import { azureError, containerClient } from './client.ts';
import type { AzureBlobSettings } from './settings.ts';

/** Downloads every blob of a period, each dataset into a folder of its own, as it was when it was listed. */
export async function fetchPeriod(
  settings: AzureBlobSettings,
  { parts }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal, onProgress } = context;
  const container = await containerClient(settings, context);
  const all = Math.max(
    parts.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    1,
  );
  let done = 0;
  const files: string[] = [];
  for (const { name, version, bytes, dataset = 'data' } of parts) {
    const path = pathBelow(folder, `${dataset}/${name}`);
    try {
      const { readableStreamBody } = await container.getBlobClient(name).download(0, undefined, {
        conditions: { ifMatch: version },
        ...(signal && { abortSignal: signal }),
      });
      await download(readableStreamBody as Readable, path, {
        name,
        bytes: bytes ?? undefined,
        onBytes(count) {
          done += count;
          onProgress?.(Math.min(done / all, 1));
        },
        ...(signal && { signal }),
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw azureError(error, `reading ${name}`);
    }
    files.push(path);
  }
  return { files };
}
