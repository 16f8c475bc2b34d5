import { MARK } from '../../providers/openai/answers.ts';
import { ADMIN_KEY, ORGANIZATION, startOpenAiServer } from '../../providers/openai/connector/testing/openai-server.ts';
import { type AnswerLine, numberText } from '../../usage/answers/index.ts';
import { isObject, type Json, objectsOf, type RecordedAnswers, textOrNull } from './recorded-answers.ts';
import type { ReplayServer } from './replay-server.ts';

/** The organisation as it was recorded: any answer of its usage, costs and names, whatever the file is called. */
export async function replayOpenAi(recorded: RecordedAnswers): Promise<ReplayServer> {
  const lines = [
    ...recorded.lines.filter((line) => line[MARK] !== undefined && line[MARK] !== 'about'),
    ...withTotals(recorded.bodies.flatMap(resultLines)),
    ...recorded.bodies.flatMap(nameLines),
  ];
  const days = lines.flatMap(({ [MARK]: answer, charge_start }) =>
    NAMES.has(String(answer)) || typeof charge_start !== 'string' ? [] : [charge_start.slice(0, 10)],
  );
  const organizationId =
    lines.map((line) => textOrNull(line.organization_id ?? line.account_id)).find((id) => id !== null) ?? ORGANIZATION;
  const { endpoint, close } = await startOpenAiServer({ answers: lines, organizationId, pageDays: 31 });
  return { endpoint, close, days, settings: { adminKey: ADMIN_KEY, organizationId, ...fromFirst(days) } };
}

const NAMES = new Set(['project', 'user', 'api_key']);

function fromFirst(days: readonly string[]): { from?: string } {
  const first = [...days].sort()[0];
  return first === undefined ? {} : { from: first };
}

/** A page of buckets as lines of the connector. Results say themselves which endpoint they are of. */
function resultLines({ data }: Json): AnswerLine[] {
  return objectsOf(data).flatMap(({ start_time, end_time, results }) =>
    objectsOf(results).flatMap((result) => {
      const [, answer] = /^organization\.(?:usage\.)?(\w+)\.result$/.exec(String(result.object)) ?? [];
      if (answer === undefined) return [];
      const { value, currency } = isObject(result.amount) ? result.amount : {};
      return [
        {
          [MARK]: answer,
          charge_start: instant(start_time),
          charge_end: instant(end_time),
          ...result,
          ...(answer === 'costs' && { amount_value: value, amount_currency: currency }),
        },
      ];
    }),
  );
}

/** Where costs were recorded with and without grouping, the ones without are what the others add up to. */
function withTotals(lines: readonly AnswerLine[]): AnswerLine[] {
  const isTotal = (line: AnswerLine) =>
    line[MARK] === 'costs' && [line.line_item, line.project_id, line.api_key_id].every((value) => value == null);
  const grouped = lines.some((line) => line[MARK] === 'costs' && !isTotal(line));
  return lines.map((line) => (grouped && isTotal(line) ? { ...line, [MARK]: 'costs_total' } : line));
}

function nameLines({ data }: Json): AnswerLine[] {
  return objectsOf(data).flatMap(({ object, id, email, name }) => {
    const [, kind] = /^organization\.(?:project\.)?(project|user|api_key)$/.exec(String(object)) ?? [];
    return kind === undefined ? [] : [{ [MARK]: kind, name_id: id, name_text: email ?? name }];
  });
}

function instant(seconds: unknown): string {
  return new Date(Number(numberText(seconds)) * 1000).toISOString().replace('.000Z', 'Z');
}
