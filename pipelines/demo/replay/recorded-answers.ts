import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { numberText, parseExact } from '../../usage/answers/index.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What lies in a folder of recorded answers. Numbers keep their digits (`parseExact`). */
export interface RecordedAnswers {
  /** Bodies of the provider's answers, from `.json` files, in the order of their names. */
  readonly bodies: readonly Json[];
  /** Lines as a connector writes them, from `.ndjson` files. */
  readonly lines: readonly Json[];
}

/**
 * Reads every `.json` and `.ndjson` file of a folder; other files are left alone, and so is JSON that is no object. Throws
 * `file_not_found` and `file_unreadable`.
 */
export async function readRecordedAnswers(folder: string): Promise<RecordedAnswers> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    const missing = cause.code === 'ENOENT';
    throw new CloudActError(missing ? 'file_not_found' : 'file_unreadable', {
      detail: missing
        ? `There is no folder ${folder}. Name one with recorded answers.`
        : `${folder} cannot be read as a folder (${cause.code}). Name one with recorded answers.`,
      cause,
    });
  });
  const bodies: Json[] = [];
  const lines: Json[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    if (name.endsWith('.json')) bodies.push(...(await parsed(file, (text) => [text])));
    if (name.endsWith('.ndjson')) lines.push(...(await parsed(file, (text) => text.split('\n'))));
  }
  return { bodies, lines };
}

async function parsed(file: string, parts: (text: string) => readonly string[]): Promise<Json[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CloudActError('file_unreadable', { detail: `${file} cannot be read (${cause.code}).`, cause });
  });
  return parts(text).flatMap((part, index) => {
    if (part.trim() === '') return [];
    try {
      const value = parseExact(part);
      return isObject(value) ? [value] : [];
    } catch (cause) {
      throw new CloudActError('file_unreadable', {
        detail: `${file}, from line ${index + 1} on, is no JSON. Record the answer again, or take the file away.`,
        cause,
      });
    }
  });
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === undefined;
}

/** The objects of a list; nothing where it is none. */
export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
