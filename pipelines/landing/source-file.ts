import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import { quotePath } from '@cloudact/core/warehouse/duckdb';
import { type CsvHeader, checkHeader, parseHeader, RecordCounter } from './csv-records.ts';
import type { LandingSession } from './session.ts';

export interface CsvFile extends CsvHeader {
  kind: 'csv';
  path: string;
  gzipped: boolean;
  bytes: number;
}

export interface ParquetFile {
  kind: 'parquet';
  path: string;
  bytes: number;
  names: string[];
  /** DuckDB types, beside `names`. */
  types: string[];
}

export type SourceFile = CsvFile | ParquetFile;

/**
 * Finds out what a file is by its first bytes, never by its name, and reads its column names.
 * Throws `file_not_found`, `file_unreadable`, `file_format_unknown`.
 */
export async function inspectFile(session: LandingSession, file: string): Promise<SourceFile> {
  const path = resolve(file);
  const { magic, bytes } = await readMagic(path);
  if (magic.length === 0) {
    throw new CloudActError('file_format_unknown', { detail: `${path} is empty. Export the bill again.` });
  }
  if (magic.toString('latin1', 0, 4) === 'PAR1') return inspectParquet(session, path, bytes);
  for (const [signature, what] of FOREIGN) {
    if (magic.subarray(0, signature.length).equals(signature)) {
      throw new CloudActError('file_unreadable', { detail: `${path} is ${what}. ${READABLE}` });
    }
  }
  return inspectCsv(path, bytes, magic[0] === 0x1f && magic[1] === 0x8b);
}

/** The rows of a Parquet file, its own columns only: DuckDB would put those that `key=value` folders name in their place. */
export function parquetTable(path: string): string {
  return `read_parquet([${quotePath(path)}], hive_partitioning = false)`;
}

/** Counts a CSV file's data records, header not included. Throws `file_unreadable` when it cannot be read to its end. */
export async function countRecords(file: CsvFile, signal?: AbortSignal): Promise<number> {
  const counter = new RecordCounter(file);
  try {
    for await (const chunk of byteStream(file.path, file.gzipped, signal)) counter.push(chunk as Buffer);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreadable(file.path, error);
  }
  return Math.max(counter.end() - 1, 0);
}

const READABLE = 'CloudAct reads CSV (UTF-8, plain or gzip) and Parquet.';

const FOREIGN: readonly [Buffer, string][] = [
  [Buffer.from([0x50, 0x4b, 0x03, 0x04]), 'a ZIP archive: unpack it first'],
  [Buffer.from([0xff, 0xfe]), 'text in UTF-16, not UTF-8: save it as UTF-8'],
  [Buffer.from([0xfe, 0xff]), 'text in UTF-16, not UTF-8: save it as UTF-8'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'compressed with zstd: unpack it first'],
  [Buffer.from('BZh'), 'compressed with bzip2: unpack it first'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), 'compressed with xz: unpack it first'],
];

/** A header longer than this is not a header. */
const HEADER_LIMIT = 4 * 1024 * 1024;

async function readMagic(path: string): Promise<{ magic: Buffer; bytes: number }> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) throw new CloudActError('file_unreadable', { detail: `${path} is a directory.` });
    if (!entry.isFile()) {
      throw new CloudActError('file_unreadable', {
        detail: `${path} is not a regular file, and a bill is read more than once. Save it to a file first.`,
      });
    }
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
      return { magic: buffer.subarray(0, bytesRead), bytes: entry.size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function inspectCsv(path: string, bytes: number, gzipped: boolean): Promise<CsvFile> {
  const header = await readHeader(path, gzipped);
  checkHeader(path, header.names);
  return { kind: 'csv', path, gzipped, bytes, ...header };
}

async function readHeader(path: string, gzipped: boolean): Promise<CsvHeader> {
  let head = Buffer.alloc(0);
  let header: CsvHeader | undefined;
  try {
    for await (const chunk of byteStream(path, gzipped)) {
      head = Buffer.concat([head, chunk as Buffer]);
      header = parseHeader(head.toString('utf8'), false);
      if (header || head.length > HEADER_LIMIT) break;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (!header && head.length <= HEADER_LIMIT) header = parseHeader(head.toString('utf8'), true);
  if (!header || header.names.some((name) => /[\ufffd\0]/.test(name))) {
    throw new CloudActError('file_format_unknown', {
      detail: `${path} does not start with a line of column names in UTF-8. ${READABLE}`,
    });
  }
  return header;
}

function byteStream(path: string, gzipped: boolean, signal?: AbortSignal): AsyncIterable<unknown> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal && { signal }) });
  if (!gzipped) return file;
  const gunzip = createGunzip({ chunkSize: 1024 * 1024 });
  file.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => file.destroy());
  return file.pipe(gunzip);
}

async function inspectParquet(session: LandingSession, path: string, bytes: number): Promise<ParquetFile> {
  try {
    const columns = await session.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM ${parquetTable(path)}`,
    );
    const names = columns.map((column) => column.column_name);
    checkHeader(path, names);
    return { kind: 'parquet', path, bytes, names, types: columns.map((column) => column.column_type) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What the file system, zlib or DuckDB say about a file that cannot be read. */
export function unreadable(path: string, error: unknown): Error {
  if (error instanceof CloudActError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CloudActError('file_not_found', {
      detail: `${path} does not exist. Check the path.`,
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'permission is missing'
      : code?.startsWith('Z')
        ? `its gzip data is damaged or cut off (${message})`
        : message;
  return new CloudActError('file_unreadable', {
    detail: `${path}: ${why}. Check the file, or export the bill again.`,
    cause: error,
  });
}
