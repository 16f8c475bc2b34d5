import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CloudActError } from '../errors.ts';

/** A wrapping key of the key file: 256 bits, with the number that data keys name it by. */
export interface LocalKey {
  readonly version: number;
  readonly key: Uint8Array;
}

/**
 * The wrapping keys of a key file, newest first; undefined when it is not there.
 * Throws `configuration_invalid` when others can read the file, or it is not a key file.
 */
export async function readKeyFile(path: string): Promise<LocalKey[] | undefined> {
  let text: string;
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new CloudActError('configuration_invalid', {
        detail: `Others on this machine can read the key file ${path}. Close it with: chmod 600 ${path}. If others may have read it, rotate the wrapping key then.`,
      });
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CloudActError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CloudActError('vault_unavailable', {
      detail: `The key file ${path} cannot be read. Check that it is a file, and whose it is.`,
      cause: error,
    });
  }
  const keys = parse(text);
  if (keys !== undefined) return keys;
  throw new CloudActError('configuration_invalid', {
    detail: `${path} is not a key file of the vault. Put back a copy of it from a backup.`,
  });
}

/** Changes the key file, whole or not at all; two processes that change it at once do not undo each other. */
export async function changeKeyFile(
  path: string,
  change: (keys: readonly LocalKey[]) => readonly LocalKey[],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const written = `${path}.new`;
  const file = await openExclusively(written);
  try {
    const keys = change((await readKeyFile(path)) ?? []);
    await file.writeFile(format(keys));
    await file.sync();
    await rename(written, path);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}

export function makeLocalKey(version: number): LocalKey {
  return { version, key: new Uint8Array(randomBytes(KEY_BYTES)) };
}

const KEY_BYTES = 32;
/** Writing takes milliseconds: a file that is older was left behind by a process that was killed. */
const ABANDONED_AFTER_MILLISECONDS = 10_000;

/** Whoever makes the new file is the only one who changes the keys. */
async function openExclusively(path: string) {
  for (;;) {
    try {
      return await open(path, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_AFTER_MILLISECONDS) await rm(path, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** So that a key is on the disk before anything is wrapped with it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function format(keys: readonly LocalKey[]): string {
  const written = newestFirst(keys).map(({ version, key }) => ({ version, key: Buffer.from(key).toString('base64') }));
  return `${JSON.stringify({ format: FORMAT, keys: written }, null, 2)}\n`;
}

const FORMAT = 'cloudact-wrapping-keys:v1';

/** What is wrong in it is not told: the file holds nothing but secrets. */
function parse(text: string): LocalKey[] | undefined {
  let content: { format?: unknown; keys?: unknown };
  try {
    content = JSON.parse(text) ?? {};
  } catch {
    return undefined;
  }
  if (content.format !== FORMAT || !Array.isArray(content.keys) || content.keys.length === 0) return undefined;
  const keys = content.keys.map((entry: { version?: unknown; key?: unknown } | null) => ({
    version: entry?.version as number,
    key: Uint8Array.from(Buffer.from(String(entry?.key), 'base64')),
  }));
  const sound = keys.every(
    ({ version, key }) => Number.isSafeInteger(version) && version > 0 && key.length === KEY_BYTES,
  );
  const distinct = new Set(keys.map(({ version }) => version)).size === keys.length;
  return sound && distinct ? newestFirst(keys) : undefined;
}

function newestFirst(keys: readonly LocalKey[]): LocalKey[] {
  return [...keys].sort((a, b) => b.version - a.version);
}
