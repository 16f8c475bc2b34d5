import type Anthropic from '@anthropic-ai/sdk';
import { type AnswerLine, allPages } from '../../../usage/answers/index.ts';
import { type Answer, answerIn, answerOf, listIn, nextPage, textOrNull } from './client.ts';
import type { Reading } from './control.ts';
import { amountsOf, countsOf, type Kind, periodOf, whoOf } from './lines.ts';
import type { Organization } from './organization.ts';
import type { DayRange } from './range.ts';
import { type Combination, modifiers, planSlices, type Slice } from './slices.ts';

const WITHOUT_ANALYTICS =
  'The usage and cost analytics are not open to this key or organisation. Choose the dataset "Usage and cost reports", or use an Admin API key of an organisation that has them.';

/** Rows of one page. Rows for cost and token types come on top. */
const LIMIT = 1000;

type Query = Readonly<Record<string, unknown>>;

/** Reads usage and cost analytics of a range of at most 31 days. */
export function analyticsReading(
  client: Anthropic,
  organization: Organization,
  range: DayRange,
  signal: AbortSignal | undefined,
): Reading {
  const within = { starting_at: range.start, ending_at: range.end, limit: LIMIT };
  const pages = (kind: Kind, query: Query) => analyticsPages(client, kind, { ...within, ...query }, signal);
  return {
    async *control(kind) {
      for await (const page of pages(kind, byDay)) {
        const refreshedAt = textOrNull(page.data_refreshed_at);
        yield { refreshedAt, lines: listIn(page, 'data', nameOf(kind)).map((row) => measuredOf(kind, row)) };
      }
    },
    async *lines(kind) {
      const combinations: Combination[] = [];
      for await (const page of pages(kind, { group_by: ['model', ...modifiers] })) {
        for (const row of listIn(page, 'data', nameOf(kind))) combinations.push(combinationOf(row, kind));
      }
      for (const slice of planSlices(combinations)) {
        for await (const page of pages(kind, { ...byDay, ...queryOf(slice, kind) })) {
          for (const row of listIn(page, 'data', nameOf(kind))) {
            const line = lineOf(kind, row, slice, organization);
            if (slice.keeps(line.model as string | null)) yield line;
          }
        }
      }
    },
  };
}

const byDay = { time_bucket_width: '1d', order_by: 'time', order: 'asc' };

function queryOf({ groupBy, model, geography }: Slice, kind: Kind): Query {
  return {
    group_by: ['workspace_id', 'api_key_id', ...groupBy, ...(kind === 'cost' ? ['cost_type', 'token_type'] : [])],
    ...(model !== undefined && { models: [model] }),
    ...(geography !== undefined && { inference_geos: [geography ?? 'not_available'] }),
  };
}

/** Pages of the analytics of usage or cost. Throws what `answerOf` throws. */
export function analyticsPages(
  client: Anthropic,
  kind: Kind,
  query: Query,
  signal: AbortSignal | undefined,
): AsyncGenerator<Answer> {
  const { usage, cost } = client.beta.organization.analytics;
  const name = nameOf(kind);
  return allPages(
    name,
    async (cursor) => {
      const asked = { ...query, ...(cursor !== undefined && { page: cursor }) };
      const options = { ...(signal && { signal }) };
      const request =
        kind === 'usage' ? usage.list(asked as UsageQuery, options) : cost.list(asked as CostQuery, options);
      const answer = await answerOf(name, request, signal, WITHOUT_ANALYTICS);
      return { page: answer, next: nextPage(answer, 'next_page', name) };
    },
    signal,
  );
}

type UsageQuery = Parameters<Anthropic['beta']['organization']['analytics']['usage']['list']>[0];
type CostQuery = Parameters<Anthropic['beta']['organization']['analytics']['cost']['list']>[0];

function combinationOf(row: Answer, kind: Kind): Combination {
  const group = answerIn(row.group, nameOf(kind));
  return { model: textOrNull(group.model), values: valuesOf(group) };
}

function valuesOf(group: Answer): Combination['values'] {
  return Object.fromEntries(
    modifiers.map((modifier) => [modifier, textOrNull(group[modifier])]),
  ) as Combination['values'];
}

function measuredOf(kind: Kind, row: Answer): AnswerLine {
  const name = nameOf(kind);
  return {
    ...periodOf(row, name),
    ...(kind === 'usage' ? countsOf(answerIn(row.usage, name), name) : amountsOf(answerIn(row.cost, name))),
  };
}

function lineOf(kind: Kind, row: Answer, slice: Slice, organization: Organization): AnswerLine {
  const group = answerIn(row.group, nameOf(kind));
  const model = slice.model ?? textOrNull(group.model);
  const ids = { workspace: textOrNull(group.workspace_id), apiKey: textOrNull(group.api_key_id) };
  const measured = measuredOf(kind, row);
  return {
    anthropic_answer: `analytics_${kind}`,
    charge_start: measured.charge_start,
    charge_end: measured.charge_end,
    ...whoOf(organization, ids),
    model,
    ...slice.valuesOf(model, valuesOf(group)),
    ...(kind === 'cost' && { cost_type: textOrNull(group.cost_type), token_type: textOrNull(group.token_type) }),
    ...measured,
    delivered: row,
  };
}

function nameOf(kind: Kind): string {
  return `the ${kind} analytics`;
}
