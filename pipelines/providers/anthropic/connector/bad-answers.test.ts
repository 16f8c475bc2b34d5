import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withServer } from '../fixtures/fetched.ts';
import type { AnthropicServerOptions } from './testing/anthropic-server.ts';
import { answers } from './testing/small-organization.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

type Interfere = NonNullable<AnthropicServerOptions['interfere']>;
const isCost = (url: URL) => url.pathname.includes('cost');
const changed =
  (change: (body: string) => string): Interfere =>
  (url, body) =>
    isCost(url) ? { body: change(body) } : undefined;

describe.each(['analytics', 'reports'])('%s', (dataset) => {
  const fetched = (interfere: Interfere) =>
    withServer({ interfere }, async ({ requests }, fetch, folder) => {
      const result = await fetch(dataset).then(
        (lines) => lines.length,
        ({ code }) => code,
      );
      return { result, requests, files: await readdir(folder) };
    });

  test('being told to wait some times is no fault', async () => {
    const { result } = await fetched((_url, _body, count) => (count % 3 === 2 ? undefined : busy('0.01')));
    expect(result).toBe(13);
  });

  test('being told to wait for ever ends it, and leaves no file', async () => {
    const { result, requests, files } = await fetched((url) => (isCost(url) ? busy('0.01') : undefined));
    expect([result, files]).toEqual(['source_unavailable', []]);
    expect(requests.filter((request) => request.includes('cost')).length).toBe(6);
  });

  test('being told to wait for hours ends it at once', async () => {
    const { result, requests } = await fetched((url) => (isCost(url) ? busy('7200') : undefined));
    expect(result).toBe('source_unavailable');
    expect(requests.filter((request) => request.includes('cost')).length).toBe(1);
  });

  test.each<[string, Interfere, string]>([
    ['no whole JSON', changed((body) => body.slice(0, -9)), 'source_incomplete'],
    ['another shape', changed(() => '{"rows":[]}'), 'source_incomplete'],
    ['no object', changed(() => '[]'), 'source_incomplete'],
    ['a page that comes back', changed((body) => again(body)), 'source_incomplete'],
    ['more pages without saying where', changed((body) => more(body, null)), 'source_incomplete'],
    ['fewer lines than the total has', (url, body) => fewer(url, body), 'source_incomplete'],
    [
      'a refusal of the query',
      (url) => (isCost(url) ? { status: 400, body: '{"type":"error"}' } : undefined),
      'source_incomplete',
    ],
    ['a denial', (url) => (isCost(url) ? { status: 403, body: '{}' } : undefined), 'source_denied'],
  ])('%s: nothing is loaded', async (_, interfere, code) => {
    const { result, files } = await fetched(interfere);
    expect([result, files]).toEqual([code, []]);
  });

  test('an answer that is cut off is not taken for whole', async () => {
    let cut = 0;
    const { result } = await fetched((url) => (isCost(url) && cut++ === 0 ? { cut: true } : undefined));
    // Either it was asked again and is whole, or nothing is loaded.
    expect(['source_incomplete', 13]).toContain(result);
  });

  test('usage that arrives while it is read is read again', async () => {
    let first = true;
    const { result } = await fetched((url, body) => {
      if (!isCost(url) || !first) return undefined;
      first = false;
      return { body: fewer(url, body, true)?.body ?? body };
    });
    expect(result).toBe(13);
  });

  test('fields that are new are kept and harm nothing', async () => {
    const { result } = await fetched((_url, body) => ({
      body: body.replaceAll('"model":', '"thinking":{"effort":1.50},"model":'),
    }));
    expect(result).toBe(13);
  });
});

test('a day that changes is read as it is now', async () => {
  const costs = answers.costs.map((cost) => ({ ...cost }));
  await withServer({ answers: { ...answers, costs } }, async (_server, fetch) => {
    const before = await fetch();
    costs[0]!.amount = '40';
    const amounts = (lines: typeof before) =>
      lines.map(({ amount }) => amount).filter((amount) => amount !== undefined);
    expect(amounts(await fetch())).toEqual(amounts(before).map((amount) => (amount === '32.4' ? '40' : amount)));
  });
});

function busy(seconds: string) {
  return { status: 429, headers: { 'retry-after': seconds }, body: '{"type":"error"}' };
}

function more(body: string, page: string | null): string {
  return JSON.stringify({ ...JSON.parse(body), has_more: true, next_page: page });
}

function again(body: string): string {
  return more(body, 'page_0');
}

/** The first row is missing: from the lines, or from what they have to add up to. */
function fewer(url: URL, body: string, control = false): { body: string } | undefined {
  if (!isCost(url) || url.searchParams.has('group_by[]') === control) return undefined;
  const answer = JSON.parse(body) as { data: { results?: unknown[] }[] };
  const [first] = answer.data;
  if (first?.results) first.results.shift();
  else answer.data.shift();
  return { body: JSON.stringify(answer) };
}
