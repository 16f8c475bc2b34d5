import { type AnswersWriter, writeAnswer } from '../answers-writer.ts';
import type { DemoContext } from '../bill-writer.ts';
import type { Day } from '../calendar.ts';
import { parseMonth } from '../calendar.ts';
import { fixedText } from '../fixed-point.ts';
import { completion, cost, costOfDay, embedding, names, page, type Result, webSearch } from './answers.ts';
import { openAiIdentifiers } from './identifiers.ts';
import { billedOn, type Used, usedOn } from './usage.ts';

/** Costs of the day that still runs come with the next one. */
const COSTS_AFTER_DAYS = 1;

/** Writes what OpenAI's organisation API answers of usage and costs, a file for each endpoint and month, and of names. */
export function openAiAnswersWriter(context: DemoContext): AnswersWriter {
  const identifiers = openAiIdentifiers(context.seed);
  return {
    provider: 'openai',
    connectorId: 'openai-organization',
    integrationId: 'openai-demo',
    async writeNames(directory) {
      for (const [name, list] of Object.entries(names(identifiers))) {
        await writeAnswer(directory, `openai.${name}.response.json`, list);
      }
    },
    async writeMonth(text, directory) {
      const month = parseMonth(text);
      const days: Day[] = [];
      for (let day = month.first; day < month.end && day <= context.today; day += 1) days.push(day);
      const used = days.map((day) => ({ day, used: usedOn(day, context) }));
      const billed = used
        .filter(({ day }) => day <= context.today - COSTS_AFTER_DAYS)
        .map(({ day, used }) => ({ day, billed: billedOn(day, used, context) }));
      const of = (result: (used: Used) => Result, wanted: (used: Used) => boolean) =>
        page(used.map(({ day, used }) => ({ day, results: used.filter(wanted).map(result) })));
      const isEmbedding = ({ model }: Used) => model.startsWith('text-embedding');
      const answers: Readonly<Record<string, Result>> = {
        'usage.completions': of(
          (one) => completion(one, identifiers),
          (one) => !isEmbedding(one),
        ),
        'usage.embeddings': of((one) => embedding(one, identifiers), isEmbedding),
        'usage.web_search_calls': of(
          (one) => webSearch(one, identifiers),
          ({ searches }) => searches > 0,
        ),
        costs: page(billed.map(({ day, billed }) => ({ day, results: billed.map((one) => cost(one, identifiers)) }))),
        'costs.total': page(billed.map(({ day, billed }) => ({ day, results: [costOfDay(billed)] }))),
      };
      const files: string[] = [];
      for (const [name, answer] of Object.entries(answers)) {
        files.push(await writeAnswer(directory, `openai.${name}.${text}.response.json`, answer));
      }
      const total = billed.flatMap((day) => day.billed).reduce((sum, { amount }) => sum + amount, 0n);
      const rows = Object.values(answers).flatMap(({ data }) =>
        (data as { results: unknown[] }[]).map((day) => day.results.length),
      );
      return {
        month: text,
        files,
        rows: rows.reduce((sum, count) => sum + count, 0),
        total: fixedText(total),
        currency: 'USD',
      };
    },
  };
}
