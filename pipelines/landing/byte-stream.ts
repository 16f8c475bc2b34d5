import { createReadStream, type ReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import { EXPANSION_FREE, EXPANSION_LIMIT } from './limits.ts';

const CHUNK = 1024 * 1024;

interface ByteStreamOptions {
  signal?: AbortSignal | undefined;
  /** Told how many bytes of the file, as it lies on the disk, are read. */
  onRead?: ((bytes: number) => void) | undefined;
}

/**
 * The bytes of a file, unpacked. The file is opened when the first are asked for: a stream that is never read would
 * have nobody who hears of its failure. Throws `file_unreadable` when a gzip holds more than `EXPANSION_LIMIT` allows.
 */
export async function* byteStream(
  path: string,
  gzipped: boolean,
  { signal, onRead }: ByteStreamOptions = {},
): AsyncGenerator<unknown> {
  const file = createReadStream(path, { highWaterMark: CHUNK, ...(signal && { signal }) });
  for await (const chunk of gzipped ? unpacked(path, file) : file) {
    onRead?.(file.bytesRead);
    yield chunk;
  }
}

function unpacked(path: string, file: ReadStream): AsyncIterable<unknown> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const checked = new Transform({
    highWaterMark: CHUNK,
    transform: expansionCheck(path, gunzip),
  });
  file.on('error', (error) => checked.destroy(error));
  gunzip.on('error', (error) => checked.destroy(error));
  checked.on('close', () => {
    gunzip.destroy();
    file.destroy();
  });
  return file.pipe(gunzip).pipe(checked);
}

/** `bytesWritten` of an unpacker is what it has taken in. */
function expansionCheck(path: string, gunzip: Gunzip): Transform['_transform'] {
  let unpacked = 0;
  return (chunk: Buffer, _encoding, done) => {
    unpacked += chunk.length;
    if (unpacked > EXPANSION_FREE && unpacked > gunzip.bytesWritten * EXPANSION_LIMIT) {
      done(
        new CloudActError('file_unreadable', {
          detail: `${path} unpacks to more than ${EXPANSION_LIMIT} times its size, as no bill does. Unpack it, look at it, and give the unpacked file if it is right.`,
        }),
      );
    } else done(null, chunk);
  };
}
