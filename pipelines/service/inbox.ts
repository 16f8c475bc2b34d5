import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';

/**
 * A name inside an inbox: folders and a file, divided by `/`, of letters, digits and `._+=-`. None begins with a dot,
 * so there is no way up and nothing hidden. `=` is in the folder names of data exports (`BILLING_PERIOD=2026-11`).
 */
export const inboxNamePattern = '^[A-Za-z0-9_][A-Za-z0-9._+=-]*(/[A-Za-z0-9_][A-Za-z0-9._+=-]*)*$';

/**
 * The paths of files in an inbox. Links are followed, and what they lead to has to be in the inbox as well.
 * Throws `request_invalid` for a name that is none, `file_not_found` for a file that is not there.
 */
export async function resolveInboxFiles(inbox: string, names: readonly string[]): Promise<string[]> {
  const root = await unlessMissing(realpath(inbox));
  const paths = await Promise.all(names.map((name) => resolveFile(root, name)));
  const missing = names.filter((_, index) => paths[index] === undefined);
  if (missing.length > 0) {
    throw new CloudActError('file_not_found', {
      detail: `The inbox has no file ${missing.slice(0, 5).join(', ')}. Deliver the files first, and check their names.`,
      faults: missing.map((name) => ({ column: `files/${names.indexOf(name)}`, reason: 'is not in the inbox' })),
    });
  }
  return paths as string[];
}

async function resolveFile(root: string | undefined, name: string): Promise<string | undefined> {
  if (name.length > 500 || !new RegExp(inboxNamePattern).test(name)) {
    throw new CloudActError('request_invalid', {
      detail: `"${name.slice(0, 100)}" cannot name a file of the inbox. Use its path inside the inbox, such as 2026-11/bill-00001.csv.gz.`,
    });
  }
  if (root === undefined) return undefined;
  const path = await unlessMissing(realpath(join(root, name)));
  if (path === undefined || !path.startsWith(root + sep)) return undefined;
  return (await unlessMissing(stat(path)))?.isFile() ? path : undefined;
}

/** Undefined when there is no such file. Every other error says nothing about what is there, and is thrown. */
async function unlessMissing<T>(looked: Promise<T>): Promise<T | undefined> {
  try {
    return await looked;
  } catch (error) {
    if (MISSING.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

/** A name that is longer than names can be is on no disk. */
const MISSING: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);
