import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { byteStream } from './byte-stream.ts';
import { type CsvHeader, RecordCounter } from './csv-records.ts';
import { mixedLineEnds } from './unreadable.ts';

/** A file with some of the records of a CSV file: no header and no blank line, each record led by its number. */
export interface CsvPart {
  path: string;
  /** Number of its first record within the whole file, from 1. */
  first: number;
  records: number;
  /** How its lines end. */
  lineEnd: string;
}

interface CsvPartsOptions {
  folder: string;
  /** A part ends with the record that reaches this size. */
  partBytes: number;
  /** Told how many bytes of the file, as it lies on the disk, are read. */
  onRead?: ((bytes: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Cuts a CSV file into parts, at least one, in the order of its records. DuckDB may read a part in any order: the
 * numbers tell where a record stood. A part belongs to who takes it, and is to be removed by them.
 *
 * Throws `rows_unreadable` when line ends are mixed, `storage_full`, `file_unreadable`.
 */
export async function* csvParts(
  file: CsvHeader & { path: string; gzipped: boolean },
  { folder, partBytes, onRead, signal }: CsvPartsOptions,
): AsyncGenerator<CsvPart> {
  const numbered = new NumberedRecords(file, partBytes);
  let first = 1;
  let writer: PartWriter | undefined;
  try {
    for await (const chunk of byteStream(file.path, file.gzipped, { signal, onRead })) {
      for (const { bytes, records, endsPart } of numbered.push(chunk as Buffer)) {
        writer ??= await openPart(folder, first);
        await writer.write(bytes, records);
        if (!endsPart) continue;
        const part = await writer.end(numbered.lineEnd);
        writer = undefined;
        first += part.records;
        yield part;
      }
    }
    if (first === 1) writer ??= await openPart(folder, first);
    if (numbered.insideRecord) await writer?.write(Buffer.alloc(0), 1);
    if (writer) yield await writer.end(numbered.lineEnd);
  } finally {
    await writer?.close();
  }
}

type PartWriter = Awaited<ReturnType<typeof openPart>>;

async function openPart(folder: string, first: number) {
  const path = join(folder, `part-${first}.csv`);
  const handle = await open(path, 'w').catch((error: unknown) => {
    throw unwritable(folder, error);
  });
  let written = 0;
  let isOpen = true;
  const close = async () => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    close,
    async write(bytes: Buffer, records: number): Promise<void> {
      await handle.writeFile(bytes).catch((error: unknown) => {
        throw unwritable(folder, error);
      });
      written += records;
    },
    async end(lineEnd: string): Promise<CsvPart> {
      await close();
      return { path, first, records: written, lineEnd };
    },
  };
}

interface Piece {
  bytes: Buffer;
  /** Records that end in it. */
  records: number;
  endsPart: boolean;
}

/** Puts its number before each record of a CSV byte stream, and leaves header and blank lines out. */
class NumberedRecords {
  readonly #counter: RecordCounter;
  readonly #delimiter: string;
  readonly #partBytes: number;
  /** Whether the number of the record that is read is written. */
  insideRecord = false;
  #inHeader = true;
  /** How the header ends, and all records must. */
  lineEnd: string;
  /** A carriage return that ended the chunk on a line of its own: the line is blank unless more follows. */
  #heldReturn = false;
  #number = 0;
  /** Bytes of the part that were pushed out already. */
  #partLength = 0;
  #chunk: Buffer = Buffer.alloc(0);
  #taken = 0;
  #out = Buffer.allocUnsafe(2 * 1024 * 1024);
  #length = 0;
  #pieces: Piece[] = [];
  #from = 0;
  #records = 0;

  constructor(file: CsvHeader & { path: string }, partBytes: number) {
    this.#delimiter = file.delimiter;
    this.#partBytes = partBytes;
    this.lineEnd = String.fromCharCode(file.newline);
    this.#counter = new RecordCounter(file, ({ blank, next, afterReturn }) => {
      if (this.#inHeader) {
        this.#inHeader = blank;
        if (afterReturn) this.lineEnd = '\r\n';
        this.#taken = next;
        return;
      }
      if (blank) {
        this.#heldReturn = false;
        this.#taken = next;
      } else if (afterReturn === (this.lineEnd.length === 2)) this.#endRecord(next);
      else throw mixedLineEnds(file.path);
    });
  }

  /** What is to be written of a chunk. The bytes are those of a buffer that the next call uses again. */
  push(chunk: Buffer): Piece[] {
    this.#chunk = chunk;
    this.#pieces = [];
    this.#taken = this.#length = this.#from = 0;
    this.#counter.push(chunk);
    if (!this.#inHeader) this.#beginRecord();
    if (this.#length > this.#from) this.#cut(false);
    return this.#pieces;
  }

  #endRecord(next: number): void {
    this.#append(next);
    this.insideRecord = false;
    this.#records++;
    if (this.#partLength + this.#length - this.#from >= this.#partBytes) this.#cut(true);
  }

  #beginRecord(): void {
    const rest = this.#chunk.length - this.#taken;
    const onlyReturn = rest === 1 && this.#chunk[this.#taken] === CR;
    if (!this.insideRecord && !this.#heldReturn && onlyReturn) this.#heldReturn = true;
    else if (rest > 0) this.#append(this.#chunk.length);
  }

  #append(to: number): void {
    this.#reserve(to - this.#taken + NUMBER_LENGTH);
    if (!this.insideRecord) {
      this.insideRecord = true;
      this.#length += this.#out.write(`${++this.#number}${this.#delimiter}`, this.#length, 'latin1');
      if (this.#heldReturn) this.#out[this.#length++] = CR;
      this.#heldReturn = false;
    }
    this.#length += this.#chunk.copy(this.#out, this.#length, this.#taken, to);
    this.#taken = to;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#out.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + bytes));
    this.#out.copy(larger, 0, 0, this.#length);
    this.#out = larger;
  }

  #cut(endsPart: boolean): void {
    const bytes = this.#out.subarray(this.#from, this.#length);
    this.#pieces.push({ bytes, records: this.#records, endsPart });
    this.#partLength = endsPart ? 0 : this.#partLength + bytes.length;
    this.#records = 0;
    this.#from = this.#length;
  }
}

const CR = 0x0d;

/** A number of sixteen digits, its delimiter, and a carriage return. */
const NUMBER_LENGTH = 18;

function unwritable(folder: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EFBIG') return error;
  return new CloudActError('storage_full', {
    detail: `${folder} cannot grow: no space is left. Free some space, or set TMPDIR to a folder with more of it, and run it again.`,
    cause: error,
  });
}
