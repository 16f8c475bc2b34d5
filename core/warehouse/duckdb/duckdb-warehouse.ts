import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { datasetName, type OrgSlug } from '../../org.ts';
import { renderQuery } from '../gateway.ts';
import type { ControlWarehouse, ExportedTable, LoadSession, OrgWarehouse, Warehouse } from '../port.ts';
import { defineQuery, type Query, type QueryParams } from '../query.ts';
import { datasetTables } from '../tables.ts';
import { attachControl, openControl } from './control.ts';
import { Datasets } from './datasets.ts';
import { duckdbDialect } from './dialect.ts';
import { clearTemporaryFiles, takeDirectory, type WarehouseDirectory } from './directory.ts';
import { exportTables } from './export-tables.ts';
import { isInvalidated, translateFailure } from './failures.ts';
import { type DuckDB, openDuckDB } from './instance.ts';
import { dropStaged, openLoadSession } from './load-session.ts';
import { Line, SharedLock } from './locks.ts';
import { statementChecker } from './statement.ts';
import { bindQuery, rowsBound } from './values.ts';

export interface DuckDBWarehouseOptions {
  /** Holds `control.duckdb` and a file `{org_slug}_prod.duckdb` for each organisation. Made if it is not there. */
  directory: string;
  /** Directories with files that loads read. */
  inboxDirectories?: readonly string[];
  /** For all queries and loads together, as DuckDB writes it, for example `2GB`. Default: 80 % of the machine's memory. */
  memoryLimit?: string;
  /** Threads of one query. Default 1: under load, more threads make every query wait for every other. */
  threads?: number;
  /** Queries in flight, beyond which readers wait and organisations take turns. Default 2. */
  reads?: number;
  /** Loads in flight. Default 1. */
  loads?: number;
}

/**
 * Opens the warehouse in a directory. One process owns the directory, and opens it once.
 *
 * Throws `unavailable` when another process has it open, `conflict` when this one has, `dataset_damaged` when the
 * control file cannot be read.
 */
export async function openDuckDBWarehouse(options: DuckDBWarehouseOptions): Promise<Warehouse> {
  const inboxes = await Promise.all((options.inboxDirectories ?? []).map(bothSpellings));
  const directory = await takeDirectory(options.directory);
  let duckdb: DuckDB | undefined;
  try {
    const { memoryLimit, threads = 1, reads, loads } = options;
    duckdb = await openDuckDB({
      path: ':memory:',
      allowedDirectories: [directory.path, ...inboxes.flat()],
      temporaryDirectory: directory.temporaryDirectory,
      threads,
      ...(memoryLimit && { memoryLimit }),
      ...(reads && { reads }),
      maximumWaitingReads: WAITING_READS,
      ...(loads && { loads }),
    });
    await duckdb.maintenance.use((connection) => attachControl(connection, directory.controlFile));
    await clearTemporaryFiles(directory);
    return new DuckDBWarehouse(directory, duckdb);
  } catch (error) {
    await duckdb?.close().catch(() => undefined);
    directory.release();
    throw error;
  }
}

/** For each organisation. A question about cost is three queries, so this is 64 of them. */
const WAITING_READS = 3 * 64;

class DuckDBWarehouse implements Warehouse {
  readonly control: ControlWarehouse;
  readonly #directory: WarehouseDirectory;
  readonly #duckdb: DuckDB;
  readonly #datasets: Datasets;
  readonly #check = statementChecker();
  readonly #organisations = new Map<OrgSlug, Organisation>();
  #closing: Promise<void> | undefined;

  constructor(directory: WarehouseDirectory, duckdb: DuckDB) {
    this.#directory = directory;
    this.#duckdb = duckdb;
    this.#datasets = new Datasets(directory, duckdb.maintenance);
    const control = openControl(duckdb.control, this.#check, directory.controlFile);
    this.control = {
      rows: async (query, params) => {
        this.#assertOpen();
        return control.rows(query, params);
      },
      write: async (statements) => {
        this.#assertOpen();
        return control.write(statements);
      },
    };
  }

  async createDataset(org: OrgSlug): Promise<void> {
    this.#assertOpen();
    await this.#organisation(org).lock.shared(() => this.#datasets.create(org));
  }

  async dropDataset(org: OrgSlug): Promise<void> {
    this.#assertOpen();
    const organisation = this.#organisation(org);
    await organisation.lock.exclusive(async () => {
      await this.#datasets.drop(org);
      organisation.dataVersion = undefined;
    });
  }

  async hasDataset(org: OrgSlug): Promise<boolean> {
    this.#assertOpen();
    return this.#datasets.has(org);
  }

  forOrg(org: OrgSlug): OrgWarehouse {
    return {
      org,
      rows: (query, params, options) => this.#rows(org, query, params, options?.signal),
      load: (work, options) => this.#load(org, work, options?.signal),
      dataVersion: () => this.#dataVersion(org),
      exportTables: (folder, options) => this.#exportTables(org, folder, options?.signal),
    };
  }

  async ping(): Promise<void> {
    this.#assertOpen();
    try {
      await this.#duckdb.control.use((connection) => connection.run('SELECT count(*) FROM control.main._migrations'));
    } catch (error) {
      throw new CloudActError('unavailable', {
        detail: 'The warehouse does not answer. Restart the process.',
        cause: error,
      });
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#duckdb
      .close(async () => {
        await this.#datasets.detachAll();
        await this.#duckdb.maintenance.use((connection) => connection.run('DETACH control'));
      })
      .finally(() => this.#directory.release());
    return this.#closing;
  }

  async #dataVersion(org: OrgSlug): Promise<number> {
    const organisation = this.#organisation(org);
    return organisation.lock.shared(async () => {
      if (organisation.dataVersion !== undefined) return organisation.dataVersion;
      organisation.readingVersion ??= this.#rows(org, versionQuery, {}).finally(() => {
        organisation.readingVersion = undefined;
      });
      const [row] = await organisation.readingVersion;
      // A load that was committed meanwhile knows better.
      organisation.dataVersion ??= Number(row!.version);
      return organisation.dataVersion;
    });
  }

