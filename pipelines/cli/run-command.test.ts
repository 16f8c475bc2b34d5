import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConvertReport } from '../convert/index.ts';
import { type DemoAnswers, generateDemoAnswers, startReplay } from '../demo/index.ts';
import { validateFocusFile } from '../focus/validate/index.ts';
import { connectorById } from '../providers/connectors.ts';
import { run } from './run.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
let folder: string;
let answers: DemoAnswers[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-run-test-'));
  answers = await generateDemoAnswers({ directory: folder, endMonth: '2026-11', today: '2026-11-23' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function cloudact(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await run(args, {
    terminal: { out: (text) => out.push(text), error: (text) => error.push(text), screen: undefined },
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

const out = (name: string) => join(folder, name);
const answersOf = (provider: string) => answers.find((one) => one.provider === provider)!;

describe.each(['openai', 'anthropic'])('a year of %s', (provider) => {
  let report: ConvertReport & { billingPeriods: string[]; notFetched: string[] };
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    const { code, out: json } = await cloudact(
      ...['run', provider, '--replay', answersOf(provider).folder, '--out', out(`${provider}.parquet`), '--json'],
    );
    expect(code).toBe(0);
    report = JSON.parse(json);
  }, 60_000);

  test('every month is billed what the provider’s costs add up to, to the last digit', () => {
    const expected = answersOf(provider)
      .months.map(({ month, total }) => ({
        billingPeriod: `${month}-01`,
        source: decimal(total),
        focus: decimal(total),
      }))
      .filter(({ billingPeriod }) => report.billingPeriods.includes(billingPeriod));
    // Of the day that runs there are no costs yet: its usage is estimated.
    expect(report.totals.slice(0, -1)).toMatchObject(expected.slice(0, -1));
    expect(report.totals.length).toBe(expected.length);
    expect(report.totals.every(({ difference }) => difference === '0')).toBe(true);
  });

  test('what is written breaks no MUST of FOCUS 1.3', async () => {
    const { rules } = await validateFocusFile(out(`${provider}.parquet`));
    expect(rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')).toEqual([]);
  }, 60_000);

  test('the price book explains it: all usage has a price, and what differs has a cause', () => {
    expect(report.unpriced).toEqual([]);
    const causes = new Set(report.drift.map(({ cause }) => cause));
    expect(causes.has('none')).toBe(true);
    expect(causes.has(provider === 'anthropic' ? 'discount' : 'unknown')).toBe(true);
    expect(causes.has('price missing')).toBe(false);
  });
});

test.each(['openai', 'anthropic'])(
  '%s on the first day of a month: the month before is complete',
  async (provider) => {
    vi.setSystemTime(new Date('2026-12-01T06:00:00Z'));
    const directory = join(folder, `first-${provider}`);
    const first = { directory, endMonth: '2026-12', today: '2026-12-01', months: 2, providers: [provider] };
    const [demo] = (await generateDemoAnswers(first)) as [DemoAnswers];
    const result = await cloudact('run', provider, '--replay', demo.folder, '--out', out('first.csv'), '--json');
    expect(result.code).toBe(0);
    const [november] = (JSON.parse(result.out) as ConvertReport).totals;
    expect(november).toMatchObject({
      billingPeriod: '2026-11-01',
      focus: decimal(demo.months[0]!.total),
      difference: '0',
    });
  },
  60_000,
);

test('months that the provider no longer tells of are named and left out', async () => {
  const { folder: replay } = answersOf('anthropic');
  const { code, out: text, error } = await cloudact('run', 'anthropic', '--replay', replay, '--out', out('named.csv'));
  expect(code).toBe(0);
  expect(error).toContain('no longer tells of them: 2025-11, 2025-12');
  expect(text).toContain('2026-01-01');
  expect(text).toContain('Usage by the price book: USD');
}, 60_000);

test('--from begins with the month of that day; files of the connector can be replayed like the answers', async () => {
  const of = async (replay: string, name: string) => {
    const result = await cloudact(
      'run',
      'openai',
      '--replay',
      replay,
      '--from',
      '2026-10-07',
      '--out',
      out(name),
      '--json',
    );
    expect([result.code, result.error.includes('Fetching 2026-10')]).toEqual([0, true]);
    return (JSON.parse(result.out) as ConvertReport).totals;
  };
  const totals = await of(answersOf('openai').folder, 'from.csv');
  expect(totals.map(({ billingPeriod }) => billingPeriod)).toEqual(['2026-10-01', '2026-11-01']);

  const connector = connectorById('openai-organization')!;
  const replay = await startReplay(connector.id, answersOf('openai').folder);
  const settings = connector.parse(replay.settings);
  const context = { endpoint: replay.endpoint };
  const lines = out('lines');
  await mkdir(lines);
  for (const period of (await connector.list(settings, context)).slice(-2)) {
    await connector.fetch(settings, period, lines, context);
  }
  await replay.close();
  expect(await of(lines, 'again.csv')).toEqual(totals);
  expect(await readFile(out('again.csv'), 'utf8')).toBe(await readFile(out('from.csv'), 'utf8'));
}, 60_000);

describe('what cannot be run is said, and nothing is written', () => {
  const failed = async (...args: string[]) => {
    const { code, error, out: text } = await cloudact('run', ...args, '--out', out('never.csv'));
    expect(text).toBe('');
    await expect(readFile(out('never.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
    return [code, error] as const;
  };

  test.each([
    [['nobody'], 2, 'There is no connector "nobody"'],
    [['claude-code'], 2, 'bills nothing'],
    [['openai', '--from', 'soon'], 2, 'is no day'],
    [['aws', '--replay', '.'], 2, 'cannot be replayed'],
    [['openai', '--replay', 'nowhere'], 1, 'There is no folder nowhere'],
    [['openai', '--settings', 'nowhere.json'], 1, 'nowhere.json cannot be read'],
    [['openai'], 1, 'adminKey'],
  ])('%j', async (args, code, said) => {
    expect(await failed(...args)).toEqual([code, expect.stringContaining(said)]);
  });

  test('a folder without answers, and one with a file that is broken', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    await writeFile(join(empty, 'other.json'), '{"data":[{"id":1}]}');
    expect(await failed('openai', '--replay', empty)).toEqual([1, expect.stringContaining('Nothing in')]);
    await writeFile(join(empty, 'cut.json'), '{"data":[');
    expect(await failed('openai', '--replay', empty)).toEqual([1, expect.stringContaining('cut.json')]);
  });

  test('settings come from the file or the environment, and a secret is never repeated', async () => {
    const settings = join(folder, 'settings.json');
    await writeFile(settings, JSON.stringify({ organizationId: 'org-larkmoor' }));
    vi.stubEnv('CLOUDACT_ADMIN_KEY', 'sk-proj-an-ordinary-key-0123456789');
    const [code, error] = await failed('openai', '--settings', settings);
    expect([code, error]).toEqual([1, expect.stringContaining('sk-admin-')]);
    expect(error).not.toContain('0123456789');
    await writeFile(settings, '{"adminKey": sk-secret}');
    expect((await failed('openai', '--settings', settings))[1]).not.toContain('sk-secret');
  });
});
