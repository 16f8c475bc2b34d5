import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, callJson } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { GithubSettings } from './settings.ts';

export const allowedHosts = ['api.github.com'];

/** Feeds that split what the billing feed bills by model; they add nothing to it. */
export const detailFeeds = ['ai_credit', 'premium_request'] as const;
export type DetailFeed = (typeof detailFeeds)[number];

/** A UTC month, or one day of it. */
export interface Span {
  readonly year: number;
  readonly month: number;
  readonly day?: number;
}

/** What an organisation is billed in a month: one item per day, SKU and repository. */
export async function billedItems(
  settings: GithubSettings,
  { year, month }: Span,
  context: ConnectorContext,
): Promise<AnswerLine[]> {
  const name = `the billing of ${settings.organization}`;
  const route = 'GET /organizations/{org}/settings/billing/usage';
  return items(await ask(route, { year, month }, name, settings, context), name);
}

/** The items of a feed by model, of a month or a day; undefined where the organisation has no such feed. */
export async function detailItems(
  feed: DetailFeed,
  settings: GithubSettings,
  span: Span,
  context: ConnectorContext,
): Promise<AnswerLine[] | undefined> {
  const name = `the ${feed.replace('_', ' ')} usage of ${settings.organization}`;
  const route = `GET /organizations/{org}/settings/billing/${feed}/usage`;
  const answer = await ask(route, { ...span }, name, settings, context, 'absent');
  return answer === undefined ? undefined : items(answer, name);
}

/** Seats of Copilot; undefined where the token may not see them or there is no Copilot. */
export async function copilotSeats(settings: GithubSettings, context: ConnectorContext): Promise<string | undefined> {
  const route = 'GET /orgs/{org}/copilot/billing/seats';
  try {
    const answer = await ask(route, { per_page: 1 }, 'the seats of Copilot', settings, context, 'absent');
    const { total_seats: seats } = (answer ?? {}) as { total_seats?: unknown };
    return seats === undefined ? undefined : JSON.stringify(seats);
  } catch (error) {
    if (error instanceof CloudActError && error.code === 'source_denied') return undefined;
    throw error;
  }
}

/** The route's answer with exact numbers; undefined for 404, where that is allowed to be `absent`. */
async function ask(
  route: string,
  query: Readonly<Record<string, number>>,
  name: string,
  { token, organization }: GithubSettings,
  { endpoint, signal }: ConnectorContext,
  whenMissing?: 'absent',
): Promise<unknown> {
  // The SDK knows the routes; what it makes of an answer would have floats in it.
  const { Octokit } = await import('@octokit/core');
  const { request } = new Octokit({ baseUrl: endpoint ?? `https://${allowedHosts[0]}`, userAgent: 'cloudact' });
  const { url, headers } = request.endpoint(route, {
    org: organization,
    ...query,
    headers: { 'x-github-api-version': '2022-11-28' },
  });
  let isAbsent = false;
  const answer = callJson(new URL(url), {
    name,
    headers: { ...(headers as Record<string, string>), authorization: `Bearer ${token}` },
    allowedHosts: endpoint === undefined ? allowedHosts : null,
    whenDenied: DENIED,
    onStatus(status, body) {
      if (status === 404) {
        isAbsent = whenMissing === 'absent';
        return new CloudActError('source_denied', {
          detail: `GitHub shows no such page for ${name} (status 404): it answers the same whether it is missing or not allowed. Check the name of the organisation. ${DENIED}`,
        });
      }
      // GitHub refuses with 403 what came too often, not only what is not allowed.
      if (status !== 403 || !/rate limit/i.test(body)) return undefined;
      return new CloudActError('source_unavailable', {
        detail: `GitHub’s rate limit is used up, so ${name} could not be read. Nothing is loaded; the next synchronisation tries again.`,
      });
    },
    ...(signal && { signal }),
  });
  return answer.catch((error: unknown) => {
    if (isAbsent) return undefined;
    throw error;
  });
}

const DENIED =
  'It takes a token whose owner administers the organisation: a fine-grained one with the organisation permission Administration: read, approved by the organisation, or a classic one with admin:org.';

function items(answer: unknown, name: string): AnswerLine[] {
  const { usageItems = [] } = (answer ?? {}) as { usageItems?: unknown };
  if (Array.isArray(usageItems) && usageItems.every((item) => typeof item === 'object' && item !== null)) {
    return usageItems;
  }
  throw new CloudActError('source_incomplete', {
    detail: `GitHub’s answer to ${name} has no list "usageItems": it is not what its API documents. Nothing is loaded. Try again later.`,
  });
}
