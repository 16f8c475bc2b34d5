import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { byteStream } from './byte-stream.ts';
import { type CsvHeader, checkHeader, parseHeader, RecordCounter } from './csv-records.ts';
import { type JsonFile, jsonColumns, jsonLines, jsonShape } from './json-records.ts';
import { inspectParquet, type ParquetFile } from './parquet-file.ts';
import type { LandingSession } from './session.ts';
import { unreadable } from './unreadable.ts';

export interface CsvFile extends CsvHeader {
  kind: 'csv';
  path: string;
  gzipped: boolean;
  bytes: number;
}

export type SourceFile = (CsvFile | JsonFile | ParquetFile) & {
  /** Tells the file as it was found from what may have taken its place since. */
  version: string;
};

/**
 * Finds out what a file is by its first bytes, never by its name, and reads its column names.
 * Throws `file_not_found`, `file_unreadable`, `file_format_unknown`.
 */
export async function inspectFile(session: LandingSession, file: string): Promise<SourceFile> {
  const path = resolve(file);
  const { magic, bytes, version } = await readMagic(path);
  return { ...(await inspectContent(session, path, magic, bytes)), version };
}

/** Throws `source_changed` when the file is not what `inspectFile` found. */
export async function refuseChanged({ path, version }: SourceFile): Promise<void> {
  const now = await readMagic(path);
  if (now.version !== version) {
    throw new CloudActError('source_changed', {
      detail: `${path} was changed while it was read. Convert it again once it is complete.`,
    });
  }
}

async function inspectContent(session: LandingSession, path: string, magic: Buffer, bytes: number) {
  if (magic.length === 0) {
    throw new CloudActError('file_format_unknown', { detail: `${path} is empty. Export the bill again.` });
  }
  if (magic.toString('latin1', 0, 4) === 'PAR1') return inspectParquet(session, path, bytes);
  for (const [signature, what] of FOREIGN) {
    if (magic.subarray(0, signature.length).equals(signature)) {
      throw new CloudActError('file_unreadable', { detail: `${path} is ${what}. ${READABLE}` });
    }
  }
  const gzipped = magic[0] === 0x1f && magic[1] === 0x8b;
  const head = await readStart(path, gzipped);
  const json = jsonShape(head);
  if (json === 'array') {
    throw new CloudActError('file_unreadable', {
      detail: `${path} is one JSON array. Export it as newline-delimited JSON, with one record a line.`,
    });
  }
  return json ? inspectJson(session, path, bytes, gzipped, head) : inspectCsv(path, bytes, gzipped);
}

/** Counts a CSV file's data records, header not included. Throws `file_unreadable` when it cannot be read to its end. */
export async function countRecords(file: CsvFile, signal?: AbortSignal): Promise<number> {
  const counter = new RecordCounter(file);
  try {
    for await (const chunk of byteStream(file.path, file.gzipped, { signal })) counter.push(chunk as Buffer);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreadable(file.path, error);
  }
  return Math.max(counter.end() - 1, 0);
}

/** The records of a JSON file, in order. */
export function jsonRecords({ path, gzipped }: JsonFile, signal?: AbortSignal): AsyncIterable<Buffer> {
  return jsonLines(path, byteStream(path, gzipped, { signal }));
}

const READABLE = 'CloudAct reads CSV and newline-delimited JSON (UTF-8, plain or gzip) and Parquet.';

const FOREIGN: readonly [Buffer, string][] = [
  [
    Buffer.from([0x50, 0x4b, 0x03, 0x04]),
    'a ZIP archive: unpack it first, or, if it is an Excel workbook, save it as CSV UTF-8',
  ],
  [Buffer.from([0xff, 0xfe]), 'text in UTF-16, not UTF-8: save it as UTF-8'],
  [Buffer.from([0xfe, 0xff]), 'text in UTF-16, not UTF-8: save it as UTF-8'],
  [Buffer.from('PARE'), 'an encrypted Parquet file: export it without encryption'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'compressed with zstd: unpack it first'],
  [Buffer.from('Obj\x01'), 'Avro: export it as newline-delimited JSON or Parquet'],
  [Buffer.from('BZh'), 'compressed with bzip2: unpack it first'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), 'compressed with xz: unpack it first'],
];

/** A header longer than this is not a header. */
const HEADER_LIMIT = 1024 * 1024;

async function readMagic(path: string): Promise<{ magic: Buffer; bytes: number; version: string }> {
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
      const version = `${entry.ino} ${entry.size} ${entry.mtimeMs}`;
      return { magic: buffer.subarray(0, bytesRead), bytes: entry.size, version };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The first characters of a text file, none of a gzip that holds none. */
async function readStart(path: string, gzipped: boolean): Promise<string> {
  try {
    for await (const chunk of byteStream(path, gzipped)) return (chunk as Buffer).toString('utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
  return '';
}

async function inspectJson(
  session: LandingSession,
  path: string,
  bytes: number,
  gzipped: boolean,
  head: string,
): Promise<JsonFile> {
  let markedLine: string | undefined;
  if (head.startsWith('\ufeff')) {
    for await (const line of jsonLines(path, byteStream(path, gzipped))) {
      markedLine = line.toString('utf8').slice(1);
      break;
    }
  }
  const columns = jsonColumns(session, { path, gzipped, markedLine });
  // Our own reading tells more of what is wrong, and is the first to be heard.
  columns.catch(() => undefined);
  const records = await countJsonRecords(path, gzipped);
  try {
    return { kind: 'json', path, gzipped, bytes, markedLine, records, ...(await columns) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function countJsonRecords(path: string, gzipped: boolean): Promise<number> {
  let records = 0;
  try {
    for await (const _ of jsonLines(path, byteStream(path, gzipped))) records++;
  } catch (error) {
    throw unreadable(path, error);
  }
  return records;
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
      if (/[\r\n]/.test((chunk as Buffer).toString('latin1'))) header = parseHeader(head.toString('utf8'), false);
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
