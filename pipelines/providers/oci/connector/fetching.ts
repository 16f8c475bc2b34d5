import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import { download, pathBelow } from '../../download.ts';
import { objectStorage, ociError, reportBucket } from './client.ts';
import type { OciSettings } from './settings.ts';

/** Downloads every report of a period, each as it was when it was listed. They hold rows of other months too. */
export async function fetchPeriod(
  settings: OciSettings,
  { parts }: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal, onProgress } = context;
  const client = await objectStorage(settings, context);
  const all = Math.max(
    parts.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    1,
  );
  let done = 0;
  const files: string[] = [];
  for (const { name, version, bytes } of parts) {
    signal?.throwIfAborted();
    const path = pathBelow(folder, name);
    try {
      const object = await client.getObject({ ...reportBucket(settings), objectName: name, ifMatch: version });
      // Read from only when it is written: a stream that breaks before that would have nobody to tell.
      await download(Readable.from(object.value as ReadableStream<Uint8Array>, { objectMode: false }), path, {
        name,
        // An encoded body is decoded on its way, and then has another length.
        bytes: object.contentEncoding ? undefined : (bytes ?? undefined),
        onBytes(count) {
          done += count;
          onProgress?.(Math.min(done / all, 1));
        },
        ...(signal && { signal }),
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw ociError(error, `${name} was read`);
    }
    files.push(path);
  }
  return { files };
}