  async #rows<P extends QueryParams, Row>(
    org: OrgSlug,
    query: Query<P, Row>,
    params: P,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const rendered = renderQuery(query, params, duckdbDialect, { kind: 'dataset', org });
    return this.#read(
      org,
      async (connection) => {
        await this.#datasets.use(connection, org);
        await this.#check(connection, rendered, 'dataset');
        return rowsBound<Row>(connection, rendered.sql, bindQuery(rendered));
      },
      signal,
    );
  }

  async #exportTables(org: OrgSlug, folder: string, signal?: AbortSignal): Promise<readonly ExportedTable[]> {
    const { temporaryDirectory } = this.#directory;
    return this.#read(
      org,
      async (connection) => {
        await this.#datasets.use(connection, org);
        return exportTables(connection, datasetName(org), { folder, temporaryDirectory });
      },
      signal,
    );
  }

  async #read<T>(org: OrgSlug, work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#assertOpen();
    try {
      return await this.#organisation(org).lock.shared(() => this.#duckdb.reads.use(work, { signal, party: org }));
    } catch (error) {
      throw this.#datasetFailure(org, error);
    }
  }

  async #load<T>(org: OrgSlug, work: (session: LoadSession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#assertOpen();
    const organisation = this.#organisation(org);
    let end: (() => Promise<void>) | undefined;
    const onConnection = async (connection: DuckDBConnection) => {
      await this.#datasets.use(connection, org);
      await dropStaged(connection);
      const onCommit = (dataVersion: number) => {
        organisation.dataVersion = dataVersion;
      };
      const opened = openLoadSession(connection, org, onCommit, signal, { file: this.#datasets.file(org) });
      end = opened.end;
      return work(opened.session);
    };
    try {
      return await organisation.loads.inTurn(
        () =>
          organisation.lock.shared(() =>
            this.#duckdb.loads.use(onConnection, { signal, cleanUp: async () => end?.() }),
          ),
        signal,
      );
    } catch (error) {
      throw this.#datasetFailure(org, error);
    }
  }

  #datasetFailure(org: OrgSlug, error: unknown): unknown {
    if (isInvalidated(error)) this.#datasets.forget(org);
    return translateFailure(error, { file: this.#datasets.file(org) });
  }

  #organisation(org: OrgSlug): Organisation {
    let organisation = this.#organisations.get(org);
    if (!organisation) {
      organisation = { lock: new SharedLock(), loads: new Line(), dataVersion: undefined, readingVersion: undefined };
      this.#organisations.set(org, organisation);
    }
    return organisation;
  }

  #assertOpen(): void {
    if (this.#closing) {
      throw new CloudActError('unavailable', {
        detail: 'The warehouse is closed. Open it again, or restart the process.',
      });
    }
  }
}

interface Organisation {
  /** Queries and loads share it; dropping the dataset takes it alone. */
  readonly lock: SharedLock;
  readonly loads: Line;
  /** As of the last commit; this process is the only one that commits. */
  dataVersion: number | undefined;
  /** Shared by all who ask before it is known. */
  readingVersion: Promise<{ version: string }[]> | undefined;
}

const versionQuery = defineQuery<Record<string, never>, { version: string }>({
  name: 'data_version',
  params: {},
  sql: (dialect) =>
    `SELECT DataVersion AS version FROM ${datasetTables.version} WHERE org_slug = ${dialect.param('org_slug')}`,
});

/** DuckDB compares paths as they are written, so both the given and the real one are allowed. */
async function bothSpellings(directory: string): Promise<string[]> {
  const given = resolve(directory);
  await mkdir(given, { recursive: true });
  return [given, await realpath(given)];
}
