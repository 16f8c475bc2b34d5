import { basename, dirname, relative, resolve, sep } from 'node:path';

/** Files that are landed together, each under a name of its own. */
export interface SourceGroup {
  readonly files: readonly string[];
  /** The base name of each file → the name under which its rows say where they are from. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Raw rows name their file without its directory. Exports put files of one name into a folder per month, so files
 * whose names collide go into different groups, and all of them are named from their common directory on.
 */
export function groupSources(files: readonly string[]): SourceGroup[] {
  const groups: string[][] = [];
  for (const file of files) {
    const free = groups.find((group) => group.every((other) => basename(other) !== basename(file)));
    if (free) free.push(file);
    else groups.push([file]);
  }
  const root = groups.length > 1 ? commonDirectory(files) : undefined;
  const nameOf = (file: string): string =>
    root === undefined ? basename(file) : relative(root, resolve(file)).replaceAll(sep, '/');
  return groups.map((group) => ({
    files: group,
    names: new Map(group.map((file) => [basename(file), nameOf(file)])),
  }));
}

/** The names under which the rows of these files say where they are from, in the order of the files. */
export function sourceNames(files: readonly string[]): string[] {
  const groups = groupSources(files);
  return files.map((file) => groups.find((group) => group.files.includes(file))!.names.get(basename(file))!);
}

function commonDirectory(files: readonly string[]): string {
  const directories = files.map((file) => dirname(resolve(file)).split(sep));
  const [first = []] = directories;
  let shared = 0;
  while (shared < first.length && directories.every((parts) => parts[shared] === first[shared])) shared += 1;
  return first.slice(0, shared).join(sep) || sep;
}
