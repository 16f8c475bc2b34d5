import { rm, stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { datasetName, type OrgSlug } from '../../org.ts';
import { datasetDdl, datasetTables, datasetUpgrades } from '../tables.ts';
import type { WarehouseDirectory } from './directory.ts';
import { translateFailure } from './failures.ts';
import type { ConnectionPool } from './pool.ts';
import { quoteName, quoteText } from './values.ts';

/**
 * The datasets of a warehouse directory: one file per organisation, attached when it is first asked for.
 * Files are never opened here by other means than DuckDB: closing any handle of a file ends the process's lock on it.
 */
export class Datasets {
  readonly #directory: WarehouseDirectory;
  readonly #maintenance: ConnectionPool;
  readonly #attached = new Map<OrgSlug, Promise<void>>();

  /** `maintenance` has one connection that never uses a dataset: no other could detach a file that has failed. */
  constructor(directory: WarehouseDirectory, maintenance: ConnectionPool) {
    this.#directory = directory;
    this.#maintenance = maintenance;
  }

  file(org: OrgSlug): string {
    return this.#directory.datasetFile(datasetName(org));
  }

  async has(org: OrgSlug): Promise<boolean> {
    return (await sizeOf(this.file(org))) > 0;
  }

  /** Makes the dataset the connection's own. Throws `dataset_not_found`, `dataset_damaged`. */
  async use(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
    await this.#attach(org, async () => {
      if (await this.has(org)) return;
      throw new CloudActError('dataset_not_found', {
        detail: `There is no dataset ${datasetName(org)}. Onboard the organisation first.`,
      });
    });
    await connection.run(`USE ${quoteName(datasetName(org))}`);
  }

  async create(org: OrgSlug): Promise<void> {
    await this.#attach(org, async () => {
      // A process that was killed before DuckDB wrote the first block leaves an empty file.
      if ((await sizeOf(this.file(org))) === 0) await rm(this.file(org));
    });
  }

  /** Nobody may be using the dataset. */
  async drop(org: OrgSlug): Promise<void> {
    await this.#attached.get(org)?.catch(() => undefined);
    this.#attached.delete(org);
    await this.#maintenance.use((connection) => detach(connection, org));
    // The log goes first: on its own, it must never meet a new dataset of the same name.
    await rm(`${this.file(org)}.wal`, { force: true });
    await rm(this.file(org), { force: true });
  }

  /** Attaches the file anew before it is used again. Committed data comes back from the file and its log. */
  forget(org: OrgSlug): void {
    this.#attached.delete(org);
  }

  /** Writes everything into the files and lets go of them. */
  async detachAll(): Promise<void> {
    const attached = [...this.#attached.keys()];
    this.#attached.clear();
    await this.#maintenance.use(async (connection) => {
      for (const org of attached) await detach(connection, org);
    });
  }

  async #attach(org: OrgSlug, prepare: () => Promise<void>): Promise<void> {
    let attached = this.#attached.get(org);
    if (!attached) {
      attached = prepare().then(() => this.#attachFile(org));
      this.#attached.set(org, attached);
      attached.catch(() => this.#attached.delete(org));
    }
    await attached;
  }

  async #attachFile(org: OrgSlug): Promise<void> {
    const file = this.file(org);
    await this.#maintenance.use(async (connection) => {
      try {
        await detach(connection, org);
        await connection.run(`ATTACH ${quoteText(file)} AS ${quoteName(datasetName(org))}`);
        await createTables(connection, org);
      } catch (error) {
        await detach(connection, org);
        throw translateFailure(error, { file });
      }
    });
  }
}

/** What a full disk keeps out of the file stays in its log, and the next attaching reads it from there. */
async function detach(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
  await connection.run(`DETACH DATABASE IF EXISTS ${quoteName(datasetName(org))}`).catch(() => undefined);
}

/** Repeated at every attach: what a killed creation has left out comes to be, and older datasets get what is new. */
async function createTables(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
  const dataset = quoteName(datasetName(org));
  const qualify = (table: string) => `${dataset}.main.${quoteName(table)}`;
  await inTransaction(connection, async () => {
    for (const statement of datasetDdl('duckdb', qualify)) await connection.run(statement);
    for (const statement of datasetUpgrades('duckdb', qualify)) await connection.run(statement);
    const version = qualify(datasetTables.version);
    await connection.run(
      `INSERT INTO ${version} SELECT ${quoteText(org)}, 0 WHERE NOT EXISTS (SELECT 1 FROM ${version})`,
    );
  });
}

/** All of `work`, or nothing of it. */
export async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN TRANSACTION');
  try {
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    // After a failed commit there is nothing to roll back, and the first error is the one that counts.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Bytes; -1 when the file is not there. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return -1;
    throw error;
  }
}
