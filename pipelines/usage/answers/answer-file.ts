import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** One result of an API, as one line of a file: values as delivered, numbers with their digits (`parseExact`). */
export type AnswerLine = Readonly<Record<string, unknown>>;

/**
 * Writes one line of JSON per result into `<folder>/<name>.ndjson` and returns its path. The file is there only once it is
 * whole. A month without usage has no lines: then the file holds nothing but `header`, which every file begins
 * with: a line that says what the file is and when it was read. Throws what `lines` throws, and the signal's reason.
 */
export async function writeAnswers(
  folder: string,
  name: string,
  header: AnswerLine,
  lines: AsyncIterable<AnswerLine>,
  signal?: AbortSignal,
): Promise<string> {
  const path = join(folder, `${name}.ndjson`);
  const temporary = `${path}.part`;
  async function* text() {
    yield `${JSON.stringify(header)}\n`;
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  }
  try {
    await pipeline(Readable.from(text()), createWriteStream(temporary, { mode: 0o600 }), { ...(signal && { signal }) });
    await rename(temporary, path);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return path;
}
