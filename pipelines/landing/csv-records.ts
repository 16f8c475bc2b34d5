import { CloudActError } from '@cloudact/core/errors';
import { byteStream } from './byte-stream.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface CsvHeader {
  names: string[];
  delimiter: string;
  /** The byte that ends a line: line feed, or carriage return where no line feed is used. */
  newline: number;
  /** Names at the end of the header that no record has a field for; they are not among `names`. */
  unfilled?: string[];
}

/**
 * Reads the first record of a CSV text. The delimiter is the one that splits it into the most fields.
 * Returns undefined when the text ends before the record does and `complete` is false.
 */
export function parseHeader(text: string, complete: boolean): CsvHeader | undefined {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const candidates = DELIMITERS.map((delimiter) => ({ delimiter, record: firstRecord(body, delimiter) }));
  const best = candidates.reduce((left, right) =>
    right.record.fields.length > left.record.fields.length ? right : left,
  );
  if (!best.record.ended && !complete) return undefined;
  const { fields, newline } = best.record;
  const filled = filledColumns(body.slice(best.record.length), best.delimiter, fields.length);
  const header = { delimiter: best.delimiter, newline };
  if (filled === fields.length) return { names: fields, ...header };
  return { names: fields.slice(0, filled), ...header, unfilled: fields.slice(filled) };
}

/** So many columns at the end of a header may be without fields, as programs that leave out empty ends write them. */
const UNFILLED_LIMIT = 3;
const RECORDS_LOOKED_AT = 50;

/**
 * How many columns the records fill: fewer than the header names only where every record of the beginning, two at
 * least, ends at the same column. A later record that does not is a fault like any other.
 */
function filledColumns(text: string, delimiter: string, named: number): number {
  const widths: number[] = [];
  for (let at = 0; at < text.length && widths.length < RECORDS_LOOKED_AT; ) {
    const { fields, ended, length } = firstRecord(text.slice(at, at + RECORD_LOOKED_AT), delimiter);
    if (!ended) break;
    at += length;
    if (fields.length > 1 || fields[0] !== '') widths.push(fields.length);
  }
  const [width = named] = widths;
  const allEndThere = widths.length > 1 && widths.every((other) => other === width);
  return allEndThere && width < named && width >= named - UNFILLED_LIMIT ? width : named;
}

const RECORD_LOOKED_AT = 64 * 1024;

function firstRecord(
  text: string,
  delimiter: string,
): { fields: string[]; ended: boolean; newline: number; length: number } {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  let atStart = true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') field += text[++at]!;
      else quoted = false;
    } else if (char === '"' && atStart) {
      quoted = true;
      atStart = false;
    } else if (char === delimiter) {
      fields.push(field);
      field = '';
      atStart = true;
    } else if (char === '\n' || char === '\r') {
      fields.push(field);
      const isPair = char === '\r' && text[at + 1] === '\n';
      return { fields, ended: true, newline: char === '\r' && !isPair ? CR : LF, length: at + (isPair ? 2 : 1) };
    } else {
      field += char;
      atStart = false;
    }
  }
  fields.push(field);
  return { fields, ended: false, newline: LF, length: text.length };
}

/** Blank lines that follow each other. `line`: the first of them, where records and blank lines count from 1. */
export interface BlankLines {
  line: number;
  count: number;
}

/** Where a CSV file has blank lines, in order; its header counts as a record. */
export async function blankLines(
  file: Pick<CsvHeader, 'delimiter' | 'newline'> & { path: string; gzipped: boolean },
  signal?: AbortSignal,
): Promise<BlankLines[]> {
  const runs: BlankLines[] = [];
  let blanks = 0;
  const counter = new RecordCounter(file, ({ blank, records }) => {
    if (!blank) return;
    const line = records + ++blanks;
    const run = runs.at(-1);
    if (run && run.line + run.count === line) run.count++;
    else runs.push({ line, count: 1 });
  });
  for await (const chunk of byteStream(file.path, file.gzipped, { signal })) counter.push(chunk as Buffer);
  return runs;
}

