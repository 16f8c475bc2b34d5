import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExportedTable } from '../port.ts';
import { quoteName, quoteText, rowsBound, runBound } from './values.ts';

/**
 * Writes every table of the dataset that the connection uses into the folder, all as of one moment. DuckDB writes into
 * the warehouse's temporary directory, and the files are moved from there: so no SQL can ever reach the folder.
 */
export async function exportTables(
  connection: DuckDBConnection,
  dataset: string,
  { folder, temporaryDirectory }: { folder: string; temporaryDirectory: string },
): Promise<ExportedTable[]> {
  const workspace = join(temporaryDirectory, `export-${randomUUID()}`);
  await mkdir(workspace, { mode: 0o700 });
  try {
    await connection.run('BEGIN TRANSACTION READ ONLY');
    const exported: ExportedTable[] = [];
    for (const { table_name: table } of await rowsBound<{ table_name: string }>(connection, TABLES, {
      values: { dataset },
      types: {},
    })) {
      const file = `${encodeURIComponent(table)}.parquet`;
      const source = `${quoteName(dataset)}.main.${quoteName(table)}`;
      const rows = await runBound(
        connection,
        `COPY ${source} TO ${quoteText(join(workspace, file))} (FORMAT parquet, COMPRESSION zstd)`,
      );
      exported.push({ table, file, rows });
    }
    await connection.run('COMMIT');
    for (const { file } of exported) await move(join(workspace, file), join(folder, file));
    return exported;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

const TABLES = `SELECT table_name FROM duckdb_tables()
  WHERE database_name = $dataset AND schema_name = 'main' AND NOT temporary ORDER BY table_name`;

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
  }
}
