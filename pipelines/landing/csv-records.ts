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
  return { names: best.record.fields, delimiter: best.delimiter, newline: best.record.newline };
}

function firstRecord(text: string, delimiter: string): { fields: string[]; ended: boolean; newline: number } {
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
      return { fields, ended: true, newline: char === '\r' && text[at + 1] !== '\n' ? CR : LF };
    } else {
      field += char;
      atStart = false;
    }
  }
  fields.push(field);
  return { fields, ended: false, newline: LF };
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
  const counter = new RecordCounter(file, (records) => {
    const line = records + ++blanks;
    const run = runs.at(-1);
    if (run && run.line + run.count === line) run.count++;
    else runs.push({ line, count: 1 });
  });
  for await (const chunk of byteStream(file.path, file.gzipped, signal)) counter.push(chunk as Buffer);
  return runs;
}

/**
 * Counts the records of a CSV byte stream, header included, blank lines not. An independent count beside DuckDB's:
 * a reader that loses rows without saying so is caught by it. `onBlank` is told of each blank line, with the number
 * of records before it.
 */
export class RecordCounter {
  readonly #onBlank: ((records: number) => void) | undefined;
  #records = 0;
  #quoted = false;
  #blank = true;
  /** The byte before the current chunk, to know where a field starts. */
  #last: number;
  /** A quote that ended the chunk inside a quoted field: it closes the field unless another one follows. */
  #pendingQuote = false;
  readonly #newline: number;
  readonly #delimiter: number;

  constructor({ delimiter, newline }: Pick<CsvHeader, 'delimiter' | 'newline'>, onBlank?: (records: number) => void) {
    this.#onBlank = onBlank;
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
      if (this.#blank) this.#onBlank?.(this.#records);
      else this.#records++;
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
