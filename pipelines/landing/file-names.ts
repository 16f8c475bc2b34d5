import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';

/**
 * The name under which the rows of each file say where they are from, in the order of the files: the base name, or,
 * where files of one bill share it, the shortest end of the path that no other file of the bill has. Exports put
 * files of one name into a folder per month: `20261001-20261101/report-00001.csv.gz`. Parts are joined by `/`; a name
 * never starts with one. Throws `usage_invalid` when a file is given twice: its charges would count twice.
 */
export function sourceFileNames(files: readonly string[]): string[] {
  const paths = files.map((file) => resolve(file).split(sep).filter(Boolean));
  const names: string[] = files.map(() => '');
  let unnamed = paths.map((_, index) => index);
  for (let length = 1; unnamed.length > 0; length++) {
    const owners = Map.groupBy(
      paths.map((_, index) => index),
      (index) => tail(paths[index]!, length),
    );
    for (const index of unnamed) names[index] = tail(paths[index]!, length);
    unnamed = unnamed.filter((index) => owners.get(names[index]!)!.length > 1);
    const twice = unnamed.find((index) => paths[index]!.length < length);
    if (twice !== undefined) throw givenTwice(files[twice]!);
  }
  return names;
}

/**
 * Refuses files of which two are one file, also when a link leads to it: its charges would count twice. A file that
 * does not exist is passed over. Throws `usage_invalid`.
 */
export async function refuseRepeated(files: readonly string[]): Promise<void> {
  const owners = new Map<string, string>();
  for (const file of files) {
    const real = await realpath(file).catch(() => resolve(file));
    const other = owners.get(real);
    if (other === file) throw givenTwice(file);
    if (other !== undefined) {
      throw new CloudActError('usage_invalid', {
        detail: `${other} and ${file} are the same file. Give each file of the bill once.`,
      });
    }
    owners.set(real, file);
  }
}

function tail(path: readonly string[], length: number): string {
  return path.slice(-length).join('/');
}

function givenTwice(file: string): CloudActError {
  return new CloudActError('usage_invalid', { detail: `${file} is given twice. Give each file of the bill once.` });
}