/** The end of a record or of a blank line, found outside of quotes. */
interface LineEnd {
  blank: boolean;
  /** Records that ended before it, the header included. */
  records: number;
  /** Where the next line begins in the bytes that were pushed. */
  next: number;
  /** Whether a carriage return stands before the line feed that ends the line. */
  afterReturn: boolean;
}

/**
 * Counts the records of a CSV byte stream, header included, blank lines not. An independent count beside DuckDB's:
 * a reader that loses rows without saying so is caught by it. `onLine` is told of each line that ends.
 */
export class RecordCounter {
  readonly #onLine: ((line: LineEnd) => void) | undefined;
  #records = 0;
  #quoted = false;
  #blank = true;
  /** The byte before the current chunk, to know where a field starts. */
  #last: number;
  /** A quote that ended the chunk inside a quoted field: it closes the field unless another one follows. */
  #pendingQuote = false;
  readonly #newline: number;
  readonly #delimiter: number;

  constructor({ delimiter, newline }: Pick<CsvHeader, 'delimiter' | 'newline'>, onLine?: (line: LineEnd) => void) {
    this.#onLine = onLine;
    this.#newline = newline;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#last = newline;
  }

  push(chunk: Buffer): void {
    let at = 0;
    if (this.#pendingQuote && chunk.length > 0) {
      this.#pendingQuote = false;
      if (chunk[0] === QUOTE) at = 1;
      else this.#quoted = false;
    }
    while (at < chunk.length) at = this.#quoted ? this.#insideQuotes(chunk, at) : this.#outsideQuotes(chunk, at);
    if (chunk.length > 0) this.#last = chunk[chunk.length - 1]!;
  }

  /** The count so far; `push` is over. */
  end(): number {
    return this.#records + (this.#blank ? 0 : 1);
  }

  #insideQuotes(chunk: Buffer, from: number): number {
    const quote = chunk.indexOf(QUOTE, from);
    if (quote === -1) return chunk.length;
    if (quote === chunk.length - 1) {
      this.#pendingQuote = true;
      return chunk.length;
    }
    if (chunk[quote + 1] === QUOTE) return quote + 2;
    this.#quoted = false;
    return quote + 1;
  }

  #outsideQuotes(chunk: Buffer, from: number): number {
    const quote = chunk.indexOf(QUOTE, from);
    const end = quote === -1 ? chunk.length : quote;
    let start = from;
    for (let line = chunk.indexOf(this.#newline, start); line !== -1 && line < end; ) {
      this.#content(chunk, start, line);
      this.#onLine?.({
        blank: this.#blank,
        records: this.#records,
        next: line + 1,
        afterReturn: this.#newline === LF && (line === 0 ? this.#last : chunk[line - 1]) === CR,
      });
      if (!this.#blank) this.#records++;
      this.#blank = true;
      start = line + 1;
      line = chunk.indexOf(this.#newline, start);
    }
    this.#content(chunk, start, end);
    if (quote === -1) return chunk.length;
    const before = quote === 0 ? this.#last : chunk[quote - 1]!;
    this.#quoted = before === this.#delimiter || before === LF || before === CR || this.#afterByteOrderMark(before);
    this.#blank = false;
    return quote + 1;
  }

  #content(chunk: Buffer, start: number, end: number): void {
    if (end - start > 1 || (end - start === 1 && chunk[start] !== CR)) this.#blank = false;
  }

  #afterByteOrderMark(before: number): boolean {
    return before === 0xbf && this.#records === 0;
  }
}

/** Column names must tell columns apart. Throws `file_format_unknown` otherwise. */
export function checkHeader(file: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new CloudActError('file_format_unknown', {
        detail: `${file} has two columns named "${name.slice(0, 120)}". Keep one of them, or export the bill again.`,
      });
    }
    seen.add(name);
  }
}
