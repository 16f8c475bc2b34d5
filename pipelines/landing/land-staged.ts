import { rm } from 'node:fs/promises';
import { type CsvPart, csvParts } from './csv-parts.ts';
import { dropRejects, type Faults, NUMBERED, takeRejects } from './faults.ts';
import { brokenJsonRecords } from './json-records.ts';
import { type FileRows, type FileToLand, lostRows } from './land-file.ts';
import { readSql } from './read-sql.ts';
import type { LandingSession } from './session.ts';
import { type CsvFile, jsonRecords } from './source-file.ts';
import type { StagedRows } from './staged-rows.ts';

const PART_BYTES = 256 * 1024 * 1024;

/** Reads a file into staged rows. While DuckDB reads one part of a CSV file, the next is cut. */
export async function landStaged(session: LandingSession, rows: StagedRows, file: FileToLand): Promise<FileRows> {
  const { source, raw, name, nullTokens, limit, signal } = file;
  if (source.kind === 'csv') return landParts(session, rows, { ...file, source });
  const added = await rows.add(readSql(source, raw, { sourceFile: name, nullTokens, counted: true }));
  if (source.kind === 'parquet') return { rows: added, faults: { shown: [], rows: 0 } };
  const faults = await brokenJsonRecords(session, source, { name, limit, lines: jsonRecords(source, signal) });
  if (source.records !== added + faults.rows) throw lostRows(source.path, source.records, added + faults.rows);
  return { rows: added, faults };
}

async function landParts(
  session: LandingSession,
  rows: StagedRows,
  file: FileToLand & { source: CsvFile },
): Promise<FileRows> {
  const { source, signal } = file;
  const faults: Faults = { shown: [], rows: 0 };
  let records = 0;
  let read = 0;
  let lost = false;
  const stage = async (part: CsvPart) => {
    const staged = await landPart(
      session,
      rows,
      { ...file, limit: Math.max(file.limit - faults.shown.length, 1) },
      part,
    );
    faults.shown.push(...staged.faults.shown);
    faults.rows += staged.faults.rows;
    records += part.records;
    read += staged.rows;
    lost ||= staged.lost;
    await rm(part.path);
  };

  let staging = Promise.resolve();
  try {
    const parts = csvParts(source, {
      folder: rows.folder.path,
      partBytes: rows.folder.partBytes ?? PART_BYTES,
      onRead: (bytes) => file.onRead?.(bytes / source.bytes),
      signal,
    });
    for await (const part of parts) {
      await staging;
      staging = stage(part);
      // A failure is met where the next part is ready.
      staging.catch(() => undefined);
    }
    await staging;
  } finally {
    await staging.catch(() => undefined);
  }
  if (lost) throw lostRows(source.path, records, read + faults.rows);
  return { rows: read, faults };
}

async function landPart(
  session: LandingSession,
  rows: StagedRows,
  { source, raw, name, nullTokens, limit }: FileToLand & { source: CsvFile },
  part: CsvPart,
): Promise<FileRows & { lost: boolean }> {
  await dropRejects(session);
  const added = await rows.add(readSql(source, raw, { sourceFile: name, nullTokens, part }));
  const faults = await takeRejects(session, source, { name, limit, part });
  const [numbers] = await session.rows<{ sum: string }>(
    `SELECT CAST(COALESCE(sum("x_SourceRow"), 0) AS VARCHAR) AS sum FROM (${rows.lastAdded()})`,
  );
  const rejected = faults.rows === 0 ? 0n : await sumOfRejected(session);
  const lost = part.records !== added + faults.rows || sumOfNumbers(part) !== BigInt(numbers!.sum) + rejected;
  return { rows: added, faults, lost };
}

/** The sum of the numbers of a part's records: two records taken for one would show in it, whatever the count. */
function sumOfNumbers({ first, records }: CsvPart): bigint {
  return (BigInt(records) * BigInt(2 * first + records - 1)) / 2n;
}

async function sumOfRejected(session: LandingSession): Promise<bigint> {
  const [row] = await session.rows<{ sum: string }>(
    `SELECT CAST(sum(DISTINCT row) AS VARCHAR) AS sum FROM ${NUMBERED}`,
  );
  return BigInt(row!.sum);
}
