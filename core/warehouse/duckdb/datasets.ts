import { rm, stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { datasetName, type OrgSlug } from '../../org.ts';
import { datasetDdl, datasetTables } from '../tables.ts';
import type { WarehouseDirectory } from './directory.ts';
import { isInterrupt, translateFailure } from './failures.ts';
import { quoteName, quoteText } from './values.ts';

/**
 * The datasets of a warehouse directory: one file per organisation, attached when it is first asked for.
 * Files are never opened here by other means than DuckDB: closing any handle of a file ends the process's lock on it.
 */
export class Datasets {
  readonly #directory: WarehouseDirectory;
  readonly #attached = new Map<OrgSlug, Promise<void>>();

  constructor(directory: WarehouseDirectory) {
    this.#directory = directory;
  }

  file(org: OrgSlug): string {
    return this.#directory.datasetFile(datasetName(org));
  }

  async has(org: OrgSlug): Promise<boolean> {
    return (await sizeOf(this.file(org))) > 0;
  }

  /** Makes the dataset the connection's own. Throws `dataset_not_found`, `dataset_damaged`. */
  async use(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
    await this.#attach(connection, org, false);
    await connection.run(`USE ${quoteName(datasetName(org))}`);
  }

  async create(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
    // A process that was killed before DuckDB wrote the first block leaves an empty file.
    if ((await sizeOf(this.file(org))) === 0) await rm(this.file(org), { force: true });
    await this.#attach(connection, org, true);
  }

  /** Nobody may be using the dataset. */
  async drop(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
    await this.#attached.get(org)?.catch(() => undefined);
    this.#attached.delete(org);
    await connection.run('USE memory');
    await connection.run(`DETACH DATABASE IF EXISTS ${quoteName(datasetName(org))}`);
    // The log goes first: on its own, it must never meet a new dataset of the same name.
    await rm(`${this.file(org)}.wal`, { force: true });
    await rm(this.file(org), { force: true });
  }

  /** Writes everything into the files and lets go of them. */
  async detachAll(connection: DuckDBConnection): Promise<void> {
    for (const org of this.#attached.keys()) {
      await connection.run(`DETACH DATABASE IF EXISTS ${quoteName(datasetName(org))}`);
    }
    this.#attached.clear();
  }

  async #attach(connection: DuckDBConnection, org: OrgSlug, create: boolean): Promise<void> {
    for (let running = this.#attached.get(org); running; running = this.#attached.get(org)) {
      try {
        return await running;
      } catch (error) {
        // Somebody else's abort is not ours.
        if (!isInterrupt(error)) throw error;
      }
    }
    const attached = this.#attachFile(connection, org, create);
    this.#attached.set(org, attached);
    attached.catch(() => this.#attached.delete(org));
    await attached;
  }

  async #attachFile(connection: DuckDBConnection, org: OrgSlug, create: boolean): Promise<void> {
    const file = this.file(org);
    const name = quoteName(datasetName(org));
    if (!create && (await sizeOf(file)) <= 0) {
      throw new CloudActError('dataset_not_found', {
        detail: `There is no dataset ${datasetName(org)}. Onboard the organisation first.`,
      });
    }
    try {
      await connection.run('USE memory');
      await connection.run(`ATTACH ${quoteText(file)} AS ${name}`);
      await createTables(connection, org);
    } catch (error) {
      await connection.run(`DETACH DATABASE IF EXISTS ${name}`).catch(() => undefined);
      throw translateFailure(error, { file });
    }
  }
}

/** Repeated at every attach: what a killed creation has left out comes to be. */
async function createTables(connection: DuckDBConnection, org: OrgSlug): Promise<void> {
  const dataset = quoteName(datasetName(org));
  const qualify = (table: string) => `${dataset}.main.${quoteName(table)}`;
  await inTransaction(connection, async () => {
    for (const statement of datasetDdl('duckdb', qualify)) await connection.run(statement);
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
