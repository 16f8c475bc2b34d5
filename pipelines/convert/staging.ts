import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Input of this size and more, in bytes of text, does not stay in memory. */
const LARGE = 256 * 1024 * 1024;

/** How much larger than its file the text of a packed bill is taken to be. */
const PACKED = 12;

/** A directory for the raw rows of a large bill, or none for a small one: its rows stay in memory. */
export interface Staging {
  /** The database file to attach; undefined for a small bill. */
  file: string | undefined;
  remove(): Promise<void>;
}

/**
 * Rows as text are larger than memory may be long before a bill is unusual. In a database file of their own they are
 * packed while they are written, column by column, to a tenth of their size; in memory they would not be.
 */
export async function openStaging(inputs: readonly string[]): Promise<Staging> {
  const sizes = await Promise.all(inputs.map((input) => textSize(input).catch(() => 0)));
  if (sizes.reduce((sum, size) => sum + size, 0) < LARGE) return { file: undefined, remove: async () => undefined };
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-'));
  return { file: join(directory, 'staging.db'), remove: () => rm(directory, { recursive: true, force: true }) };
}

async function textSize(path: string): Promise<number> {
  const { size } = await stat(path);
  return /\.(csv|ndjson|jsonl|json|txt)$/i.test(path) ? size : size * PACKED;
}
