import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Line, withServer } from '../fixtures/fetched.ts';
import { anthropic } from './index.ts';
import { ADMIN_KEY, type AnthropicServerOptions } from './testing/anthropic-server.ts';
import { answers } from './testing/small-organization.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const filled = { dataset: 'analytics', adminKey: ADMIN_KEY };
const settings = anthropic.parse(filled);
const datasets = ['analytics', 'reports'];
const months = (periods: Awaited<ReturnType<typeof anthropic.list>>) =>
  periods.map(({ billingPeriod }) => billingPeriod);

describe('settings', () => {
  test.each([
    ['dataset', 'invoices'],
    ['from', '2026-13-01'],
    ['adminKey', 'sk-ant-api03-abcdefghijklmnop'],
  ])('%s = %j is refused by name', (name, value) => {
    expect(() => anthropic.parse({ ...filled, [name]: value })).toThrow(
      expect.objectContaining({ code: 'settings_invalid', faults: [expect.objectContaining({ column: name })] }),
    );
  });

  test('a key for requests to models is refused with the words that it is one, and is not repeated', () => {
    const parse = () => anthropic.parse({ ...filled, adminKey: 'sk-ant-api03-abcdefghijklmnop' });
    expect(parse).toThrow(/sk-ant-api is for requests to models/);
    expect(parse).not.toThrow(/abcdefgh/);
  });

  test('only one host is called', () => {
    expect(anthropic.allowedHosts(settings)).toEqual(['api.anthropic.com']);
    expect(anthropic.policies(settings)).toHaveLength(1);
  });
});

describe('listing', () => {
  const list = (more = {}) => anthropic.list(anthropic.parse({ ...filled, ...more }), {});

  test('analytics begin with 2026, reports a year ago, and a connection where it is told to', async () => {
    expect(months(await list())).toHaveLength(11);
    expect((await list())[0]).toMatchObject({ billingPeriod: '2026-01-01' });
    expect((await list())[0]).not.toHaveProperty('heldFrom');
    const [first] = await list({ dataset: 'reports' });
    expect(first).toMatchObject({ billingPeriod: '2025-11-01', heldFrom: '2025-11-24' });
    expect(months(await list({ from: '2026-10-15' }))).toEqual(['2026-10-01', '2026-11-01']);
  });

  test('a month is settled a week after its end; until then it is read anew four times a day', async () => {
    const tokens = async () =>
      Object.fromEntries((await list()).map(({ billingPeriod, changeToken }) => [billingPeriod, changeToken]));
    const before = await tokens();
    vi.setSystemTime(new Date('2026-11-23T18:00:00Z'));
    const after = await tokens();
    expect(after['2026-11-01']).not.toBe(before['2026-11-01']);
    expect(after['2026-10-01']).toBe(before['2026-10-01']);
  });
});

