import { type AnswersWriter, writeAnswer } from '../answers-writer.ts';
import type { DemoContext } from '../bill-writer.ts';
import { type Day, dayText, parseMonth } from '../calendar.ts';
import { fixedText } from '../fixed-point.ts';
import { type Answer, anthropicIdentifiers, costRow, names, usageRow } from './answers.ts';
import { billedOn, usedOn } from './usage.ts';

/** So long after its end a month is still refreshed. */
const REFRESHED_DAYS = 3;

/** Writes what Anthropic's analytics answer of usage and cost, a file for each and month, and of names. */
export function anthropicAnswersWriter(context: DemoContext): AnswersWriter {
  const identifiers = anthropicIdentifiers(context.seed);
  return {
    provider: 'anthropic',
    connectorId: 'anthropic',
    integrationId: 'anthropic-demo',
    async writeNames(directory) {
      for (const [name, answer] of Object.entries(names(identifiers))) {
        await writeAnswer(directory, `anthropic.${name}.response.json`, answer);
      }
    },
    async writeMonth(text, directory) {
      const month = parseMonth(text);
      const days: Day[] = [];
      for (let day = month.first; day < month.end && day <= context.today; day += 1) days.push(day);
      const used = days.map((day) => ({ day, used: usedOn(day, context) }));
      // Costs of the day that still runs come with the next one.
      const billed = used
        .filter(({ day }) => day < context.today)
        .flatMap(({ day, used }) => billedOn(day, used, context).map((entry) => ({ day, entry })));
      const usage = used.flatMap(({ day, used }) => used.map((one) => usageRow(day, one, identifiers)));
      const costs = billed.map(({ day, entry }) => costRow(day, entry, identifiers));
      const refreshed = `${dayText(Math.min(context.today, month.end + REFRESHED_DAYS))}T04:00:00Z`;
      const page = (data: readonly Answer[]): Answer => ({
        data,
        has_more: false,
        next_page: null,
        data_refreshed_at: refreshed,
      });
      return {
        month: text,
        files: [
          await writeAnswer(directory, `anthropic.analytics.usage.${text}.response.json`, page(usage)),
          await writeAnswer(directory, `anthropic.analytics.cost.${text}.response.json`, page(costs)),
        ],
        rows: usage.length + costs.length,
        total: fixedText(billed.reduce((sum, { entry }) => sum + entry.amount, 0n)),
        currency: 'USD',
      };
    },
  };
}
