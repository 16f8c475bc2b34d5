import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { type LandingSession, quoteText } from '../landing/index.ts';
import type { OutputFormat } from './projection.ts';

export interface Output {
  path: string;
  /** The file beside `path` that is written first. */
  temporary: string;
  format: OutputFormat;
  gzip: boolean;
}

const ENDINGS: readonly [string, OutputFormat, boolean][] = [
  ['.csv', 'csv', false],
  ['.csv.gz', 'csv', true],
  ['.parquet', 'parquet', false],
  ['.ndjson', 'ndjson', false],
  ['.jsonl', 'ndjson', false],
  ['.ndjson.gz', 'ndjson', true],
];

/** Checks an output path before any work. Throws `usage_invalid` or `output_unwritable`. */
export async function openOutput(file: string, inputs: readonly string[]): Promise<Output> {
  const path = resolve(file);
  const ending = ENDINGS.find(([name]) => path.toLowerCase().endsWith(name));
  if (!ending) {
    throw new CloudActError('usage_invalid', {
      detail: `${path}: the name of the output must end in ${ENDINGS.map(([name]) => name).join(', ')}.`,
    });
  }
  const directory = await stat(dirname(path)).catch((error: unknown) => error as NodeJS.ErrnoException);
  if (directory instanceof Error || !directory.isDirectory()) {
    throw new CloudActError('output_unwritable', {
      detail: `${dirname(path)} is not a directory. Create it, or choose another output.`,
    });
  }
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) {
    throw new CloudActError('output_unwritable', { detail: `${path} is a directory. Choose a file name.` });
  }
  const real = existing && (await realpath(path));
  for (const input of inputs) {
    if (path === resolve(input) || (real && real === (await realpath(input).catch(() => undefined)))) {
      throw new CloudActError('usage_invalid', { detail: `${path} is an input too. Choose another output.` });
    }
  }
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  return { path, temporary, format: ending[1], gzip: ending[2] };
}

/**
 * Writes a SELECT to the file beside the output, and returns the rows written. In any order they are written by all
 * cores. Throws `output_unwritable`, `storage_full`.
 */
export async function writeTemporary(
  session: LandingSession,
  select: string,
  output: Output,
  { anyOrder = false }: { anyOrder?: boolean } = {},
): Promise<number> {
  const options = [...copyOptions(output), ...(anyOrder ? anyOrderOptions(output) : [])];
  try {
    const [copied] = await session.rows<{ Count: string }>(
      `COPY (${select}) TO ${quoteText(output.temporary)} (${options.join(', ')})`,
    );
    return Number(copied!.Count);
  } catch (error) {
    throw unwritable(output, error);
  }
}

/**
 * Flushes what is written to the disk and puts it in its place: the output is there whole or not at all. Throws
 * `output_unwritable`, `storage_full`.
 */
export async function publish(outputs: readonly Output[], signal?: AbortSignal): Promise<void> {
  for (const output of outputs) {
    try {
      const handle = await open(output.temporary, 'r+');
      await handle.sync().finally(() => handle.close());
    } catch (error) {
      throw unwritable(output, error);
    }
  }
  signal?.throwIfAborted();
  for (const output of outputs) {
    try {
      await rename(output.temporary, output.path);
      await syncDirectory(dirname(output.path));
    } catch (error) {
      throw unwritable(output, error);
    }
  }
}

/** Takes away what was written and not published. */
export async function discard(outputs: readonly Output[]): Promise<void> {
  await Promise.all(outputs.map(({ temporary }) => rm(temporary, { force: true })));
}

/**
 * A SELECT that adds up what was written, so that what is checked is what is in the file: BillingPeriodStart,
 * BillingCurrency, InvoiceId, `roundedColumns` (text[], the columns of which a value was rounded), BilledCost, `rows`.
 * `columns` are all columns of the file, in order.
 */
export function writtenTotalsSql({ temporary, format, gzip }: Output, columns: readonly string[]): string {
  const file = quotePath(temporary);
  const compression = `compression = '${gzip ? 'gzip' : format === 'csv' ? 'none' : 'uncompressed'}'`;
  const named = columns.filter((name) => TOTALLED.includes(name));
  const names = format === 'csv' ? columns : named;
  const types = `columns = {${names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ')}}`;
  const source = {
    parquet: () => `read_parquet([${file}])`,
    csv: () =>
      `read_csv([${file}], ${types}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = [''], max_line_size = 16777216, ${compression})`,
    ndjson: () =>
      `read_json([${file}], ${types}, format = 'newline_delimited', maximum_object_size = 16777216, ${compression})`,
  }[format]();
  const rounded = named.includes(ROUNDED) ? `json_keys(${ROUNDED})` : 'NULL';
  return `SELECT CAST(BillingPeriodStart AS TIMESTAMP) AS BillingPeriodStart, BillingCurrency, InvoiceId,
    CAST(${rounded} AS VARCHAR[]) AS "roundedColumns", sum(CAST(BilledCost AS DECIMAL(38,18))) AS BilledCost, count(*) AS rows
  FROM ${source} GROUP BY ALL`;
}

const ROUNDED = 'x_CostRounded';
const TOTALLED = ['BillingPeriodStart', 'BillingCurrency', 'InvoiceId', 'BilledCost', ROUNDED];

function copyOptions({ format, gzip }: Output): string[] {
  const compression = `COMPRESSION ${format === 'parquet' ? 'zstd' : gzip ? 'gzip' : 'none'}`;
  const common = ['USE_TMP_FILE false', compression];
  if (format === 'csv')
    return ['FORMAT csv', 'HEADER true', "DELIMITER ','", `QUOTE '"'`, `ESCAPE '"'`, "NULLSTR ''", ...common];
  if (format === 'ndjson') return ['FORMAT json', 'ARRAY false', ...common];
  return ['FORMAT parquet', ...common];
}

/** Cores that write at once each hold a row group, and those of bills are wide: smaller ones take less memory and time. */
function anyOrderOptions({ format }: Output): string[] {
  return ['PRESERVE_ORDER false', ...(format === 'parquet' ? ['ROW_GROUP_SIZE 30720'] : [])];
}

/** A rename is safe from a power cut only once its directory is on the disk; not every system lets us ask for that. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function unwritable(output: Output, error: unknown): unknown {
  if (error instanceof CloudActError || !(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined && !/^(IO Error|Permission)/.test(error.message)) return error;
  const why =
    code === 'EACCES' || /Permission denied/.test(error.message)
      ? 'permission is missing'
      : error.message.split('\n')[0]!;
  return new CloudActError('output_unwritable', {
    detail: `${output.path}: ${why}. Choose another output, or change its permissions.`,
    cause: error,
  });
}
