import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { landFiles } from '../../../landing/index.ts';
import { attributionFormat } from '../../attribution-file/index.ts';
import { ADMIN_KEY, type AnthropicServerOptions, startAnthropicServer } from '../connector/testing/anthropic-server.ts';
import { answers } from '../connector/testing/small-organization.ts';
import { claudeCode } from './index.ts';

let folder: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-09-05T12:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'cloudact-claude-code-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

const tokens = { input: 100_000, output: 35_000, cache_read: 10_000, cache_creation: 0 };
const row = (more = {}) => ({
  date: '2026-09-01T00:00:00Z',
  actor: { type: 'user_actor', email_address: 'ada@larkmoor.example' },
  customer_type: 'api',
  terminal_type: 'vscode',
  model_breakdown: [{ model: 'claude-opus-5', tokens, estimated_cost: { currency: 'USD', amount: 1025 } }],
  ...more,
});
const rows = [
  row(),
  row({ customer_type: 'subscription' }),
  row({ date: '2026-09-05T00:00:00Z', actor: { type: 'api_actor', api_key_name: 'nightly' }, terminal_type: null }),
];
const workspaces = [...answers.workspaces, { id: 'wrkspc_01Code', name: 'Claude Code' }];
const settings = claudeCode.parse({ adminKey: ADMIN_KEY, from: '2026-08-30' });

async function withServer<T>(
  options: Partial<AnthropicServerOptions>,
  work: (context: { endpoint: string }, requests: string[]) => Promise<T>,
): Promise<T> {
  const server = await startAnthropicServer({ answers: { ...answers, workspaces, claudeCode: rows }, ...options });
  try {
    return await work({ endpoint: server.endpoint }, server.requests);
  } finally {
    await server.close();
  }
}
const fetched = (options: Partial<AnthropicServerOptions> = {}) =>
  withServer(options, async (context, requests) => {
    const period = (await claudeCode.list(settings, context)).at(-1)!;
    const { files } = await claudeCode.fetch(settings, period, folder, context);
    return { file: files[0]!, requests };
  });

test('each day is asked for once, and each kind of tokens of a person, key and model is a line', async () => {
  const { file, requests } = await fetched();
  expect(
    requests.filter((request) => request.includes('claude_code')).map((request) => /at=([-0-9]+)/.exec(request)![1]),
  ).toEqual(['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04', '2026-09-05']);
  const [about, ...lines] = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(about.attribution_source).toBe('about');
  expect(lines.map(({ charge_date, meter, quantity }) => [charge_date, meter, quantity])).toEqual(
    ['2026-09-01', '2026-09-05'].flatMap((day) => [
      [day, 'input_tokens', '100000'],
      [day, 'output_tokens', '35000'],
      [day, 'cached_input_tokens', '10000'],
    ]),
  );
  expect(lines[0]).toEqual({
    attribution_source: 'claude-code',
    charge_date: '2026-09-01',
    provider: 'anthropic',
    model: 'claude-opus-5',
    api_key_id: null,
    sub_account_id: 'wrkspc_01Code',
    meter: 'input_tokens',
    quantity: '100000',
    tags: { user: 'ada@larkmoor.example', tool: 'Claude Code', terminal: 'vscode' },
  });
  expect(lines[3]).toMatchObject({
    api_key_id: 'apikey_01Batch',
    sub_account_id: null,
    tags: { api_key: 'nightly', tool: 'Claude Code' },
  });
});

test.each([
  ['a month of use', rows, '6'],
  ['a month without', [], '0'],
])('%s lands as attribution', async (_, claude, count) => {
  const { file } = await fetched({ answers: { ...answers, claudeCode: claude } });
  const workbench = await openWorkbench({ inputs: [file], outputs: [] });
  try {
    const { table } = await landFiles(workbench, attributionFormat, [file]);
    expect(await workbench.rows(`SELECT count(*) AS rows FROM (${attributionFormat.select(table)})`)).toEqual([
      { rows: count },
    ]);
  } finally {
    await workbench.close();
  }
  expect(claudeCode.format(settings)).toBe(attributionFormat.id);
});

test('a page of a day that comes back leaves no file', async () => {
  const interfere: AnthropicServerOptions['interfere'] = (url, body) =>
    url.pathname.endsWith('claude_code')
      ? { body: JSON.stringify({ ...JSON.parse(body), has_more: true, next_page: 'page_1' }) }
      : undefined;
  await expect(fetched({ interfere })).rejects.toMatchObject({ code: 'source_incomplete' });
  expect(await readdir(folder)).toEqual([]);
});

test('it splits cost, calls one host and checks each right', async () => {
  expect(claudeCode.role).toBe('attribution');
  expect(claudeCode.allowedHosts(settings)).toEqual(['api.anthropic.com']);
  const steps = await withServer({}, (context) => claudeCode.check(settings, context));
  expect(steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
    'organization true',
    'claude_code true',
    'workspaces true',
    'api_keys true',
  ]);
  const denied = await withServer({ adminKey: 'sk-ant-admin01-another-key' }, (context) =>
    claudeCode.check(settings, context),
  );
  expect(denied).toMatchObject([{ step: 'organization', ok: false }]);
});
