import { CloudActError } from '@cloudact/core/errors';
import { numberText } from '../../../usage/answers/index.ts';
import { apiUrl, askOwnServer } from '../../attribution-file/own-server.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { LiteLlmSettings } from './settings.ts';

export type Delivered = Readonly<Record<string, unknown>>;

/** The most that the proxy gives in one page. */
const PAGE_SIZE = 1000;

/** Sums of the days from `first` to `last`, of one model or of all: one result per day and page, to be added up. */
export async function* dailyActivity(
  settings: LiteLlmSettings,
  context: ConnectorContext,
  { first, last, model }: { first: string; last: string; model?: string },
): AsyncGenerator<Delivered> {
  const name = model === undefined ? 'the daily activity' : `the daily activity of ${model}`;
  const query = { start_date: first, end_date: last, ...(model !== undefined && { model }) };
  for await (const answer of pages('user/daily/activity', query, name, settings, context)) {
    const { has_more: more, total_pages: total } = object(answer.body.metadata);
    yield* listOf(answer.body.results, name);
    answer.hasMore = more === true || Number(numberText(total) ?? 1) > answer.page;
  }
}

/** The requests that the proxy logged from the start of `day` until that of `next`, its own times. */
export async function* requestLog(
  settings: LiteLlmSettings,
  context: ConnectorContext,
  { day, next }: { day: string; next: string },
): AsyncGenerator<Delivered> {
  const name = `the log of requests of ${day}`;
  const query = { start_date: `${day} 00:00:00`, end_date: `${next} 00:00:00` };
  const seen = new Set<unknown>();
  for await (const answer of pages('spend/logs/v2', query, name, settings, context)) {
    const rows = listOf(answer.body.data, name);
    const fresh = rows.filter(({ request_id: id }) => {
      const isNew = id === undefined || id === null || !seen.has(id);
      seen.add(id);
      return isNew;
    });
    if (rows.length > 0 && fresh.length === 0) throw goesRound(name, answer.page);
    yield* fresh;
    // The proxy stops counting pages at some number, so what it counts is not the end.
    answer.hasMore =
      rows.length > 0 && (rows.length === PAGE_SIZE || answer.page < Number(numberText(answer.body.total_pages) ?? 1));
  }
}

/** Throws `source_denied` for a key that sees its own requests only. */
export async function askForAdmin(settings: LiteLlmSettings, context: ConnectorContext): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const query = { start_date: `${today} 00:00:00`, end_date: `${today} 23:59:59`, page: '1', page_size: '1' };
  await ask('spend/logs/v2', query, 'the log of requests', settings, context);
}

interface AnswerPage {
  readonly body: Delivered;
  readonly page: number;
  /** Set by who reads the page. */
  hasMore: boolean;
}

async function* pages(
  path: string,
  query: Readonly<Record<string, string>>,
  name: string,
  settings: LiteLlmSettings,
  context: ConnectorContext,
): AsyncGenerator<AnswerPage> {
  for (let page = 1; ; page += 1) {
    context.signal?.throwIfAborted();
    const numbered = { ...query, page: String(page), page_size: String(PAGE_SIZE) };
    const body = object(await ask(path, numbered, name, settings, context));
    const told = numberText(object(body.metadata).page ?? body.page);
    if (told !== undefined && Number(told) !== page) throw goesRound(name, page);
    const answer: AnswerPage = { body, page, hasMore: false };
    yield answer;
    if (!answer.hasMore) return;
    if (page === MOST_PAGES) throw goesRound(name, page);
  }
}

const MOST_PAGES = 100_000;

function ask(
  path: string,
  query: Readonly<Record<string, string>>,
  name: string,
  { address, adminKey }: LiteLlmSettings,
  context: ConnectorContext,
): Promise<unknown> {
  return askOwnServer(apiUrl(address, path, query, context), context, {
    name,
    headers: { authorization: `Bearer ${adminKey}` },
    whenDenied:
      "It takes the proxy's master key or a key of a user with the role proxy_admin or proxy_admin_viewer: other keys see their own requests only.",
    onStatus: (status) =>
      status === 404
        ? new CloudActError('source_incomplete', {
            detail: `The proxy has no /${path}. It takes a LiteLLM that has it, with a database: bring the proxy up to date, and check the address.`,
          })
        : undefined,
  });
}

/** An object of an answer; an empty one for anything else. */
export function object(value: unknown): Delivered {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Delivered) : {};
}

function listOf(value: unknown, name: string): Delivered[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null)) return value;
  throw new CloudActError('source_incomplete', {
    detail: `The proxy's answer to ${name} has no list of results: it is not what LiteLLM documents. Nothing is loaded. Check the address and the version of the proxy.`,
  });
}

function goesRound(name: string, page: number): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `The pages of ${name} do not come to an end: page ${page} is one that was there before. Nothing is loaded. Try again later.`,
  });
}
