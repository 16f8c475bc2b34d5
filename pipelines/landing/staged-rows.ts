import { join } from 'node:path';
import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { type LandingSession, quoteName, quoteText } from './session.ts';

/** A folder for rows that do not fit into memory. The session may write there; whoever names it removes it. */
export interface StagingFolder {
  path: string;
  /** CSV text is staged in parts of about this size. Default 256 MiB. */
  partBytes?: number;
}

/**
 * Rows in Parquet files, under the name of a temporary view. Packed column by column they are a tenth of their text,
 * and they are written by all cores, because nothing asks for their order: `x_SourceFile` and `x_SourceRow` tell it.
 */
export class StagedRows {
  readonly folder: StagingFolder;
  /** Quoted name of the view, as SQL of the session names it. */
  readonly table: string;
  readonly #session: LandingSession;
  readonly #name: string;
  readonly #files: string[] = [];

  /** `name`: a plain identifier. */
  constructor(session: LandingSession, folder: StagingFolder, name: string) {
    this.#session = session;
    this.#name = name;
    this.folder = folder;
    this.table = quoteName(name);
  }

  /** Writes the rows of a SELECT, and returns how many they are. Throws `storage_full`. */
  async add(select: string): Promise<number> {
    const file = join(this.folder.path, `${this.#name}-${this.#files.length}.parquet`);
    const [copied] = await this.#session.rows<{ Count: string }>(
      `COPY (${select}) TO ${quoteText(file)} (${COPY_OPTIONS})`,
    );
    this.#files.push(file);
    return Number(copied!.Count);
  }

  /** SELECT of the rows that the last `add` wrote. */
  lastAdded(): string {
    return `SELECT * FROM ${parquet(this.#files.slice(-1))}`;
  }

  /** Makes the view of all that was added; there must be something. */
  async show(): Promise<void> {
    await this.#session.run(
      `CREATE OR REPLACE TEMP TABLE ${this.#leftOut} ("x_SourceFile" VARCHAR, "x_SourceRow" BIGINT)`,
    );
    await this.#session.run(`CREATE OR REPLACE TEMP VIEW ${this.table} AS SELECT * FROM ${parquet(this.#files)}`);
  }

  async leaveOut(condition: string): Promise<void> {
    await this.#session.run(
      `INSERT INTO ${this.#leftOut} SELECT "x_SourceFile", "x_SourceRow" FROM ${this.table} WHERE ${condition}`,
    );
    await this.#session.run(
      `CREATE OR REPLACE TEMP VIEW ${this.table} AS
      SELECT * FROM ${parquet(this.#files)} ANTI JOIN ${this.#leftOut} USING ("x_SourceFile", "x_SourceRow")`,
    );
  }

  get #leftOut(): string {
    return quoteName(`${this.#name}_left_out`);
  }
}

/** Takes the rows for which a condition holds out of a table, or of staged rows. */
export async function leaveOut(session: LandingSession, rows: string | StagedRows, condition: string): Promise<void> {
  if (typeof rows === 'string') await session.run(`DELETE FROM ${rows} WHERE ${condition}`);
  else await rows.leaveOut(condition);
}

/** Row groups of bills are wide: larger ones take more memory, and longer. */
const COPY_OPTIONS =
  'FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 30720, PRESERVE_ORDER false, USE_TMP_FILE false';

function parquet(files: readonly string[]): string {
  return `read_parquet([${files.map(quotePath).join(', ')}], hive_partitioning = false)`;
}
