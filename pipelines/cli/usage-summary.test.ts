import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@cloudact/core/money';
import { describe, expect, test } from 'vitest';
import type { ConvertReport } from '../convert/index.ts';
import { run } from './run.ts';
import { driftLines, unpricedLines } from './usage-summary.ts';

type Drift = ConvertReport['drift'][number];

const day = (changes: Partial<Drift> = {}): Drift => ({
  day: '2026-10-01',
  model: 'gpt-5-mini',
  currency: 'USD',
  billed: decimal('9'),
  estimated: decimal('10'),
  difference: decimal('1'),
  cause: 'discount',
  ...changes,
});

describe('drift', () => {
  test('is one line for each model and cause, the largest first, and a sum of it all', () => {
    const lines = driftLines({
      drift: [
        day(),
        day({ day: '2026-10-02' }),
        day({ model: 'gpt-5', cause: 'unknown', estimated: decimal('1'), difference: decimal('-8') }),
        day({ model: 'o3', cause: 'none', billed: decimal('2'), estimated: decimal('2'), difference: decimal('0') }),
        day({ model: null, cause: 'cost without usage', estimated: decimal('0'), difference: decimal('-9') }),
      ],
    });
    expect(lines[1]).toBe('Usage by the price book: USD 23 at list price, 29 billed, difference -6 (-20.69 %)');
    expect(lines[2]!.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
      ['Model', 'Cause', 'Days'],
      ['no model', 'cost without usage', '1'],
      ['gpt-5', 'unknown', '1'],
      ['gpt-5-mini', 'discount', '2'],
    ]);
  });

  test('is not mentioned where a bill knows none', () => {
    expect(driftLines({ drift: [] })).toEqual([]);
    expect(unpricedLines({ unpriced: [] })).toEqual([]);
  });
});

test('convert shows drift and unpriced usage of a bill of usage, for people and as JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-usage-'));
  const own = { charge_start: '2026-10-01T00:00:00Z', charge_end: '2026-10-02T00:00:00Z', account_id: 'org-larkmoor' };
  const usage = (model: string) => ({
    ...own,
    openai_answer: 'completions',
    model,
    input_tokens: 1_000_000,
    output_tokens: 0,
  });
  const lines = [
    { ...own, openai_answer: 'about', charge_end: '2026-11-01T00:00:00Z', settled_before: '2026-10-01' },
    usage('gpt-5-mini-2025-08-07'),
    {
      ...own,
      openai_answer: 'costs',
      line_item: 'gpt-5-mini-2025-08-07, input',
      amount_value: 0.2,
      amount_currency: 'usd',
    },
    usage('model-of-tomorrow'),
  ];
  const [file, out] = [join(folder, 'openai.ndjson'), join(folder, 'focus.csv')];
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const said: string[] = [];
  const convert = (...more: string[]) =>
    run(['convert', file, '--out', out, ...more], {
      terminal: { out: (text) => said.push(text), error: () => undefined, screen: undefined },
    });
  try {
    expect(await convert()).toBe(0);
    expect(said[0]).toMatch(/Usage by the price book: USD 0.25 at list price, 0.2 billed, difference 0.05 \(25.00 %\)/);
    expect(said[0]).toMatch(
      /no total:\n +1 row +OpenAI API, model-of-tomorrow +1000000 Tokens of Input Tokens +unknown model/,
    );
    await convert('--json');
    expect(JSON.parse(said[1]!)).toMatchObject({
      unpriced: [{ model: 'model-of-tomorrow', quantity: '1000000', reason: 'model' }],
      drift: [{ day: '2026-10-01', billed: '0.2', estimated: '0.25', difference: '0.05' }],
    });
    const own = { provider: 'openai', model: 'model-of-tomorrow', meter: 'input_tokens', price: '7', currency: 'USD' };
    const prices = join(folder, 'prices.json');
    await writeFile(prices, JSON.stringify({ prices: [{ ...own, source: 'Order form 1' }], deployments: [] }));
    await convert('--json', '--prices', prices);
    expect(JSON.parse(said[2]!)).toMatchObject({ unpriced: [], totals: [{ source: '7.2', focus: '7.2' }] });
  } finally {
    await rm(folder, { recursive: true });
  }
});
