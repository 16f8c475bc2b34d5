import type { Stats } from 'node:fs';
import { glob, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';

/** What lies beside the data in an export's folder. */
const NO_BILL = /^[._]|\.(json|ya?ml|sql|md|sha256|tmp)$/i;

/**
 * The files that arguments name: a file is itself, a folder is the files below it, anything else is a pattern. Links are
 * followed. In a folder, hidden files, manifests (`.json`) and the like are left out. Sorted, each file once.
 * Throws `file_not_found` when an argument names nothing, `file_unreadable` when what it names cannot be looked at.
 */
export async function inputFiles(args: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const arg of args) {
    const named = await filesOf(arg);
    if (named.length === 0) {
      throw new CloudActError('file_not_found', {
        detail: `${arg} names no file. Check the path${/[*?[\]{}]/.test(arg) ? ' and the pattern' : ''}.`,
      });
    }
    for (const file of named) found.add(file);
  }
  return [...found];
}

async function filesOf(arg: string): Promise<string[]> {
  const entry = await statOf(arg);
  if (entry?.isDirectory()) return (await below(arg, [])).sort();
  if (entry) return [arg];
  const files: string[] = [];
  for await (const match of glob(arg)) {
    if ((await statOf(match))?.isFile()) files.push(match);
  }
  return files.sort();
}

/** `above`: the real paths of the folders on the way here; a link back to one of them leads to nothing new. */
async function below(folder: string, above: readonly string[]): Promise<string[]> {
  const real = await looking(folder, () => realpath(folder));
  if (above.includes(real)) return [];
  const files: string[] = [];
  for (const entry of await looking(folder, () => readdir(folder, { withFileTypes: true }))) {
    const path = join(folder, entry.name);
    if (NO_BILL.test(entry.name) && !entry.isDirectory()) continue;
    const target = entry.isSymbolicLink() ? await statOf(path) : entry;
    if (target?.isDirectory()) files.push(...(await below(path, [...above, real])));
    else if (target?.isFile()) files.push(path);
  }
  return files;
}

/** What a path leads to; undefined when there is nothing of that name. */
async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (!NO_SUCH_NAME.has((error as NodeJS.ErrnoException).code!)) throw unreadable(path, error);
    const link = await lstat(path).catch(() => undefined);
    if (link) throw unreadable(path, error);
    return undefined;
  }
}

/** A pattern can be longer than any name. */
const NO_SUCH_NAME = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

async function looking<T>(path: string, look: () => Promise<T>): Promise<T> {
  return look().catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

function unreadable(path: string, error: unknown): CloudActError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const why = WHY[code] ?? `the system says ${code || String(error)}. Check the path.`;
  return new CloudActError('file_unreadable', { detail: `${path}: ${why}`, cause: error });
}

const LOST_LINK = 'the link leads to no file. Correct or remove it.';
const NO_PERMISSION = 'permission is missing. Change its permissions, or run as a user who may read it.';
const WHY: Readonly<Record<string, string>> = {
  ENOENT: LOST_LINK,
  ENOTDIR: LOST_LINK,
  ELOOP: 'the link leads back to itself. Correct or remove it.',
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
};
