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

function tail(path: readonly string[], length: number): string {
  return path.slice(-length).join('/');
}

function givenTwice(file: string): CloudActError {
  return new CloudActError('usage_invalid', { detail: `${file} is given twice. Give each file of the bill once.` });
}
