import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseExact } from '../../../usage/answers/index.ts';
import type { AnswerServer } from '../../testing/answer-server.ts';
import { october } from '../fixtures/october.ts';
import { mistralAdmin } from './index.ts';
import { ADMIN_KEY, startMistralServer } from './testing/mistral-server.ts';

const filled = { adminKey: ADMIN_KEY, organizationId: 'org-1' };
const settings = mistralAdmin.parse(filled);
const period = { billingPeriod: '2026-10-01', changeToken: 'x', deliveredAt: null, parts: [] };
let server: AnswerServer | undefined;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'mistral-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function serve(members: object = october): Promise<AnswerServer> {
  await server?.close();
  server = await startMistralServer({ '2026-10': members });
  return server;
}
async function fetched(members?: object, of = settings) {
  const { endpoint } = await serve(members);
  const { files } = await mistralAdmin.fetch(of, period, folder, { endpoint });
  const text = await readFile(files[0]!, 'utf8');
  return {
    text,
    lines: text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}
async function refusal({ endpoint }: AnswerServer, of = settings) {
  const error = await mistralAdmin.fetch(of, period, folder, { endpoint }).catch((reason) => reason);
  expect(await readdir(folder)).toEqual([]);
  return error;
}

describe('listing', () => {
  test('is every month since the first, a year back; a month is settled five days after its end', async () => {
    const months = await mistralAdmin.list(settings, {});
    expect(months.length).toBe(13);
    expect(months[0]!.billingPeriod).toBe('2025-11-01');
    expect(mistralAdmin.retainedMonths).toBe(0);
    const later = await mistralAdmin.list(mistralAdmin.parse({ ...filled, from: '2026-10-12' }), {});
    expect(later.map(({ billingPeriod }) => billingPeriod)).toEqual(['2026-10-01', '2026-11-01']);
    vi.setSystemTime(new Date('2026-11-23T18:00:00Z'));
    const [settled, open] = await mistralAdmin.list(mistralAdmin.parse({ ...filled, from: '2026-10-12' }), {});
    expect(settled!.changeToken).toBe(later[0]!.changeToken);
    expect(open!.changeToken).not.toBe(later[1]!.changeToken);
  });
});

describe('fetching', () => {
  test('writes the header, the prices, and each entry with its own price, digits as delivered', async () => {
    const [header, ...lines] = (await fetched()).lines;
    expect(header).toMatchObject({
      mistral_answer: 'about',
      charge_start: '2026-10-01T00:00:00Z',
      charge_end: '2026-11-01T00:00:00Z',
      organization_id: 'org-1',
      currency: 'EUR',
    });
    expect(lines.filter(({ mistral_answer }) => mistral_answer === 'price').length).toBe(9);
    const usage = lines.filter(({ mistral_answer }) => mistral_answer === 'usage');
    expect(usage.map(({ category, model_id, metric, unit_price }) => [category, model_id, metric, unit_price])).toEqual(
      [
        ['completion', 'mistral-large-2512', 'input', '0.0000017000'],
        ['completion', 'mistral-large-2512', 'input', '0.0000017000'],
        ['completion', 'mistral-large-2512', 'output', '5.1E-6'],
        ['completion', 'mistral-large-2512', 'cached', '0.00000017'],
        ['completion', 'mistral-small-2603', 'input', '9E-8'],
        ['libraries_api.pages', 'mistral-ocr-2512', 'input', '0.001'],
        ['audio', 'voxtral-mini-2602', 'input', '0.0001'],
        ['vibe_code.completion', 'mistral-large-2512', 'input', '0.000001'],
      ],
    );
    expect(usage[0]).toMatchObject({ price_assumed: 'api_zone service_tier', charge_end: '2026-10-02T00:00:00Z' });
    expect(usage[4]).toMatchObject({ value: 1000, value_paid: 600, item: { note: 'free tier' }, price_assumed: null });
    expect(usage[6]).toMatchObject({
      value: '120.5',
      charge_start: '2026-10-01T00:00:00Z',
      charge_end: '2026-11-01T00:00:00Z',
    });
    expect(server!.requests).toEqual(['GET /v1/admin/usage?month=10&year=2026']);
  });

  test('digits of numbers stay as they are written', async () => {
    const value = parseExact('12345678901234567.10');
    const { text } = await fetched({ audio: { models: { m: { input: [{ value }] } } } });
    expect(text).toContain('"value":12345678901234567.10,"value_paid":12345678901234567.10');
  });

  test('a category, a field and an event that nobody knows are kept', async () => {
    const { lines } = await fetched({
      robots: { arms: { models: { 'arm-1': { moves: [{ value: 3, colour: 'red', event_type: 'api_moves' }] } } } },
      fine_tuning: { training: { 'ft-1': { tokens: [{ value: 9 }] } }, storage: { 'ft-1': 2 } },
    });
    const usage = lines.filter(({ mistral_answer }) => mistral_answer === 'usage');
    expect(
      usage.map(({ category, model, metric, event_type, unit_price }) => [
        category,
        model,
        metric,
        event_type,
        unit_price,
      ]),
    ).toEqual([
      ['fine_tuning.training', 'ft-1', 'tokens', null, null],
      ['fine_tuning.storage', 'ft-1', 'storage', null, null],
      ['robots.arms', 'arm-1', 'moves', 'api_moves', null],
    ]);
    expect(usage[2].item).toEqual({ value: 3, colour: 'red', event_type: 'api_moves' });
  });

  test('one workspace is asked for where the settings name one', async () => {
    const { lines } = await fetched({}, mistralAdmin.parse({ ...filled, workspaceId: 'ws-7' }));
    expect(lines[0].workspace_id).toBe('ws-7');
    expect(server!.requests[0]).toContain('&workspace_id=ws-7');
  });

  const bad = (input: unknown) => ({ completion: { models: { m: { input } } } });
  test.each([
    ['an entry without a value', bad([{ note: 'x' }]), 'completion.m.input has an entry without a value'],
    ['an entry that is a truth', bad([true]), 'completion.models.m.input[0] is no entry'],
    ['a value that is no number', bad([{ value: 'many' }]), 'completion.m.input.value is no number'],
    ['a day of another month', bad([{ value: 1, timestamp: '2026-11-01' }]), 'which is not in the month'],
    ['an answer of another month', { start_date: '2026-09-01T00:00:00Z' }, '2026-10 was asked for'],
    ['prices that are no list', { prices: 'none' }, 'prices is no array'],
    ['prices in no currency', { ...october, currency: null }, 'currency is missing'],
  ])('%s is refused with its place, and leaves no file', async (_case, members, text) => {
    expect(await refusal(await serve(members))).toMatchObject({
      code: 'source_incomplete',
      detail: expect.stringContaining(text),
    });
  });

  test('a busy API is asked again; when it stays busy, nothing is left', async () => {
    const { endpoint, failNext, requests } = await serve();
    failNext(3, 429, { 'retry-after': '0' });
    const { files } = await mistralAdmin.fetch(settings, period, folder, { endpoint });
    expect(requests.length).toBe(4);
    await rm(files[0]!);
    failNext(99, 429, { 'retry-after': '0' });
    expect(await refusal(server!)).toMatchObject({ code: 'source_unavailable' });
    await serve();
    server!.failNext(1, 429, { 'retry-after': '3600' });
    expect(await refusal(server!)).toMatchObject({
      code: 'source_unavailable',
      detail: expect.stringContaining('3600 seconds'),
    });
  });

  test('a body that is cut off is no month', async () => {
    (await serve()).cutNext();
    expect(await refusal(server!)).toMatchObject({ code: 'source_incomplete' });
  });
});

describe('rights', () => {
  test('a key without admin rights is told which key it takes, and never repeated', async () => {
    const other = mistralAdmin.parse({ ...filled, adminKey: 'a-key-for-models-only' });
    const error = await refusal(await serve(), other);
    expect(error).toMatchObject({ code: 'source_denied', detail: expect.stringContaining('Enterprise') });
    expect(error.detail).not.toContain(other.adminKey);
  });

  test('the check says what is missing', async () => {
    const { endpoint, failNext } = await serve();
    expect(await mistralAdmin.check(settings, { endpoint })).toEqual([
      expect.objectContaining({ step: 'read_usage', ok: true }),
      expect.objectContaining({ step: 'prices', ok: true }),
    ]);
    failNext(1, 404);
    expect(await mistralAdmin.check(settings, { endpoint })).toEqual([
      expect.objectContaining({ step: 'read_usage', ok: false, detail: expect.stringContaining('Enterprise') }),
    ]);
  });

  test.each([
    ['adminKey', 'short'],
    ['organizationId', 'not an id'],
    ['from', 'October'],
  ])('%s: %s is refused by name', (name, value) => {
    expect(() => mistralAdmin.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });
});
