import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AnswerLine, parseExact } from '../../../usage/answers/index.ts';
import { cost, day, line } from '../fixtures/landed.ts';
import { openaiOrganization } from './index.ts';
import { ADMIN_KEY, type OpenAiServer, ORGANIZATION, startOpenAiServer } from './testing/openai-server.ts';

const filled = { adminKey: ADMIN_KEY, organizationId: ORGANIZATION, from: '2026-09-15' };
const settings = openaiOrganization.parse(filled);

const usage = {
  model: 'gpt-5-mini',
  input_tokens: 10,
  output_tokens: 1,
  num_model_requests: 1,
  user_id: 'user-1',
  api_key_id: 'key_1',
};
const answers: AnswerLine[] = [
  line('completions', usage),
  line('completions', { ...day(9), ...usage, a_new_field: { deep: [1] } }),
  line('embeddings', { model: 'text-embedding-3-small', input_tokens: 3 }),
  line('completions', { ...usage, charge_start: '2026-10-31T00:00:00Z', charge_end: '2026-11-01T00:00:00Z' }),
  cost('gpt-5-mini, input', parseExact('0.10'), { quantity: 10, quantity_unit: 'tokens' }),
  cost('gpt-5-mini, output', parseExact('0.200000000000000001')),
  cost('a new line item', '0.30', day(9)),
  { openai_answer: 'project', name_id: 'proj_a', name_text: 'Search' },
  { openai_answer: 'project', name_id: 'proj_unused', name_text: 'Unused' },
  { openai_answer: 'user', name_id: 'user-1', name_text: 'ada@larkmoor.example' },
  { openai_answer: 'api_key', name_id: 'key_1', name_text: 'nightly' },
];

