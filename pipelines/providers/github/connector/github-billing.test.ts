import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseExact } from '../../../usage/answers/index.ts';
import type { AnswerServer } from '../../testing/answer-server.ts';
import { githubBilling } from './index.ts';
import { type GithubAnswers, startGithubServer } from './testing/github-server.ts';

const filled = { token: 'github_pat_0123456789abcdef', organization: 'larkmoor' };
const settings = githubBilling.parse(filled);
let answers: GithubAnswers;
let server: AnswerServer;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  answers = {
    organization: 'larkmoor',
    usage: [item('2026-10-31T00:00:00Z'), item('2026-11-02T00:00:00Z'), item('2026-11-20')],
    seats: 12,
    token: filled.token,
    weakToken: 'github_pat_weak',
  };
  server = await startGithubServer(answers);
  folder = await mkdtemp(join(tmpdir(), 'github-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function item(date: string, more: object = {}): Record<string, unknown> {
  const amounts = parseExact(
    '{"quantity":3.0,"pricePerUnit":0.008,"grossAmount":0.02400000000000000001,"netAmount":0.0}',
  );
  return { date, product: 'Actions', sku: 'Actions Linux', unitType: 'Minutes', ...(amounts as object), ...more };
}

const list = (of = settings) => githubBilling.list(of, { endpoint: server.endpoint });
const fetch = async (month = '2026-11-01', signal?: AbortSignal) => {
  const period = (await list()).find(({ billingPeriod }) => billingPeriod === month)!;
  const context = { endpoint: server.endpoint, ...(signal && { signal }) };
  const { files } = await githubBilling.fetch(settings, period, folder, context);
  return (await readFile(files[0]!, 'utf8')).trimEnd().split('\n');
};

describe('listing', () => {
  test('the 24 months that GitHub tells of whole, without asking it', async () => {
    const periods = await list();
    expect(periods.map(({ billingPeriod }) => billingPeriod)).toHaveLength(24);
    expect([periods[0], periods.at(-1)]).toMatchObject([
      { billingPeriod: '2024-12-01' },
      { billingPeriod: '2026-11-01' },
    ]);
    expect(server.requests).toEqual([]);
    // A month that is no longer listed was not taken back.
    expect(githubBilling.retainedMonths).toBe(0);
  });

  test('the month that was chosen is the first one', async () => {
    expect(await list(githubBilling.parse({ ...filled, from: '2026-10' }))).toMatchObject([
      { billingPeriod: '2026-10-01' },
      { billingPeriod: '2026-11-01' },
    ]);
  });

  test('a month can change until five days after its end', async () => {
    const token = async () => (await list()).find(({ billingPeriod }) => billingPeriod === '2026-10-01')!.changeToken;
    vi.setSystemTime('2026-11-05T12:00:00Z');
    const before = await token();
    vi.setSystemTime('2026-11-06T00:00:00Z');
    const settled = await token();
    expect(settled).not.toBe(before);
    vi.setSystemTime('2026-11-23T12:00:00Z');
    expect(await token()).toBe(settled);
  });
});

describe('fetching', () => {
  test('each item of the month is a line of its day, with the digits of the answer', async () => {
    const [header, ...lines] = await fetch();
    expect(JSON.parse(header!)).toMatchObject({
      github_answer: 'about',
      account: 'larkmoor',
      settled_before: '2026-11-23',
    });
    expect(lines.map((line) => JSON.parse(line).charge_start)).toEqual([
      '2026-11-02T00:00:00Z',
      '2026-11-20T00:00:00Z',
    ]);
    expect(lines[0]).toContain('"grossAmount":0.02400000000000000001,');
    expect(JSON.parse(lines[0]!)).toMatchObject({ github_answer: 'usage', charge_end: '2026-11-03T00:00:00.000Z' });
  });

  test('the feeds by model are asked day by day where the month has any, and only then', async () => {
    const model = { product: 'Copilot', sku: 'Copilot AI Credits', model: 'GPT-5', grossQuantity: 5 };
    answers.aiCredits = [
      { date: '2026-11-02', ...model },
      { date: '2026-11-03', ...model },
    ];
    answers.premiumRequests = [{ date: '2026-10-02', ...model }];
    const lines = (await fetch()).map((line) => JSON.parse(line));
    expect(lines.filter(({ github_answer: of }) => of === 'ai_credit')).toMatchObject([
      { charge_start: '2026-11-02T00:00:00Z', model: 'GPT-5', grossQuantity: 5 },
      { charge_start: '2026-11-03T00:00:00Z', model: 'GPT-5' },
    ]);
    expect(server.requests.filter((request) => request.includes('day='))).toHaveLength(23);
    expect(server.requests.filter((request) => request.includes('premium_request'))).toHaveLength(1);
  });

  test('an organisation without these feeds is billed all the same', async () => {
    expect(await fetch()).toHaveLength(3);
    expect(server.requests.filter((request) => request.includes('ai_credit'))).toHaveLength(1);
  });

  test('an answer of another month is refused', async () => {
    await server.close();
    const { startAnswerServer } = await import('../../testing/answer-server.ts');
    server = await startAnswerServer(() => ({ json: { usageItems: [item('2026-10-02')] } }));
    await expect(fetch()).rejects.toMatchObject({
      code: 'source_incomplete',
      detail: expect.stringContaining('2026-11'),
    });
  });

  test('too many requests are waited for, as long as the server says', async () => {
    server.failNext(3, 429, { 'retry-after': '0' });
    expect(await fetch()).toHaveLength(3);
  });

  const limited = { message: 'API rate limit exceeded for user ID 1.' };
  test.each([
    ['too many requests for ever', () => server.failNext(6, 429, { 'retry-after': '0' }), 'source_unavailable'],
    ['a used-up rate limit', () => server.failNext(1, 403, {}, limited), 'source_unavailable'],
    ['an answer that is cut off', () => server.cutNext(), 'source_incomplete'],
    ['a token that expired', () => server.failNext(1, 401), 'source_denied'],
    ['an organisation that is not shown', () => server.failNext(1, 404), 'source_denied'],
    ['an answer without items', () => server.failNext(1, 200, {}, { usageItems: 'none' }), 'source_incomplete'],
  ])('%s: nothing is half loaded', async (_, fail, code) => {
    fail();
    await expect(fetch()).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a feed by model that breaks off leaves no file', async () => {
    answers.aiCredits = [{ date: '2026-11-02', model: 'GPT-5' }];
    const period = (await list()).at(-1)!;
    const onProgress = () => server.cutNext();
    await expect(
      githubBilling.fetch(settings, period, folder, { endpoint: server.endpoint, onProgress }),
    ).rejects.toMatchObject({ code: 'source_incomplete' });
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
  const check = (token = filled.token) => githubBilling.check({ ...settings, token }, { endpoint: server.endpoint });

  test('a token of an administrator passes, and seats are told as a part of the billing', async () => {
    expect(await check()).toMatchObject([
      { step: 'billing_usage', ok: true },
      { step: 'copilot_seats', ok: true, detail: expect.stringContaining('12 seats') },
    ]);
    delete answers.seats;
    expect((await check()).map(({ ok }) => ok)).toEqual([true, true]);
  });

  test('a token without the permission is told which one, and is not repeated', async () => {
    const findings = await check('github_pat_weak');
    expect(findings).toMatchObject([{ ok: false, detail: expect.stringContaining('Administration: read') }]);
    expect(JSON.stringify(findings)).not.toContain('github_pat_weak');
  });
});

describe('settings', () => {
  test.each([
    ['token', 'my password'],
    ['organization', 'evil/../org'],
    ['from', '2026-11-01'],
  ])('%s = %j is refused by name', (name, value) => {
    expect(() => githubBilling.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });

  test('only GitHub’s API is called', () => {
    expect(githubBilling.allowedHosts(settings)).toEqual(['api.github.com']);
  });
});
