import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attributionOf } from '../../attribution-file/fixtures.ts';
import type { AnswerServer } from '../../testing/answer-server.ts';
import { knownModel } from '../models.ts';
import { langfuseProject } from './index.ts';
import { type LangfuseAnswers, startLangfuseServer, type TracedCall } from './testing/langfuse-server.ts';

const keys = { publicKey: 'pk-lf-0123456789', secretKey: 'sk-lf-0123456789' };
let answers: LangfuseAnswers;
let server: AnswerServer;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-03T12:00:00Z') });
  answers = { calls: [], keys: `${keys.publicKey}:${keys.secretKey}` };
  server = await startLangfuseServer(answers);
  folder = await mkdtemp(join(tmpdir(), 'langfuse-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function call(more: Partial<TracedCall> = {}): TracedCall {
  const names = { providedModelName: 'gpt-5', environment: 'production', traceName: 'chat', name: 'answer' };
  return { startTime: '2026-11-02T10:00:00Z', ...names, inputTokens: 250, outputTokens: 50, ...more };
}

const settings = (more: object = {}) => langfuseProject.parse({ address: server.endpoint, ...keys, ...more });

async function fetch(more: object = {}): Promise<string> {
  const chosen = settings(more);
  const period = (await langfuseProject.list(chosen, {})).at(-1)!;
  const { files } = await langfuseProject.fetch(chosen, period, folder, { privateNetwork: true });
  return readFile(files[0]!, 'utf8');
}

async function told(more: object = {}): Promise<string[]> {
  const rows = await attributionOf({ 'a.ndjson': await fetch(more) });
  return rows.map((row) =>
    [row.charge_date, row.provider, row.model, row.meter, row.quantity, row.tags].map(String).join(' '),
  );
}

const chat = '"environment":"production"';

describe('fetching', () => {
  test('one line per day, model and set of tags, in tokens of every kind', async () => {
    answers.calls = [
      call({ tags: ['feature:search', 'nightly'] }),
      call({ tags: ['feature:search', 'nightly'], outputTokens: 51 }),
      call({ startTime: '2026-11-01T00:00:00Z', providedModelName: 'claude-sonnet-5', type: 'EMBEDDING' }),
      call({ startTime: '2026-11-01T23:59:59.999Z', type: 'SPAN' }),
      call({ startTime: '2026-10-31T23:59:59.999Z' }),
    ];
    expect(await told()).toEqual([
      `2026-11-01 anthropic claude-sonnet-5 null 300 {${chat},"name":"answer","trace":"chat"}`,
      `2026-11-02 openai gpt-5 null 601 {${chat},"feature":"search","label":"nightly","name":"answer","trace":"chat"}`,
    ]);
  });

  test('a day with more groups than an answer holds is asked for in halves', async () => {
    answers.calls = Array.from({ length: 2500 }, (_, index) =>
      call({ startTime: new Date(Date.UTC(2026, 10, 2, 0, index % 1440)).toISOString(), name: `n${index}` }),
    );
    expect(await told()).toHaveLength(2500);
  });

  test('more groups in one minute than an answer holds are an error, and no file is left', async () => {
    answers.calls = Array.from({ length: 1000 }, (_, index) => call({ name: `n${index}` }));
    await expect(fetch()).rejects.toMatchObject({ code: 'source_incomplete' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a server that counts a call once for each tag is asked without tags', async () => {
    Object.assign(answers, { calls: [call({ tags: ['a', 'b'] })], repeatsTags: true });
    expect(await told()).toEqual([`2026-11-02 openai gpt-5 null 300 {${chat},"name":"answer","trace":"chat"}`]);
  });

  test('a model that nobody knows, or none, belongs to no bill; a chosen provider has all of them', async () => {
    answers.calls = [call({ providedModelName: 'house-model' }), call({ providedModelName: null })];
    expect(await told()).toEqual([]);
    expect(await told({ provider: 'azure' })).toEqual([
      `2026-11-02 azure house-model null 300 {${chat},"name":"answer","trace":"chat"}`,
    ]);
  });

  test('a busy server is asked again, one that stays busy is unavailable, an answer cut off is incomplete', async () => {
    answers.calls = [call()];
    server.failNext(3, 429, { 'retry-after': '0' });
    expect(await told()).toHaveLength(1);
    server.failNext(6, 429, { 'retry-after': '0' });
    await expect(fetch()).rejects.toMatchObject({ code: 'source_unavailable' });
    server.cutNext('quietly');
    await expect(fetch()).rejects.toMatchObject({ code: 'source_incomplete' });
    answers.calls = [call({ inputTokens: 0.5, outputTokens: 0 })];
    await expect(fetch()).rejects.toMatchObject({ code: 'source_incomplete' });
  });
});

describe('the connection', () => {
  test('keys that are refused, and a server without the API, are said in the check', async () => {
    expect(await langfuseProject.check(settings(), { privateNetwork: true })).toMatchObject([
      { step: 'metrics', ok: true },
    ]);
    const other = settings({ secretKey: 'sk-lf-9999999999' });
    expect(await langfuseProject.check(other, { privateNetwork: true })).toMatchObject([
      { ok: false, detail: expect.stringContaining('same project') },
    ]);
    server.failNext(1, 404);
    expect(await langfuseProject.check(settings(), { privateNetwork: true })).toMatchObject([
      { ok: false, detail: expect.stringContaining('Metrics API v2') },
    ]);
  });

  test('only https or this machine; keys of the right class', () => {
    expect(() => settings({ address: 'http://langfuse.example.com' })).toThrow('must begin with https://');
    expect(() => settings({ publicKey: 'sk-lf-0123456789' })).toThrow('pk-lf-');
    expect(() => settings({ secretKey: 'secret-that-is-none' })).toThrow(/^(?!.*secret-that-is-none)/);
    expect(langfuseProject.role).toBe('attribution');
  });
});

test.each([
  ['gpt-5-2026-03-05', 'openai', 'gpt-5-2026-03-05'],
  ['o9-mini', 'openai', 'o9-mini'],
  ['us.anthropic.claude-sonnet-5-v1:0', 'aws', 'us.anthropic.claude-sonnet-5-v1:0'],
  ['anthropic/claude-sonnet-5', 'anthropic', 'claude-sonnet-5'],
  ['text-embedding-004', 'google', 'text-embedding-004'],
  ['codestral-latest', 'mistral', 'codestral-latest'],
  ['grok-5', 'x-ai', 'grok-5'],
])('the model %s is of %s', (name, provider, model) => {
  expect(knownModel(name, undefined)).toEqual({ provider, model });
});