describe('fetching', () => {
  test('the file begins with what it is, and has a line for each key, model and kind of price', async () => {
    await withServer({}, async ({ requests }, fetch) => {
      const [about, ...lines] = await fetch();
      expect(about).toMatchObject({
        anthropic_answer: 'about',
        charge_start: '2026-09-01T00:00:00Z',
        charge_end: '2026-10-01T00:00:00Z',
        settled_before: '2026-11-23',
        organization_name: 'Larkmoor',
      });
      expect(lines).toHaveLength(12);
      expect(lines.find(({ api_key_id }) => api_key_id === 'apikey_01Batch')).toMatchObject({
        anthropic_answer: 'analytics_usage',
        workspace_name: 'Shop',
        workspace_tags: { team: 'checkout' },
        api_key_name: 'nightly',
        principal_id: 'svac_01Night',
        service_tier: 'batch',
        inference_geo: 'global',
        output_tokens: 1000,
        delivered: { group: { inference_geo: null } },
      });
      expect(requests.every((request) => request.split('group_by[]=').length - 1 <= 7)).toBe(true);
    });
  });

  test.each(datasets)('%s: all pages are read, of names too', async (dataset) => {
    const whole = await withServer({}, (_server, fetch) => fetch(dataset));
    await withServer({ pageSize: 1 }, async ({ requests }, fetch) => {
      expect(bare(await fetch(dataset))).toEqual(bare(whole));
      expect(requests.some((request) => /workspaces.*after_id=/.test(request))).toBe(true);
    });
  });

  test('amounts keep the digits that they are delivered with', async () => {
    const text = '12345678901234567890.12345678';
    const costs = [{ ...answers.costs[0]!, amount: text, list_amount: text }];
    const interfere: AnthropicServerOptions['interfere'] = (_url, body) => ({
      body: body.replaceAll(`"amount":"${text}"`, `"amount":${text}`),
    });
    const lines = await withServer({ answers: { ...answers, costs }, interfere }, (_server, _fetch, folder) =>
      rawText(_server.endpoint, folder),
    );
    expect(lines).toContain(`"amount":${text},"list_amount":"${text}"`);
  });

  test.each(datasets)('%s: a month with nothing in it is a file that says so', async (dataset) => {
    await withServer({}, async (_server, fetch) => expect(await fetch(dataset, '2026-08-01')).toHaveLength(1));
  });

  test('of the running month, the days until today are asked for', async () => {
    await withServer({}, async ({ requests }, fetch) => {
      await fetch('analytics', '2026-11-01');
      expect(requests.at(-1)).toContain('ending_at=2026-11-24T00:00:00Z');
    });
  });

  test('the reports are read without speed where that is not open', async () => {
    await withServer({ withoutSpeed: true }, async (_server, fetch) => {
      const lines = await fetch('reports');
      expect(lines.filter(({ anthropic_answer }) => anthropic_answer === 'report_usage')).toHaveLength(3);
    });
  });

  test('a stop ends it with the reason of the stop', async () => {
    await withServer({}, async ({ endpoint }, _fetch, folder) => {
      const stop = new AbortController();
      const reason = new Error('stopped by a person');
      const [period] = await anthropic.list(settings, {});
      const context = { endpoint, signal: stop.signal, onProgress: () => stop.abort(reason) };
      await expect(anthropic.fetch(settings, period!, folder, context)).rejects.toBe(reason);
      expect(await readdir(folder)).toEqual([]);
    });
  });
});

describe('checking', () => {
  const check = (options: Partial<AnthropicServerOptions>, of = settings) =>
    withServer(options, ({ endpoint }) => anthropic.check(of, { endpoint }));

  test.each(datasets)('%s: a good connection passes every step', async (dataset) => {
    const findings = await check({}, anthropic.parse({ ...filled, dataset }));
    expect(findings.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
      'organization true',
      'usage true',
      'cost true',
      'workspaces true',
      'api_keys true',
    ]);
  });

  test('a key that is none of theirs is told at the first step', async () => {
    const [finding, ...more] = await check({ adminKey: 'sk-ant-admin01-another-key' });
    expect(finding).toMatchObject({ step: 'organization', ok: false, detail: expect.stringContaining('Admin keys') });
    expect(more).toEqual([]);
    expect(finding!.detail).not.toContain(ADMIN_KEY);
  });

  test('where analytics are not open, the other dataset is named', async () => {
    expect((await check({ withoutAnalytics: true })).at(-1)).toMatchObject({
      step: 'usage',
      ok: false,
      detail: expect.stringContaining('Usage and cost reports'),
    });
    const reports = anthropic.parse({ ...filled, dataset: 'reports' });
    expect((await check({ withoutAnalytics: true }, reports)).every(({ ok }) => ok)).toBe(true);
  });
});

/** Without what differs from one reading to the next. */
function bare(lines: readonly Line[]): Line[] {
  return lines.map(({ fetched_at, ...line }) => line);
}

async function rawText(endpoint: string, folder: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const period = (await anthropic.list(settings, {})).find(({ billingPeriod }) => billingPeriod === '2026-09-01')!;
  const { files } = await anthropic.fetch(settings, period, folder, { endpoint });
  return readFile(files[0]!, 'utf8');
}
