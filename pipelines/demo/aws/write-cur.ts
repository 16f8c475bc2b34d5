import { createWriteStream } from 'node:fs';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AsciiWriter } from '../ascii-writer.ts';
import { unwritable } from '../bill-writer.ts';
import { addMonths, parseMonth } from '../calendar.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixedText } from '../fixed-point.ts';
import { randomSequence } from '../random.ts';
import { storyOf } from '../story.ts';
import { usageModel } from '../usage.ts';
import { awsBill } from './bill.ts';
import { curHeader } from './columns.ts';
import { copiedLines } from './large-month.ts';
import { lineTemplate } from './line-template.ts';
import { allConsumption } from './workloads.ts';

export interface WriteCurOptions {
  /** Lines to write, the header not counted. */
  rows: number;
  seed: number;
  /** Compressed when the name ends in `.gz`. Its folder must exist. */
  file: string;
  /** The last of the 13 billing periods in the file, `YYYY-MM`. Default `2026-06`. */
  endMonth?: string;
  onProgress?: (progress: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

export interface WrittenCur {
  rows: number;
  /** Sum of the unblended cost of all lines, US dollars, exact decimal text. */
  total: string;
}

const MONTHS = 13;
const CHUNK_LINES = 1_000;

interface Written {
  rows: number;
  total: Fixed;
}

/**
 * Writes one large legacy Cost and Usage Report for measurements: the demo company's lines of 13 months, each month
 * repeated with other resources and other amounts until `rows` are reached. Cost is still rate × amount, and each
 * repetition of a month has its own commitments, whose fees equal what was used and unused, and whose negations cancel
 * what they cover: a month is cut only between such groups, and plain use fills the rest. Needs the memory of one
 * month, whatever `rows` is. The same options give the same bytes. Throws `output_unwritable`.
 */
export async function writeCur(options: WriteCurOptions): Promise<WrittenCur> {
  const written: Written = { rows: 0, total: 0n };
  const compression: Transform[] = options.file.endsWith('.gz') ? [createGzip({ level: 4 })] : [];
  try {
    await pipeline(
      [Readable.from(chunks(options, written), { objectMode: false }), ...compression, createWriteStream(options.file)],
      { ...(options.signal && { signal: options.signal }) },
    );
  } catch (cause) {
    throw unwritable(cause, options.file);
  }
  return { rows: written.rows, total: fixedText(written.total) };
}

function* chunks(
  { rows, seed, endMonth = '2026-06', onProgress }: WriteCurOptions,
  written: Written,
): Generator<Buffer> {
  const end = parseMonth(endMonth);
  const story = storyOf(end);
  const bill = awsBill({ seed, story, usageOn: usageModel(seed, story, allConsumption()), today: end.end });
  const next = randomSequence(seed, 'amounts');
  const writer = new AsciiWriter();
  writer.text(curHeader);
  for (let index = 0; index < MONTHS; index += 1) {
    const month = bill(addMonths(end, index + 1 - MONTHS));
    const templates = month.map(lineTemplate);
    const count = Math.floor((rows * (index + 1)) / MONTHS) - written.rows;
    for (const { line, copy } of copiedLines(month, count)) {
      written.rows += 1;
      written.total += templates[line]!(writer, copy, written.rows, next);
      if (written.rows % CHUNK_LINES !== 0) continue;
      yield writer.take();
      onProgress?.({ done: written.rows, total: rows });
    }
  }
  if (writer.length === 0) return;
  yield writer.take();
  onProgress?.({ done: written.rows, total: rows });
}
