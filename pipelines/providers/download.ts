import { createWriteStream, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CloudActError } from '@cloudact/core/errors';

export interface DownloadOptions {
  /** Bytes that the source says it has; undefined when it does not say. */
  bytes: number | undefined;
  /** What to call it in an error. */
  name: string;
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal;
}

/**
 * Writes a stream to a file, beside it first and renamed when it is whole: a file that is there is complete.
 * Throws `source_incomplete` when it is shorter or longer than the source says; the signal's reason.
 */
export async function download(body: Readable, path: string, options: DownloadOptions): Promise<void> {
  const { bytes, name, onBytes, signal } = options;
  const temporary = `${path}.part`;
  let written = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length;
      onBytes?.(chunk.length);
      done(null, chunk);
    },
  });
  try {
    // Nothing is awaited before the pipeline listens: a body that fails meanwhile would bring the process down.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(body, count, createWriteStream(temporary, { mode: 0o600 }), { ...(signal && { signal }) });
    if (bytes !== undefined && written !== bytes) {
      throw new CloudActError('source_incomplete', {
        detail: `${name} has ${bytes} bytes, but ${written} arrived. Try again; when it stays so, export the bill again.`,
      });
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A path below `folder` for an object of this name. Names come from outside: none may lead out of the folder. */
export function pathBelow(folder: string, name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const path = resolve(folder, ...parts.map((part) => encodeURIComponent(part)));
  if (parts.length === 0 || parts.includes('..') || !path.startsWith(resolve(folder) + sep)) {
    throw new CloudActError('source_incomplete', {
      detail: `The source names an object "${name.slice(0, 200)}", which is no name of a file. Nothing was fetched.`,
    });
  }
  return path;
}
