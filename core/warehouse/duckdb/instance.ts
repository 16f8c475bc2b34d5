import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { translateFailure } from './failures.ts';
import { ConnectionPool } from './pool.ts';
import { pathPattern, quoteText } from './values.ts';

export interface DuckDBOptions {
  /** `:memory:` or a database file. */
  path: string;
  /** The only directories whose files SQL can read, write or attach. */
  allowedDirectories: readonly string[];
  /** Where DuckDB spills what does not fit into memory. */
  temporaryDirectory: string;
  /** As DuckDB writes it, for example `2GB`. Default: 80 % of the machine's memory. */
  memoryLimit?: string;
  /** Threads of one query. Default: all cores. */
  threads?: number;
  /**
   * Joins read their left side as a stream and keep their right one, as they are written. DuckDB else keeps the side that
   * it takes for the smaller, and errs where it knows no sizes.
   */
  joinsAsWritten?: boolean;
  /** Queries in flight, beyond which readers wait. Default 2. */
  reads?: number;
  /** Queries of one party that wait, beyond which more are refused. Default: no limit. */
  maximumWaitingReads?: number;
  /** Loads in flight. Default 1. */
  loads?: number;
  /** Connections for what must not wait behind reads and loads. Default 1. */
  control?: number;
}

export interface DuckDB {
  readonly reads: ConnectionPool;
  readonly loads: ConnectionPool;
  readonly control: ConnectionPool;
  /** One connection that never leaves the main database, for attaching and detaching files. */
  readonly maintenance: ConnectionPool;
  /** Ends what runs; then `last` has the instance to itself before it closes. */
  close(last?: () => Promise<void>): Promise<void>;
}

/**
 * The one place that opens DuckDB. The instance can touch no file outside `allowedDirectories`, fetches no
 * extension, runs in UTC, and none of this can be changed by SQL afterwards.
 *
 * Throws `unavailable` when another process holds the file, `dataset_damaged` when it is not a database.
 */
export async function openDuckDB(options: DuckDBOptions): Promise<DuckDB> {
  const { reads: readers = 2, loads: loaders = 1, control: controllers = 1 } = options;
  const instance = await createInstance(options);
  const opened: DuckDBConnection[] = [];
  try {
    for (let count = readers + loaders + controllers + 1; count > 0; count--) {
      const connection = await instance.connect();
      opened.push(connection);
      for (const setting of CONNECTION_SETTINGS) await connection.run(setting);
    }
    for (const setting of instanceSettings(options)) await opened[0]!.run(setting);
  } catch (error) {
    for (const connection of opened) connection.disconnectSync();
    instance.closeSync();
    throw error;
  }
  const maintenance = new ConnectionPool(opened.splice(0, 1));
  const loads = new ConnectionPool(opened.splice(0, loaders));
  const control = new ConnectionPool(opened.splice(0, controllers));
  const reads = new ConnectionPool(opened, options.maximumWaitingReads);
  return {
    reads,
    loads,
    control,
    maintenance,
    async close(last) {
      try {
        await Promise.all([reads.close(), loads.close(), control.close()]);
        await last?.();
        await maintenance.close();
      } finally {
        instance.closeSync();
      }
    },
  };
}

async function createInstance({ path, temporaryDirectory, memoryLimit, threads }: DuckDBOptions) {
  try {
    return await DuckDBInstance.create(path, {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      preserve_insertion_order: 'true',
      temp_directory: temporaryDirectory,
      ...(memoryLimit && { memory_limit: memoryLimit }),
      ...(threads && { threads: String(threads) }),
    });
  } catch (error) {
    throw translateFailure(error, path === ':memory:' ? {} : { file: path });
  }
}

/** DuckDB keeps these for each connection, and takes them only before the configuration is locked. */
const CONNECTION_SETTINGS = [
  'SET enable_progress_bar = true',
  'SET enable_progress_bar_print = false',
  'SET progress_bar_time = 0',
];

function instanceSettings({ allowedDirectories, joinsAsWritten }: DuckDBOptions): string[] {
  // DuckDB compares a pattern with these before it looks for files, and then what it found.
  const directories = new Set(allowedDirectories.flatMap((directory) => [directory, pathPattern(directory)]));
  return [
    "SET GLOBAL TimeZone = 'UTC'",
    ...(joinsAsWritten ? ["SET GLOBAL disabled_optimizers = 'build_side_probe_side'"] : []),
    `SET allowed_directories = [${[...directories].map(quoteText).join(', ')}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
}
