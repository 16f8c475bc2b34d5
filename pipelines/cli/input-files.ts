import { glob, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';

/** What lies beside the data in an export's folder. */
const NO_BILL = /^[._]|\.(json|ya?ml|sql|md|sha256|tmp)$/i;

/**
 * The files that arguments name: a file is itself, a folder is the files below it, anything else is a pattern. In a
 * folder, hidden files, manifests (`.json`) and the like are left out. Sorted, each file once.
 * Throws `file_not_found` when an argument names nothing.
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
  const entry = await stat(arg).catch(() => undefined);
  if (entry?.isDirectory()) return below(arg);
  if (entry) return [arg];
  const files: string[] = [];
  for await (const match of glob(arg)) {
    if ((await stat(match)).isFile()) files.push(match);
  }
  return files.sort();
}

async function below(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !NO_BILL.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
