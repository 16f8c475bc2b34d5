import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseExact } from '../../../usage/answers/index.ts';
import { type AnswerServer, startAnswerServer } from '../../testing/answer-server.ts';
import { cursorEvents } from './index.ts';
import { type CursorAnswers, startCursorServer } from './testing/cursor-server.ts';

const filled = { adminKey: 'key_0123456789abcdef', team: 'Larkmoor' };
const settings = cursorEvents.parse(filled);
let answers: CursorAnswers;
let server: AnswerServer;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:34:00Z') });
  answers = {
    events: ['2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00Z', '2026-11-16T00:00:00Z', '2026-11-23T11:59:59Z'].map(
      (time) => event(time),
    ),
    members: [{ email: 'ada@larkmoor.example' }],
    adminKey: filled.adminKey,
  };
  server = await startCursorServer(answers);
  folder = await mkdtemp(join(tmpdir(), 'cursor-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function event(time: string, more: object = {}): Record<string, unknown> {
  const tokenUsage = parseExact(
    '{"inputTokens":126,"outputTokens":450,"cacheReadTokens":7,"totalCents":20.182320000000000001}',
  );
  const names = { model: 'claude-opus-5', kind: 'Usage-based', userEmail: 'ada@larkmoor.example' };
  return { timestamp: String(Date.parse(time)), ...names, tokenUsage, ...more };
}

const list = (of = settings) => cursorEvents.list(of, { endpoint: server.endpoint });
const fetch = async (month = '2026-11-01', signal?: AbortSignal) => {
  const period = (await list()).find(({ billingPeriod }) => billingPeriod === month)!;
  const context = { endpoint: server.endpoint, ...(signal && { signal }) };
  const { files } = await cursorEvents.fetch(settings, period, folder, context);
  return (await readFile(files[0]!, 'utf8')).trimEnd().split('\n');
};
/** A server of other answers, in the order in which they are asked for. */
const answerWith = async (...given: readonly object[]) => {
  await server.close();
  let asked = 0;
  server = await startAnswerServer(() => ({ json: given[Math.min(asked++, given.length - 1)] }));
};

describe('listing', () => {
  test('this month and the three before it, or those from the one that was chosen', async () => {
    expect((await list()).map(({ billingPeriod }) => billingPeriod)).toEqual([
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
    ]);
    expect(await list(cursorEvents.parse({ ...filled, from: '2026-01' }))).toHaveLength(11);
    expect(cursorEvents.retainedMonths).toBe(0);
  });

  test('an open month has another token every six hours, a settled one keeps its', async () => {
    const before = await list();
    vi.setSystemTime('2026-11-23T18:00:00Z');
    expect((await list()).map(({ changeToken }, index) => changeToken === before[index]!.changeToken)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('fetching', () => {
  test('each event of the month is a line once, with its day, tokens and cents as they were delivered', async () => {
    const [header, ...lines] = await fetch();
    expect(JSON.parse(header!)).toMatchObject({ cursor_answer: 'about', read_until: '2026-11-23T12:00:00.000Z' });
    expect(lines.map((line) => JSON.parse(line).charge_start)).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-11-16T00:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
    ]);
    expect(lines[0]).toContain('"total_cents":20.182320000000000001');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      cursor_answer: 'event',
      team: 'Larkmoor',
      input_tokens: 126,
      cache_read_tokens: 7,
      tokenUsage: { outputTokens: 450 },
    });
  });

  test('a month of 31 days is asked for in parts, and what Cursor gives twice at their border is one line', async () => {
    answers.events = [event('2026-10-16T00:00:00Z'), event('2026-10-31T00:00:00Z'), event('2026-11-01T00:00:00Z')];
    expect(await fetch('2026-10-01')).toHaveLength(3);
    expect(server.requests).toHaveLength(3);
  });

  test('events of the hour that runs are left for later, so that pages do not shift', async () => {
    answers.events = [event('2026-11-23T12:00:00Z')];
    expect(await fetch()).toHaveLength(1);
  });

  test('all pages are read', async () => {
    answers.pageSize = 2;
    answers.events = [1, 2, 3, 4, 5].map((minute) => event(`2026-11-02T10:0${minute}:00Z`));
    expect(await fetch()).toHaveLength(6);
  });

  const pageOf = (currentPage: number, count: number, hasNextPage: boolean, total: number) => ({
    totalUsageEventsCount: total,
    pagination: { currentPage, hasNextPage },
    usageEvents: Array.from({ length: count }, () => event('2026-11-02T10:00:00Z')),
  });
  test.each([
    ['pages that do not come to an end', [pageOf(1, 2, true, 3), pageOf(2, 2, true, 3)]],
    ['the same page for ever', [pageOf(1, 2, true, 9)]],
    ['an empty page that names a next one', [pageOf(1, 0, true, 9)]],
    ['fewer events than are counted', [pageOf(1, 2, false, 3)]],
    ['another count on another page', [pageOf(1, 2, true, 4), pageOf(2, 2, false, 5)]],
    ['no list of events', [{ usageEvents: null }]],
    ['an event without a time', [{ usageEvents: [event('2026-11-02T10:00:00Z', { timestamp: 'soon' })] }]],
  ])('%s: nothing is half loaded', async (_, given) => {
    await answerWith(...given);
    await expect(fetch()).rejects.toMatchObject({ code: 'source_incomplete' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('too many requests are waited for, as long as the server says', async () => {
    server.failNext(3, 429, { 'retry-after': '0' });
    expect(await fetch()).toHaveLength(4);
  });

  test.each([
    ['too many requests for ever', () => server.failNext(6, 429, { 'retry-after': '0' }), 'source_unavailable'],
    ['an answer that is cut off', () => server.cutNext(), 'source_incomplete'],
    ['a key without the rights of an administrator', () => server.failNext(1, 403), 'source_denied'],
  ])('%s: nothing is half loaded', async (_, fail, code) => {
    fail();
    await expect(fetch()).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a stop ends it with the reason of the stop', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by a person');
    stop.abort(reason);
    await expect(fetch('2026-11-01', stop.signal)).rejects.toBe(reason);
  });
});

describe('checking', () => {
  const check = (adminKey = filled.adminKey) =>
    cursorEvents.check({ ...settings, adminKey }, { endpoint: server.endpoint });

  test('an admin key passes', async () => {
    expect((await check()).map(({ step, ok }) => `${step} ${ok}`)).toEqual(['members true', 'usage_events true']);
  });

  test('another key is told what is needed, and is not repeated', async () => {
    const findings = await check('key_of_a_user');
    expect(findings).toMatchObject([{ step: 'members', ok: false, detail: expect.stringContaining('Admin API key') }]);
    expect(JSON.stringify(findings)).not.toContain('key_of_a_user');
  });
});

describe('settings', () => {
  test.each([
    ['adminKey', 'sk-1234567890'],
    ['team', ''],
    ['from', '2026-13'],
  ])('%s = %j is refused by name', (name, value) => {
    expect(() => cursorEvents.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });

  test('only Cursor’s API is called', () => {
    expect(cursorEvents.allowedHosts(settings)).toEqual(['api.cursor.com']);
  });
});
