import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseExact } from '../../../usage/answers/index.ts';
import type { AnswerServer } from '../../testing/answer-server.ts';
import { openrouterActivity } from './index.ts';
import { type OpenRouterAnswers, startOpenRouterServer } from './testing/openrouter-server.ts';

const filled = { managementKey: 'sk-or-v1-0123456789abcdef', account: 'Larkmoor' };
const settings = openrouterActivity.parse(filled);
const PRODUCT = '11111111-1111-4111-8111-111111111111';
let answers: OpenRouterAnswers;
let server: AnswerServer;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  answers = {
    activity: [line('2026-10-24', '0.5'), line('2026-11-02', '0.1234567890123456789'), line('2026-11-22', '7e-7')],
    workspaces: [{ id: PRODUCT, name: 'Product' }],
    managementKey: filled.managementKey,
    inferenceKey: 'sk-or-v1-inference',
  };
  server = await startOpenRouterServer(answers);
  folder = await mkdtemp(join(tmpdir(), 'openrouter-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function line(date: string, usage: string, more: object = {}): Record<string, unknown> {
  const delivered = parseExact(`{"date":"${date}","usage":${usage},"byok_usage_inference":0}`) as object;
  const names = { model: 'openai/gpt-5.4', model_permaslug: 'openai/gpt-5.4-20260305', provider_name: 'OpenAI' };
  const tokens = { requests: 2, prompt_tokens: 30, completion_tokens: 20, reasoning_tokens: 5 };
  return { ...delivered, ...names, endpoint_id: 'e-1', ...tokens, workspace_id: PRODUCT, ...more };
}

const list = (of = settings) => openrouterActivity.list(of, { endpoint: server.endpoint });
const fetch = async (month = '2026-11-01', of = settings, signal?: AbortSignal) => {
  const period = (await list(of)).find(({ billingPeriod }) => billingPeriod === month)!;
  const context = { endpoint: server.endpoint, ...(signal && { signal }) };
  const { files } = await openrouterActivity.fetch(of, period, folder, context);
  const text = await readFile(files[0]!, 'utf8');
  return text.trimEnd().split('\n');
};

describe('listing', () => {
  test('the months of the last 30 completed days; of the first one only its told days are replaced', async () => {
    const periods = await list();
    expect(periods.map(({ billingPeriod, heldFrom }) => [billingPeriod, heldFrom])).toEqual([
      ['2026-10-01', '2026-10-24'],
      ['2026-11-01', undefined],
    ]);
    vi.setSystemTime('2026-12-31T12:00:00Z');
    expect(await list()).toMatchObject([{ billingPeriod: '2026-12-01' }]);
    expect(openrouterActivity.retainedMonths).toBe(0);
  });

  test('an open month has another token every six hours, a settled one keeps its', async () => {
    const [october, november] = await list();
    vi.setSystemTime('2026-11-23T17:59:00Z');
    expect((await list()).map(({ changeToken }) => changeToken)).toEqual([october!.changeToken, november!.changeToken]);
    vi.setSystemTime('2026-11-23T18:00:00Z');
    const later = await list();
    expect(later.map(({ changeToken }) => changeToken)).toEqual([october!.changeToken, expect.any(String)]);
    expect(later[1]!.changeToken).not.toBe(november!.changeToken);
  });

  test('the first day that was chosen is the first one', async () => {
    const later = openrouterActivity.parse({ ...filled, from: '2026-11-03' });
    expect(await list(later)).toMatchObject([{ billingPeriod: '2026-11-01' }]);
    expect(await fetch('2026-11-01', later)).toHaveLength(2);
  });
});

describe('fetching', () => {
  test('each result is a line with the digits of the answer, its day, account and workspace', async () => {
    const [header, ...lines] = await fetch();
    expect(JSON.parse(header!)).toEqual({
      openrouter_answer: 'about',
      charge_start: '2026-11-01T00:00:00Z',
      charge_end: '2026-12-01T00:00:00Z',
      settled_before: '2026-11-23',
      fetched_at: '2026-11-23T12:00:00.000Z',
      account: 'Larkmoor',
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('"usage":0.1234567890123456789,');
    expect(lines[1]).toContain('"usage":7e-7,');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      openrouter_answer: 'activity',
      charge_start: '2026-11-02T00:00:00Z',
      charge_end: '2026-11-03T00:00:00.000Z',
      workspace_id: PRODUCT,
      workspace_name: 'Product',
      reasoning_tokens: 5,
    });
  });

  test('a month of which nothing is told is a file with its first line alone', async () => {
    answers.activity = [];
    expect(await fetch()).toHaveLength(1);
  });

  test('fields that are new are kept, and a time behind the day is no other day', async () => {
    answers.activity = [line('2026-11-02 00:00:00', '1', { cached_tokens: 7 })];
    const [, only] = await fetch();
    expect(JSON.parse(only!)).toMatchObject({ cached_tokens: 7, charge_start: '2026-11-02T00:00:00Z' });
  });

  test('a key that may not list workspaces leaves their ids', async () => {
    answers.workspaces = [];
    const [, first] = await fetch();
    expect(JSON.parse(first!)).toMatchObject({ workspace_id: PRODUCT });
    expect(JSON.parse(first!)).not.toHaveProperty('workspace_name');
  });

  test('days that fell out since the listing are not taken for days without usage', async () => {
    const [october] = await list();
    vi.setSystemTime('2026-11-24T00:00:01Z');
    await expect(
      openrouterActivity.fetch(settings, october!, folder, { endpoint: server.endpoint }),
    ).rejects.toMatchObject({ code: 'source_changed' });
  });

  test('a day whose workspaces do not add up to the account is refused', async () => {
    await server.close();
    let asked = 0;
    const { startAnswerServer } = await import('../../testing/answer-server.ts');
    server = await startAnswerServer(() => ({ json: { data: answers.activity.slice(asked++) } }));
    await expect(fetch('2026-10-01')).rejects.toMatchObject({
      code: 'source_incomplete',
      detail: expect.stringContaining('On 2026-10-24'),
    });
  });

  test.each([
    ['a line without a day', () => [line('soon', '1')]],
    ['tokens that are no number', () => [line('2026-11-02', '1', { prompt_tokens: 'many' })]],
    ['no list', () => ({ rows: [] })],
  ])('%s is refused, and leaves no file', async (_, activity) => {
    await server.close();
    const { startAnswerServer } = await import('../../testing/answer-server.ts');
    server = await startAnswerServer(() => ({ json: { data: activity() } }));
    await expect(fetch()).rejects.toMatchObject({ code: 'source_incomplete' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('too many requests are waited for, as long as the server says', async () => {
    server.failNext(3, 429, { 'retry-after': '0' });
    expect(await fetch()).toHaveLength(3);
  });

  test.each([
    ['too many requests for ever', () => server.failNext(6, 429, { 'retry-after': '0' }), 'source_unavailable'],
    ['an answer that is cut off', () => server.cutNext(), 'source_incomplete'],
    ['a key that was deleted', () => server.failNext(1, 401), 'source_denied'],
  ])('%s: nothing is half loaded', async (_, fail, code) => {
    fail();
    await expect(fetch()).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a stop ends it with the reason of the stop', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by a person');
    stop.abort(reason);
    await expect(fetch('2026-11-01', settings, stop.signal)).rejects.toBe(reason);
  });
});

describe('checking', () => {
  const check = (managementKey: string) =>
    openrouterActivity.check({ ...settings, managementKey }, { endpoint: server.endpoint });

  test('a management key passes', async () => {
    expect((await check(filled.managementKey)).map(({ step, ok }) => `${step} ${ok}`)).toEqual([
      'key true',
      'activity true',
    ]);
  });

  test('a key for inference is told what is needed, and no key is repeated', async () => {
    const findings = await check('sk-or-v1-inference');
    expect(findings).toMatchObject([{ step: 'key', ok: false, detail: expect.stringContaining('management key') }]);
    expect(JSON.stringify([findings, await check('sk-or-v1-unknown')])).not.toContain('sk-or-v1');
  });
});

describe('settings', () => {
  test.each([
    ['managementKey', 'sk-proj-1234'],
    ['from', '2026-13-01'],
    ['account', ''],
  ])('%s = %j is refused by name', (name, value) => {
    expect(() => openrouterActivity.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });

  test('only OpenRouter is called', () => {
    expect(openrouterActivity.allowedHosts(settings)).toEqual(['openrouter.ai']);
  });
});
