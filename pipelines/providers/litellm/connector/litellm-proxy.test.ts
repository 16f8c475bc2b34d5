import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attributionOf } from '../../attribution-file/fixtures.ts';
import type { AnswerServer } from '../../testing/answer-server.ts';
import { liteLlmProxy } from './index.ts';
import { type LiteLlmAnswers, type LoggedRequest, startLiteLlmServer } from './testing/litellm-server.ts';

let answers: LiteLlmAnswers;
let server: AnswerServer;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  answers = { requests: [], adminKey: 'sk-master-0123' };
  server = await startLiteLlmServer(answers);
  folder = await mkdtemp(join(tmpdir(), 'litellm-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

let made = 0;
function request(more: Partial<LoggedRequest> = {}): LoggedRequest {
  made += 1;
  return {
    request_id: `chatcmpl-${made}`,
    startTime: '2026-11-02T10:00:00Z',
    model: 'gpt-5',
    custom_llm_provider: 'openai',
    api_key: '88dc28',
    prompt_tokens: 250,
    completion_tokens: 50,
    ...more,
  };
}

const settings = (detail: string, more: object = {}) =>
  liteLlmProxy.parse({ address: server.endpoint, adminKey: 'sk-master-0123', detail, ...more });

/** The replay server is not known to the public. */
const onThisMachine = { privateNetwork: true };

async function files(detail: string, more: object = {}, month = '2026-11-01', signal?: AbortSignal): Promise<string[]> {
  const chosen = settings(detail, more);
  const context = { ...onThisMachine, ...(signal && { signal }) };
  const periods = await liteLlmProxy.list(chosen, context);
  const period = periods.find(({ billingPeriod }) => billingPeriod === month)!;
  return [...(await liteLlmProxy.fetch(chosen, period, folder, context)).files];
}

/** The lines of a month as they are read: day, provider, model, meter, quantity, tags. */
async function told(detail: string, more: object = {}, month?: string): Promise<string[]> {
  const [file] = await files(detail, more, month);
  const rows = await attributionOf({ 'a.ndjson': await readFile(file!, 'utf8') });
  return rows.map((row) =>
    [row.charge_date, row.provider, row.model, row.meter, row.quantity, row.tags].map(String).join(' '),
  );
}

describe('virtual keys and teams', () => {
  test('one line per day, model, provider, key and meter; the meters of a request are disjoint', async () => {
    const cached = { cache_read_input_tokens: 200, cache_creation_input_tokens: 10 };
    const alias = { user_api_key_alias: 'search-prod', additional_usage_values: cached };
    answers.requests = [
      request({ metadata: alias, team_id: 'team-1' }),
      request({ metadata: alias, team_id: 'team-1' }),
      request({ model: 'claude-sonnet-5', custom_llm_provider: 'anthropic', metadata: alias }),
      request({ model: 'gpt-5', custom_llm_provider: 'azure', api_key: 'f00' }),
      request({ model: 'vertex_ai/gemini-3-pro', custom_llm_provider: 'vertex_ai', api_key: 'f00' }),
    ];
    const search = '{"key":"search-prod","team":"team-1"}';
    expect(await told('keys')).toEqual([
      '2026-11-02 anthropic claude-sonnet-5 cache_write_5m_tokens 10 {"key":"search-prod"}',
      '2026-11-02 anthropic claude-sonnet-5 cached_input_tokens 200 {"key":"search-prod"}',
      '2026-11-02 anthropic claude-sonnet-5 input_tokens 40 {"key":"search-prod"}',
      '2026-11-02 anthropic claude-sonnet-5 output_tokens 50 {"key":"search-prod"}',
      '2026-11-02 azure gpt-5 input_tokens 250 {"key":"f00"}',
      '2026-11-02 azure gpt-5 output_tokens 50 {"key":"f00"}',
      '2026-11-02 google gemini-3-pro input_tokens 250 {"key":"f00"}',
      '2026-11-02 google gemini-3-pro output_tokens 50 {"key":"f00"}',
      `2026-11-02 openai gpt-5 cache_write_tokens 20 ${search}`,
      `2026-11-02 openai gpt-5 cached_input_tokens 400 ${search}`,
      `2026-11-02 openai gpt-5 input_tokens 80 ${search}`,
      `2026-11-02 openai gpt-5 output_tokens 100 ${search}`,
    ]);
  });

  test('the sums of a day that lies on several pages are added up', async () => {
    answers.requests = Array.from({ length: 25 }, () => request());
    const whole = await told('keys');
    answers.pageSize = 2;
    expect(await told('keys')).toEqual(whole);
    expect(whole[0]).toContain('input_tokens 6250');
    expect(server.requests.filter((line) => line.includes('model=gpt-5'))).toHaveLength(1 + 13);
  });

  test('a month without requests is a file without lines', async () => {
    expect(await told('keys', {}, '2026-10-01')).toEqual([]);
  });

  test('pages that go round are an error, and no file is left', async () => {
    answers.requests = Array.from({ length: 5 }, () => request());
    Object.assign(answers, { pageSize: 2, loops: true });
    await expect(files('keys')).rejects.toMatchObject({ code: 'source_incomplete' });
    await expect(files('requests')).rejects.toMatchObject({ code: 'source_incomplete' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the log of requests', () => {
  test('end users, teams and tags of requests are told, added up per day', async () => {
    const of = { end_user: 'c-17', request_tags: ['feature:search', 'nightly', 'User-Agent: curl'], team_id: 'team-1' };
    answers.requests = [request(of), request({ ...of, request_tags: [...of.request_tags].reverse() }), request()];
    const search = '{"customer":"c-17","feature":"search","key":"88dc28","label":"nightly","team":"team-1"}';
    expect(await told('requests')).toEqual([
      `2026-11-02 openai gpt-5 input_tokens 500 ${search}`,
      '2026-11-02 openai gpt-5 input_tokens 250 {"key":"88dc28"}',
      `2026-11-02 openai gpt-5 output_tokens 100 ${search}`,
      '2026-11-02 openai gpt-5 output_tokens 50 {"key":"88dc28"}',
    ]);
  });

  test('both ways tell of the same tokens', async () => {
    answers.requests = [request(), request({ startTime: '2026-11-03T00:00:00Z', model: 'o9' }), request()];
    expect(await told('requests')).toEqual(await told('keys'));
  });

  test('a request at midnight, and one that comes on two pages, counts once', async () => {
    const first = request({ startTime: '2026-11-03T00:00:00Z' });
    answers.requests = [first, request({ startTime: '2026-11-02T23:59:59.9Z' }), first];
    expect((await told('requests')).filter((line) => line.includes('input_tokens'))).toEqual([
      '2026-11-02 openai gpt-5 input_tokens 250 {"key":"88dc28"}',
      '2026-11-03 openai gpt-5 input_tokens 250 {"key":"88dc28"}',
    ]);
  });

  test("an answer out of the proxy's cache was never at the provider", async () => {
    answers.requests = [request({ cache_hit: 'True' }), request({ cache_hit: 'False' })];
    expect((await told('requests'))[0]).toContain('input_tokens 250');
  });

  test('text of prompts and answers is not kept', async () => {
    answers.requests = [{ ...request(), messages: 'a secret', response: 'another' } as LoggedRequest];
    const [file] = await files('requests');
    expect(await readFile(file!, 'utf8')).not.toMatch(/secret|another|chatcmpl/);
  });
});

describe('the connection', () => {
  test('only https, or this machine, and only its own host', () => {
    expect(() => settings('keys', { address: 'http://litellm.example.com' })).toThrow('must begin with https://');
    expect(() => settings('keys', { address: 'https://me@litellm.example.com' })).toThrow('without a user');
    expect(() => settings('keys', { address: 'http://localhost.example.com' })).toThrow('must begin with https://');
    const below = settings('keys', { address: 'https://example.com/litellm/' });
    expect(below.address.href).toBe('https://example.com/litellm/');
    expect(liteLlmProxy.allowedHosts(below)).toEqual(['example.com']);
    expect(liteLlmProxy.role).toBe('attribution');
  });

  test('a key that sees its own requests only is refused, and nothing is written', async () => {
    const own = { adminKey: 'sk-of-somebody' };
    expect(await liteLlmProxy.check(settings('keys', own), onThisMachine)).toMatchObject([
      { step: 'admin_key', ok: false },
    ]);
    await expect(files('keys', own)).rejects.toMatchObject({
      code: 'source_denied',
      detail: expect.stringContaining('proxy_admin_viewer'),
    });
    expect(await readdir(folder)).toEqual([]);
    expect(await liteLlmProxy.check(settings('keys'), onThisMachine)).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test('a busy proxy is asked again, one that stays busy is unavailable, an answer cut off is incomplete', async () => {
    answers.requests = [request()];
    server.failNext(3, 429, { 'retry-after': '0' });
    expect(await told('keys')).toHaveLength(2);
    server.failNext(6, 429, { 'retry-after': '0' });
    await expect(files('keys')).rejects.toMatchObject({ code: 'source_unavailable' });
    server.cutNext('quietly');
    await expect(files('keys')).rejects.toMatchObject({ code: 'source_incomplete' });
  });

  test('counts that are no counts are refused; fields that nobody knows change nothing', async () => {
    answers.requests = [{ ...request(), x_new: { deep: 1 } } as LoggedRequest];
    expect(await told('requests')).toHaveLength(2);
    answers.requests = [request({ prompt_tokens: 0.5 })];
    await expect(files('requests')).rejects.toMatchObject({ code: 'source_incomplete' });
    answers.requests = [request({ prompt_tokens: '250' as unknown as number })];
    expect((await told('requests'))[0]).toContain('input_tokens 250');
  });

  test('a month that can still change has another token later, a chosen first day is the first one', async () => {
    const [september, october, november] = await liteLlmProxy.list(settings('keys'), onThisMachine);
    vi.setSystemTime('2026-11-23T18:00:00Z');
    const later = await liteLlmProxy.list(settings('keys'), onThisMachine);
    expect(later.map(({ changeToken }) => changeToken).slice(0, 2)).toEqual([
      september!.changeToken,
      october!.changeToken,
    ]);
    expect(later[2]!.changeToken).not.toBe(november!.changeToken);
    answers.requests = [request(), request({ startTime: '2026-11-05T00:00:00Z' })];
    expect((await told('requests', { from: '2026-11-05' })).every((line) => line.startsWith('2026-11-05'))).toBe(true);
  });

  test('a proxy in a private network is not asked for strangers', async () => {
    server.requests.length = 0;
    const [finding] = await liteLlmProxy.check(settings('keys'), {});
    expect(finding).toMatchObject({ ok: false, detail: expect.stringContaining('private network') });
    expect(server.requests).toEqual([]);
  });

  test('it stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(files('keys', {}, '2026-11-01', signal)).rejects.toThrow('stopped');
  });
});
