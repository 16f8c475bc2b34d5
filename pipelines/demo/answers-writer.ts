import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WrittenMonth } from './bill-writer.ts';

/** Writes what the API of a provider answers about the demo company. */
export interface AnswersWriter {
  /** `anthropic` or `openai`. */
  readonly provider: string;
  /** The connector that asks this API. */
  readonly connectorId: string;
  /** The integration under which the answers are meant to be loaded. */
  readonly integrationId: string;
  /** What ids are called: accounts, workspaces, keys. */
  writeNames(directory: string): Promise<void>;
  /** Answers about one month (`YYYY-MM`), in the provider's own shape. The same month twice gives the same bytes. */
  writeMonth(month: string, directory: string): Promise<WrittenMonth>;
}

/** One answer as a file of its own; its path. */
export async function writeAnswer(
  directory: string,
  name: string,
  answer: Readonly<Record<string, unknown>>,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, name);
  await writeFile(file, JSON.stringify(answer));
  return file;
}
