import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StagingFolder } from '../landing/index.ts';

/** Input of this size and more, in bytes of text, does not stay in memory. */
const LARGE = 256 * 1024 * 1024;

/** How much larger than its file the text of a packed bill is taken to be. */
const PACKED = 12;

/** A folder for the rows of a large bill, or none for a small one: its rows stay in memory. */
interface Staging {
  folder: StagingFolder | undefined;
  remove(): Promise<void>;
}

/** Rows as text are larger than memory may be long before a bill is unusual. `largeBytes`: from how many bytes of text on. */
export async function openStaging(inputs: readonly string[], largeBytes = LARGE): Promise<Staging> {
  const sizes = await Promise.all(inputs.map((input) => textSize(input).catch(() => 0)));
  if (sizes.reduce((sum, size) => sum + size, 0) < largeBytes)
    return { folder: undefined, remove: async () => undefined };
  const path = await mkdtemp(join(tmpdir(), 'cloudact-'));
  return {
    folder: { path },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

async function textSize(path: string): Promise<number> {
  const { size } = await stat(path);
  return /\.(csv|ndjson|jsonl|json|txt)$/i.test(path) ? size : size * PACKED;
}
