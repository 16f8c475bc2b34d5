import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CellValue } from '../port.ts';
import { translateFailure } from './failures.ts';
import { openDuckDB } from './instance.ts';
import { bindCells, rowsBound, runBound } from './values.ts';

export interface WorkbenchOptions {
  /** Files that SQL reads. The rest of their directories is readable too, nothing else is. */
  inputs: readonly string[];
  /** Files that `COPY … TO` writes. Their directories must exist. */
  outputs: readonly string[];
  /** As DuckDB writes it, for example `2GB`. Default: 80 % of the machine's memory. */
  memoryLimit?: string;
  /** Directory for what does not fit into memory. Default: the system's. */
  temporaryDirectory?: string;
  /** Joins keep their right side and stream their left one, as they are written. Default: DuckDB chooses. */
  joinsAsWritten?: boolean;
}

/** A private in-memory DuckDB for one piece of work on files. Statements run one after the other. */
export interface Workbench {
  /** Runs one statement. Parameters are written `$name`. */
  run(sql: string, params?: Record<string, CellValue>): Promise<void>;
  /** Runs one statement and returns its rows; decimals, big integers, dates and timestamps are text. */
  rows<Row = Record<string, CellValue>>(sql: string, params?: Record<string, CellValue>): Promise<Row[]>;
  /** Share of the running statement that is done, 0 to 1; undefined when none runs or its length is not known. */
  progress(): number | undefined;
  /** Ends the running statement and those that wait: their promises reject with an `AbortError`. */
  interrupt(): void;
  /** Ends what runs, and removes the temporary files. Doing it again changes nothing. */
  close(): Promise<void>;
}

/**
 * Opens a workbench. Its statements throw `storage_full` when no space is left for output or temporary files, and
 * `unavailable` when they need more memory than there is; other faults of SQL come as DuckDB says them.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const temporaryDirectory = await mkdtemp(join(resolve(options.temporaryDirectory ?? tmpdir()), 'cloudact-'));
  const directories = [...options.inputs, ...options.outputs].map((file) => dirname(resolve(file)));
  const removeTemporary = () => rm(temporaryDirectory, { recursive: true, force: true });
  const duckdb = await openDuckDB({
    path: ':memory:',
    allowedDirectories: [...new Set([...directories, temporaryDirectory])],
    temporaryDirectory,
    ...(options.memoryLimit && { memoryLimit: options.memoryLimit }),
    ...(options.joinsAsWritten && { joinsAsWritten: true }),
    reads: 0,
    loads: 1,
    control: 0,
  }).catch(async (error: unknown) => {
    await removeTemporary();
    throw error;
  });

  let current: DuckDBConnection | undefined;
  let interruption = new AbortController();
  let closing: Promise<void> | undefined;

  async function use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    try {
      return await duckdb.loads.use(
        async (connection) => {
          current = connection;
          try {
            return await work(connection);
          } finally {
            current = undefined;
          }
        },
        { signal: interruption.signal },
      );
    } catch (error) {
      throw translateFailure(error, { directory: temporaryDirectory });
    }
  }

  return {
    async run(sql, params) {
      await use((connection) => runBound(connection, sql, params && bindCells(params)));
    },
    rows: <Row>(sql: string, params?: Record<string, CellValue>) =>
      use((connection) => rowsBound<Row>(connection, sql, params && bindCells(params))),
    progress: () => (current ? progressOf(current) : undefined),
    interrupt() {
      interruption.abort(new DOMException('The statement was interrupted.', 'AbortError'));
      interruption = new AbortController();
    },
    close() {
      closing ??= duckdb.close().finally(removeTemporary);
      return closing;
    },
  };
}

/** Share of the connection's running statement that is done, 0 to 1. */
export function progressOf(connection: DuckDBConnection): number | undefined {
  const { percentage } = connection.progress;
  return percentage < 0 ? undefined : Math.min(percentage / 100, 1);
}
