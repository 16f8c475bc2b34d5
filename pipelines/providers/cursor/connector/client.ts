import { setTimeout as sleep } from 'node:timers/promises';
import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, allPages, callJson, numberText } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { CursorSettings } from './settings.ts';

export const allowedHosts = ['api.cursor.com'];

const PAGE_SIZE = 500;
/** Cursor lets a team ask 20 times a minute. */
const BETWEEN_PAGES = 3_000;

interface EventsAnswer {
  usageEvents?: unknown;
  totalUsageEventsCount?: unknown;
  pagination?: { hasNextPage?: unknown; currentPage?: unknown };
}

/**
 * Every event that Cursor tells of between two instants, a page at a time, with exact numbers; an event at the very end may be
 * among them. Throws `source_incomplete` when the pages do not hold as many as Cursor counts.
 */
export async function* usageEvents(
  settings: CursorSettings,
  start: number,
  end: number,
  context: ConnectorContext,
): AsyncGenerator<AnswerLine[]> {
  const { endpoint, signal } = context;
  const name = 'the usage of the team';
  let counted: string | undefined;
  let found = 0;
  const pages = allPages(
    name,
    async (cursor) => {
      if (cursor !== undefined && endpoint === undefined) await pause(signal);
      const page = Number(cursor ?? 1);
      const body = { startDate: start, endDate: end, page, pageSize: PAGE_SIZE };
      const answer = (await ask('/teams/filtered-usage-events', name, settings, context, body)) as EventsAnswer;
      const { usageEvents: events, totalUsageEventsCount, pagination } = answer ?? {};
      const count = numberText(totalUsageEventsCount);
      counted ??= count;
      if (
        !Array.isArray(events) ||
        count !== counted ||
        (numberText(pagination?.currentPage) ?? cursor ?? '1') !== (cursor ?? '1')
      ) {
        throw incomplete(`page ${page} does not follow the one before it`);
      }
      found += events.length;
      const hasNext = pagination?.hasNextPage === true;
      if (hasNext && (events.length === 0 || (counted !== undefined && found >= Number(counted)))) {
        throw incomplete(`its pages do not come to an end after ${found} events`);
      }
      return { page: events as AnswerLine[], next: hasNext ? String(page + 1) : null };
    },
    signal,
  );
  yield* pages;
  if (counted !== undefined && found !== Number(counted)) {
    throw incomplete(`it counts ${counted} events, but tells of ${found}`);
  }
}

/** How many people are in the team. */
export async function memberCount(settings: CursorSettings, context: ConnectorContext): Promise<number> {
  const answer = await ask('/teams/members', 'the members of the team', settings, context);
  const { teamMembers } = (answer ?? {}) as { teamMembers?: unknown };
  return Array.isArray(teamMembers) ? teamMembers.length : 0;
}

function ask(
  path: string,
  name: string,
  { adminKey }: CursorSettings,
  { endpoint, signal }: ConnectorContext,
  body?: unknown,
): Promise<unknown> {
  return callJson(new URL(path, endpoint ?? `https://${allowedHosts[0]}`), {
    name,
    headers: { authorization: `Basic ${Buffer.from(`${adminKey}:`).toString('base64')}` },
    ...(body !== undefined && { method: 'POST', body }),
    allowedHosts: endpoint === undefined ? allowedHosts : null,
    whenDenied:
      'It takes an Admin API key of the team: a key of a user is not enough. An administrator makes one in Cursor’s dashboard under Settings, Admin API keys; check that it was not deleted.',
    ...(signal && { signal }),
  });
}

function incomplete(what: string): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `Cursor’s answer about the usage of the team is not whole: ${what}. Nothing is loaded. Try again later.`,
  });
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await sleep(BETWEEN_PAGES, undefined, signal && { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}
