import { join } from 'node:path';
import type { AnswersWriter } from './answers-writer.ts';
import { anthropicAnswersWriter } from './anthropic/answers-writer.ts';
import type { DemoContext, WrittenMonth } from './bill-writer.ts';
import { unwritable } from './bill-writer.ts';
import { type DemoBillOptions, demoMonths } from './generate.ts';
import { openAiAnswersWriter } from './openai/answers-writer.ts';

export interface DemoAnswers {
  provider: string;
  connectorId: string;
  integrationId: string;
  /** Holds the answers and nothing else, for `openReplay` and `cloudact run --replay`. */
  folder: string;
  /** Oldest first. */
  months: WrittenMonth[];
}

/** Whose answers the demo company gets. */
const writers: readonly ((context: DemoContext) => AnswersWriter)[] = [openAiAnswersWriter, anthropicAnswersWriter];

/**
 * Writes what the APIs of AI providers answer about the demo company, one entry per provider. As `generateDemoBills`: the same
 * seed, month and day give the same bytes. Throws `usage_invalid` and `output_unwritable`.
 */
export async function generateDemoAnswers(options: DemoBillOptions): Promise<DemoAnswers[]> {
  const { context, months } = demoMonths(options);
  const chosen = writers
    .map((writer) => writer(context))
    .filter(({ provider }) => options.providers?.includes(provider) ?? true);
  const answers: DemoAnswers[] = [];
  let done = 0;
  for (const writer of chosen) {
    const { provider, connectorId, integrationId } = writer;
    const folder = join(options.directory, provider);
    const written: WrittenMonth[] = [];
    try {
      await writer.writeNames(folder);
      for (const month of months) {
        written.push(await writer.writeMonth(month, folder));
        done += 1;
        options.onProgress?.({ done, total: months.length * chosen.length, provider, month });
      }
    } catch (cause) {
      throw unwritable(cause, options.directory);
    }
    answers.push({ provider, connectorId, integrationId, folder, months: written });
  }
  return answers;
}