let server: OpenAiServer;
let folder: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  server = await startOpenAiServer({ answers });
  folder = await mkdtemp(join(tmpdir(), 'openai-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const list = (of = settings) => openaiOrganization.list(of, { endpoint: server.endpoint });
async function fetchLast(context: { signal?: AbortSignal; onProgress?: (share: number) => void } = {}, of = settings) {
  const period = (await list(of)).at(-1)!;
  const { files } = await openaiOrganization.fetch(of, period, folder, { endpoint: server.endpoint, ...context });
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.join('').trimEnd().split('\n');
}
const linesOf = async (answer: string) =>
  (await fetchLast()).filter((text) => text.includes(`"openai_answer":"${answer}"`));

describe('listing', () => {
  test('every month from the first day on; only months that may change have a token that does', async () => {
    const before = await list();
    expect(before.map(({ billingPeriod }) => billingPeriod)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
    vi.setSystemTime(new Date('2026-11-23T18:00:00Z'));
    const after = await list();
    expect(after.map(({ changeToken }, index) => changeToken === before[index]!.changeToken)).toEqual([
      true,
      true,
      false,
    ]);
    vi.setSystemTime(new Date('2026-12-04T12:00:00Z'));
    const early = await list();
    vi.setSystemTime(new Date('2026-12-04T18:00:00Z'));
    expect((await list())[2]!.changeToken).not.toBe(early[2]!.changeToken);
    expect(JSON.stringify(early)).not.toContain(ADMIN_KEY);
    expect(openaiOrganization.retainedMonths).toBe(0);
  });

  test('a year is read where no first day is given', async () => {
    const months = await list(openaiOrganization.parse({ ...filled, from: '' }));
    expect([months[0]!.billingPeriod, months.length]).toEqual(['2025-11-01', 13]);
  });
});

describe('fetching', () => {
  test('the month is in one file: what it is, costs, usage of every endpoint, and the names of what occurs', async () => {
    const shares: number[] = [];
    const [about, ...lines] = (await fetchLast({ onProgress: (share) => shares.push(share) })).map((text) =>
      JSON.parse(text),
    );
    expect(about).toMatchObject({
      openai_answer: 'about',
      charge_start: '2026-11-01T00:00:00Z',
      charge_end: '2026-12-01T00:00:00Z',
      settled_before: '2026-11-20',
      account_id: ORGANIZATION,
    });
    expect(lines.map(({ openai_answer, charge_start }) => `${openai_answer} ${charge_start.slice(8, 10)}`)).toEqual([
      'costs_total 01',
      'costs_total 09',
      'costs 01',
      'costs 01',
      'costs 09',
      'completions 01',
      'completions 09',
      'embeddings 01',
      'project 01',
      'user 01',
      'api_key 01',
    ]);
    expect(lines.slice(-3).map(({ name_id, name_text }) => [name_id, name_text])).toEqual([
      ['proj_a', 'Search'],
      ['user-1', 'ada@larkmoor.example'],
      ['key_1', 'nightly'],
    ]);
    expect(shares.at(-1)).toBe(1);
    expect(await readdir(folder)).toEqual(['openai-2026-11.ndjson']);
  });

  test('numbers keep their digits, and a field that is new is kept', async () => {
    expect(await linesOf('costs')).toEqual([
      expect.stringContaining('"amount_value":0.10,"amount_currency":"usd"'),
      expect.stringContaining('"amount_value":0.200000000000000001,'),
      expect.stringContaining('"amount_value":"0.30",'),
    ]);
    expect((await linesOf('completions'))[1]).toContain('"a_new_field":{"deep":[1]}');
  });

  test('usage is asked for by every dimension, from the first of the month to the end of today', async () => {
    await fetchLast();
    const asked = server.requests.find((path) => path.includes('/usage/completions'))!;
    const query = new URL(asked, server.endpoint).searchParams;
    expect(query.getAll('group_by[]')).toEqual([
      'project_id',
      'user_id',
      'api_key_id',
      'model',
      'batch',
      'service_tier',
    ]);
    const at = (name: string) => new Date(Number(query.get(name)) * 1000).toISOString();
    expect([at('start_time'), at('end_time')]).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-24T00:00:00.000Z']);
    expect(new Set(server.requests.map((path) => path.split('?')[0])).size).toBe(14);
  });

  test('without the right to names there are none, and all else', async () => {
    server.denied = /projects|users/;
    expect((await fetchLast()).length).toBe(9);
  });

  test('a past month is settled to its end', async () => {
    vi.setSystemTime(new Date('2026-12-02T12:00:00Z'));
    const periods = await list();
    const { files } = await openaiOrganization.fetch(settings, periods[2]!, folder, { endpoint: server.endpoint });
    expect(await readFile(files[0]!, 'utf8')).toMatch(/"settled_before":"2026-11-29"/);
  });

  test('a day that changes later is read anew as a whole', async () => {
    await fetchLast();
    server.answers = [cost('gpt-5-mini, input', parseExact('0.11'))];
    expect(await fetchLast()).toEqual([
      expect.stringContaining('"about"'),
      expect.stringContaining('"amount_value":0.11'),
      expect.stringContaining('"amount_value":0.11'),
    ]);
  });

  test('costs of doubles may differ in what doubles lose, and in nothing else', async () => {
    const doubles = [0.1, 0.2].map((value) => cost(`item ${value}`, value));
    server.answers = [...doubles, line('costs_total', { amount_value: 0.1 + 0.2, amount_currency: 'usd' })];
    expect((await fetchLast()).length).toBe(4);
    server.answers = [...doubles, line('costs_total', { amount_value: 0.3000000001, amount_currency: 'usd' })];
    await expect(fetchLast()).rejects.toMatchObject({
      code: 'source_incomplete',
      detail: expect.stringContaining('2026-11-01 in USD'),
    });
    const texts = ['0.1', '0.2'].map((value) => cost(`item ${value}`, value));
    server.answers = [...texts, line('costs_total', { amount_value: '0.30000000000000004', amount_currency: 'usd' })];
    await expect(fetchLast()).rejects.toMatchObject({ code: 'source_incomplete' });
  });

  test.each([429, 500, 503])('status %i that passes is waited for', async (status) => {
    server.failures = { status, times: 4, headers: { 'retry-after': '0' } };
    expect((await fetchLast()).length).toBe(12);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'a storm of 429 that does not pass',
      () => (server.failures = { status: 429, times: 1e9, headers: { 'retry-after-ms': '1' } }),
      'source_unavailable',
      'next synchronisation',
    ],
    ['a body that breaks off', () => (server.cutAfter = 20), 'source_incomplete', 'cut off'],
    [
      'a body that is half a JSON',
      () => (server.spoil = (_path, body) => body.slice(0, -9)),
      'source_incomplete',
      'cut off',
    ],
    [
      'pages that go round',
      () => (server.spoil = (_path, body) => body.replace(/"next_page":"[^"]+"/, '"next_page":"page_MTc5MzQ5MTIwMA"')),
      'source_incomplete',
      'was there before',
    ],
    [
      'more pages without a cursor',
      () => (server.spoil = (_path, body) => body.replace(/"next_page":"[^"]+"/, '"next_page":null')),
      'source_incomplete',
      'not where',
    ],
    [
      'an answer of another shape',
      () => (server.spoil = () => '{"object":"list","items":[]}'),
      'source_incomplete',
      'no list of buckets',
    ],
    [
      'costs that lack a part',
      () => (server.answers = [...answers, line('costs_total', { amount_value: 5, amount_currency: 'usd' })]),
      'source_incomplete',
      'add up to',
    ],
    ['a key without admin rights', () => (server.denied = /usage|costs/), 'source_denied', 'Admin keys'],
    [
      'another organisation',
      () => (server.answers = [{ ...answers[4]!, organization_id: 'org-other' }]),
      'source_denied',
      'org-other',
    ],
  ])('%s leaves no file and is said', async (_name, spoil, code, detail) => {
    spoil();
    await expect(fetchLast()).rejects.toMatchObject({ code, detail: expect.stringContaining(detail) });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a failure in the middle leaves no file', async () => {
    server.spoil = (path, body) => (path.endsWith('/web_search_calls') ? body.slice(0, -1) : body);
    await expect(fetchLast()).rejects.toMatchObject({ code: 'source_incomplete' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a stop ends it with the reason of the stop', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by a person');
    await expect(fetchLast({ signal: stop.signal, onProgress: () => stop.abort(reason) })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('checking', () => {
  const check = async (of = settings) =>
    (await openaiOrganization.check(of, { endpoint: server.endpoint })).map(({ step, ok, detail }) => ({
      step,
      ok,
      detail,
    }));

  test('a good key passes every step', async () => {
    expect((await check()).map(({ step, ok }) => `${step} ${ok}`)).toEqual(['usage true', 'costs true', 'names true']);
  });

  test('names are optional, and the check says so', async () => {
    server.denied = /projects|users/;
    expect((await check()).at(-1)).toMatchObject({ ok: true, detail: expect.stringContaining('by their IDs') });
  });

  test('a wrong key and a wrong organisation stop at the first step, with what to do and without the key', async () => {
    const stranger = 'sk-admin-stranger-0123456789abcdef';
    for (const wrong of [{ adminKey: stranger }, { organizationId: 'org-elsewhere' }]) {
      const findings = await check(openaiOrganization.parse({ ...filled, ...wrong }));
      expect(findings).toMatchObject([{ step: 'usage', ok: false, detail: expect.stringContaining('Admin keys') }]);
      expect(JSON.stringify(findings)).not.toContain(stranger);
    }
  });
});
