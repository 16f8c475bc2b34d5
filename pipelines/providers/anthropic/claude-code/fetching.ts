import { isZero, parseDecimal } from '@cloudact/core/money';
import { type AnswerLine, allPages, numberText, writeAnswers } from '../../../usage/answers/index.ts';
import type { ConnectorContext, DeliveredPeriod } from '../../connector.ts';
import {
  type Answer,
  answerIn,
  anthropicClient,
  askAdmin,
  listIn,
  nextPage,
  textIn,
  textOrNull,
} from '../connector/client.ts';
import { readOrganization } from '../connector/organization.ts';
import { rangeOf } from '../connector/range.ts';
import type { ClaudeCodeSettings } from './index.ts';
import { type Owners, ownersOf } from './owners.ts';

const NAME = 'the analytics of Claude Code';
const SOURCE = 'claude-code';
/** The answer does not tell how long a written cache entry lives. */
const METERS: Readonly<Record<string, string>> = {
  input: 'input_tokens',
  output: 'output_tokens',
  cache_read: 'cached_input_tokens',
  cache_creation: 'cache_write_tokens',
};

/** Writes who used Claude Code in one month: one line per day × actor × terminal × model × kind of tokens. */
export async function fetchPeriod(
  settings: ClaudeCodeSettings,
  period: DeliveredPeriod,
  folder: string,
  context: ConnectorContext,
): Promise<{ files: string[] }> {
  const { signal } = context;
  const owners = ownersOf(await readOrganization(await anthropicClient(settings.adminKey, context), signal));
  const { days } = rangeOf(settings, period);
  const header = {
    attribution_source: 'about',
    charge_date: null,
    provider: null,
    quantity: null,
    tags: null,
    fetched_at: new Date().toISOString(),
  };
  try {
    const lines = linesOf(settings.adminKey, days, owners, context);
    return { files: [await writeAnswers(folder, `claude-code-${period.billingPeriod}`, header, lines, signal)] };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

async function* linesOf(
  adminKey: string,
  days: readonly string[],
  owners: Owners,
  context: ConnectorContext,
): AsyncGenerator<AnswerLine> {
  for (const [index, day] of days.entries()) {
    for await (const rows of readDay(adminKey, day, context)) {
      for (const row of rows) yield* linesOfRow(row, day, owners);
    }
    context.onProgress?.((index + 1) / days.length);
  }
}

/** The rows of one day, page by page. Throws what `callJson` throws. */
export async function* readDay(adminKey: string, day: string, context: ConnectorContext): AsyncGenerator<Answer[]> {
  const pages = allPages(
    NAME,
    async (page) => {
      const query = { starting_at: day, limit: '1000', page };
      const path = '/v1/organizations/usage_report/claude_code';
      const answer = await askAdmin(adminKey, path, query, { name: NAME }, context);
      return { page: answer, next: nextPage(answer, 'next_page', NAME) };
    },
    context.signal,
  );
  for await (const page of pages) yield listIn(page, 'data', NAME);
}

/** Use within a subscription is in no bill of the API, so none of it is told. */
function* linesOfRow(row: Answer, day: string, owners: Owners): Generator<AnswerLine> {
  if (row.customer_type === 'subscription') return;
  const actor = answerIn(row.actor, NAME);
  const [user, key] = [textOrNull(actor.email_address), textOrNull(actor.api_key_name)];
  const terminal = textOrNull(row.terminal_type);
  const tags = {
    ...(user !== null && { user }),
    ...(key !== null && { api_key: key }),
    tool: 'Claude Code',
    ...(terminal !== null && { terminal }),
  };
  for (const used of listIn(row, 'model_breakdown', NAME)) {
    const tokens = answerIn(used.tokens, NAME);
    for (const [kind, meter] of Object.entries(METERS)) {
      const quantity = numberText(tokens[kind]);
      const number = quantity === undefined ? undefined : parseDecimal(quantity);
      if (quantity === undefined || (number !== undefined && isZero(number))) continue;
      yield {
        attribution_source: SOURCE,
        charge_date: day,
        provider: 'anthropic',
        model: textIn(used, 'model', NAME),
        api_key_id: key === null ? null : owners.apiKeyId(key),
        sub_account_id: key === null ? owners.workspaceId : null,
        meter,
        quantity,
        tags,
      };
    }
  }
}
