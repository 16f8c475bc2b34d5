import type { OrgSlug } from '../org.ts';
import type { Query, QueryParams } from './query.ts';

/** Rows as they leave the warehouse: decimals, bigints and timestamps are text, so nothing becomes a float. */
export type CellValue = string | number | boolean | null;

/**
 * The warehouse: one dataset per organisation, and one control dataset beside them.
 * Adapters: embedded DuckDB (one file per organisation); BigQuery has the same names and the same SQL.
 */
export interface Warehouse {
  /** Creates `{org_slug}_prod` and its tables. Doing it again changes nothing. */
  createDataset(org: OrgSlug): Promise<void>;
  /** Detaches and deletes the dataset. Doing it again changes nothing. */
  dropDataset(org: OrgSlug): Promise<void>;
  hasDataset(org: OrgSlug): Promise<boolean>;
  /** The only way to an organisation's data. Throws `dataset_not_found` when used before `createDataset`. */
  forOrg(org: OrgSlug): OrgWarehouse;
  /** API keys and pipeline runs. Never cost data. */
  readonly control: ControlWarehouse;
  /** Throws `unavailable` when the warehouse does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Reads and loads of one organisation. Every query it runs has `org_slug` bound to that organisation. */
export interface OrgWarehouse {
  readonly org: OrgSlug;
  /** Runs a named query. The gateway refuses SQL that names another dataset or does not bind `@org_slug`. */
  rows<P extends QueryParams, Row>(query: Query<P, Row>, params: P, options?: { signal?: AbortSignal }): Promise<Row[]>;
  /**
   * Replaces partitions. `work` stages and checks; what it hands to `replacePartitions` becomes visible in one
   * transaction, or not at all. Loads of one organisation run one after the other, so a load must not wait for
   * another one.
   */
  load<T>(work: (session: LoadSession) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
  /** Grows by one with every committed load. Part of every ETag. */
  dataVersion(): Promise<number>;
  /**
   * Writes every table of the dataset, as it is at this moment, as one Parquet file into a folder, which exists. Files of
   * these names are replaced. Throws `storage_full`.
   */
  exportTables(folder: string, options?: { signal?: AbortSignal }): Promise<readonly ExportedTable[]>;
}

/** One table of a dataset as a file. */
export interface ExportedTable {
  readonly table: string;
  /** Name of the file in the folder. */
  readonly file: string;
  readonly rows: number;
}

/** A private connection on the organisation's dataset, on which a load stages its tables. */
export interface LoadSession {
  readonly org: OrgSlug;
  /**
   * Runs one statement that reads, or that creates, fills, changes or drops temporary tables and views
   * (`CREATE TEMP TABLE …`); they vanish with the session. Files of the inbox are read with `read_csv`, `read_parquet`
   * and `read_json`, and `DESCRIBE SELECT …` tells their columns. `@org_slug` is bound where the text uses it. Throws
   * `query_refused` for anything else, and `storage_full`, `dataset_damaged` or `unavailable` when the disk, the
   * dataset or the memory fails.
   */
  run(sql: string, params?: Record<string, CellValue>): Promise<void>;
  rows<Row = Record<string, CellValue>>(sql: string, params?: Record<string, CellValue>): Promise<Row[]>;
  /** Share of the running statement that is done, 0 to 1; undefined when not known. */
  progress(): number | undefined;
  /**
   * One transaction: deletes what (org, integration, billing period) held, in the cost table, in the raw table and
   * in the daily roll-up; inserts what is staged; records the load; raises the data version.
   * Throws `load_stale` when a newer extraction is already in place, `load_refused` when the staged rows do not fit
   * (a FOCUS column lacks or has another type, a row lies in another billing period), and then changes nothing.
   */
  replacePartitions(replacement: PartitionReplacement): Promise<{ dataVersion: number; rows: number }>;
}

export interface PartitionReplacement {
  integrationId: string;
  /** First days of the billing periods that are replaced, `YYYY-MM-01`, whether rows are staged for them or not. */
  billingPeriods: readonly string[];
  /**
   * Staged table with all columns of FOCUS 1.3 in their types, and `x_` columns (`org_slug` and `x_IntegrationId` are
   * added here). `x_SourceRow` is an integer, every other `x_` column text; new ones are added to the cost table.
   */
  costTable: string;
  /**
   * Staged table with the columns of FOCUS's Contract Commitment dataset, and `x_BillingPeriodStart` (DATE): the bill that
   * tells of the commitment. Without it the periods are left without commitments.
   */
  contractCommitmentTable?: string;
  /** Staged table of usage without a price, with the columns that `costTable` has. */
  unpricedUsageTable?: string;
  /** Staged table with `BillingPeriodStart` (DATE) and `usageAttributionColumns`: who usage was for. */
  usageAttributionTable?: string;
  /** Staged table of the rows as delivered, with a column `billing_period` (`YYYY-MM-01`, text or DATE). */
  raw?: { name: string; table: string };
  runId: string;
  /** When the source was read; fences out an older load that finishes later. ISO 8601, UTC. */
  extractedAt: string;
  /** The organisation's own prices, JSON: they are recorded with this replacement, and hold for what is loaded later. */
  ownPrices?: string;
  /** Billing periods that the source says are final. */
  closedPeriods?: readonly string[];
  /**
   * By billing period, what the source's delivery is told by (an ETag, say). Kept in `_loads`, in the same transaction,
   * so that a delivery that is in place can be known without reading it again. Periods not named keep none.
   */
  sourceTokens?: Readonly<Record<string, string>>;
}

/** The control dataset. Same rules: named queries with bound parameters. */
export interface ControlWarehouse {
  rows<P extends QueryParams, Row>(query: Query<P, Row>, params: P): Promise<Row[]>;
  /**
   * All statements in one transaction. Returns how many rows each of them changed. Throws `conflict` when a record
   * with that identity is already there.
   */
  write(statements: readonly { query: Query<QueryParams, unknown>; params: QueryParams }[]): Promise<number[]>;
}
