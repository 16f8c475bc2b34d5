import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '../../errors.ts';

/** A warehouse directory that this process has taken; nobody else in the process can take it meanwhile. */
export interface WarehouseDirectory {
  /** Without symbolic links. */
  readonly path: string;
  readonly controlFile: string;
  readonly temporaryDirectory: string;
  datasetFile(dataset: string): string;
  release(): void;
}

/**
 * Takes the directory for this process, and makes it if it is not there. Other processes are kept out by the lock that
 * DuckDB holds on the control file; DuckDB does not see a second opening in one process, and would lose data by it.
 *
 * Throws `conflict` when this process has the directory open already.
 */
export async function takeDirectory(directory: string): Promise<WarehouseDirectory> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = await realpath(directory);
  if (taken.has(path)) {
    throw new CloudActError('conflict', {
      detail: `The warehouse in ${path} is already open in this process. Use the one that is open, or close it first.`,
    });
  }
  taken.add(path);
  return {
    path,
    controlFile: join(path, 'control.duckdb'),
    temporaryDirectory: join(path, 'temporary'),
    datasetFile: (dataset) => join(path, `${dataset}.duckdb`),
    release: () => taken.delete(path),
  };
}

/** Removes what a killed process has left behind. Only for the holder of the lock on the control file. */
export async function clearTemporaryFiles({ temporaryDirectory }: WarehouseDirectory): Promise<void> {
  await mkdir(temporaryDirectory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(temporaryDirectory)) {
    await rm(join(temporaryDirectory, name), { recursive: true, force: true });
  }
}

/** On the global object, because one process can hold this module twice. */
const registry = globalThis as { [TAKEN]?: Set<string> };
const TAKEN = Symbol.for('cloudact.warehouse.directories');
registry[TAKEN] ??= new Set();
const taken = registry[TAKEN];
