import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteText } from '../landing/index.ts';
import { attributionColumns } from './attribution.ts';
import { splitColumns, splitUsageSql } from './split-usage.ts';
import { selectList, usageColumns } from './usage-source.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ inputs: [], outputs: [] });
});
afterAll(() => workbench.close());

type Usage = Partial<Record<keyof typeof usageColumns | 'provider', string | null>>;
type Attribution = Partial<Record<keyof typeof attributionColumns, string | null>>;

interface Part {
  source_row: string;
  quantity: string;
  allocated_tags: string | null;
  allocated_share: string;
  split_of: string;
}

const cell = (value: string | null | undefined) => (value === null || value === undefined ? 'NULL' : quoteText(value));

async function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, string | null>>[],
): Promise<void> {
  const select = (row: Readonly<Record<string, string | null>>) =>
    `SELECT ${selectList(columns, Object.fromEntries(Object.keys(columns).map((key) => [key, cell(row[key])])))}`;
  await workbench.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${select({})} LIMIT 0`);
  if (rows.length > 0) await workbench.run(`INSERT INTO ${name} ${rows.map(select).join(' UNION ALL ')}`);
}

/** Quantities in the order of the source rows and tags. */
async function split(
  usage: readonly Usage[],
  attribution: readonly Attribution[],
  models: readonly (readonly [string, string])[] = [],
): Promise<Part[]> {
  const day = { charge_start: '2026-10-01', charge_end: '2026-10-02', account_id: 'org', provider: 'openai' };
  const numbered = usage.map((row, index) => ({ ...day, source_row: String(index), meter: 'input_tokens', ...row }));
  const told = attribution.map((row) => ({ charge_date: '2026-10-01', provider: 'openai', tags: '{}', ...row }));
  await table('usage', { ...usageColumns, provider: 'VARCHAR' }, numbered);
  await table('told', attributionColumns, told);
  await table('models', { delivered: 'VARCHAR', canonical: 'VARCHAR' }, names(models));
  const sql = splitUsageSql({ usage: 'usage', attribution: 'told', models: 'models' });
  return workbench.rows<Part>(`SELECT source_row, quantity, allocated_tags, allocated_share, split_of FROM (${sql})
    ORDER BY source_row, allocated_tags NULLS LAST`);
}

function names(models: readonly (readonly [string, string])[]) {
  return models.map(([delivered, canonical]) => ({ delivered, canonical }));
}

function short(parts: readonly Part[]): string[] {
  return parts.map(
    ({ source_row, quantity, allocated_tags }) =>
      `${source_row}: ${quantity.replace(/\.?0+$/, '')} ${allocated_tags ?? '-'}`,
  );
}

const x = '{"feature":"x"}';
const y = '{"feature":"y"}';

describe('splitting usage by who it was for', () => {
  test('what was told is cut off exactly, the rest stays unattributed', async () => {
    const parts = await split(
      [{ quantity: '1000' }],
      [
        { meter: 'input_tokens', quantity: '300', tags: x },
        { meter: 'input_tokens', quantity: '100', tags: y },
      ],
    );
    expect(short(parts)).toEqual([`0: 300 ${x}`, `0: 100 ${y}`, '0: 600 -']);
    expect(parts.map((part) => part.allocated_share)).toEqual(['0.300000000000', '0.100000000000', '0.600000000000']);
    expect(parts.map((part) => part.split_of)).toEqual(['3', '3', '3']);
  });

  test('a gateway that saw more than was billed is scaled down, and the parts still add up', async () => {
    const told = [
      { meter: 'input_tokens', quantity: '200', tags: x },
      { meter: 'input_tokens', quantity: '100', tags: y },
    ];
    expect(short(await split([{ quantity: '100' }], told))).toEqual([`0: 66.666666 ${x}`, `0: 33.333334 ${y}`]);
  });

  test('usage that nobody told of is one whole row, as it was', async () => {
    const parts = await split([{ quantity: '7' }, { quantity: '0' }, { quantity: '-5' }], []);
    expect(short(parts)).toEqual(['0: 7 -', '1: 0 -', '2: -5 -']);
    expect(parts.map((part) => [part.allocated_share, part.split_of])).toEqual(Array(3).fill(['1.000000000000', '1']));
  });

  test('one told quantity is laid over all rows that it fits, once', async () => {
    const usage = [
      { quantity: '60', tier: 'batch' },
      { quantity: '40', tier: 'standard' },
    ];
    expect(short(await split(usage, [{ meter: 'input_tokens', quantity: '50', tags: x }]))).toEqual([
      `0: 30 ${x}`,
      '0: 30 -',
      `1: 20 ${x}`,
      '1: 20 -',
    ]);
  });

  test('what names a key goes first, what names none takes from what is left', async () => {
    const usage = [
      { quantity: '100', api_key_id: 'a' },
      { quantity: '100', api_key_id: 'b' },
    ];
    const told = [
      { meter: 'input_tokens', quantity: '100', tags: x, api_key_id: 'a' },
      { meter: 'input_tokens', quantity: '100', tags: y },
    ];
    expect(short(await split(usage, told))).toEqual([`0: 100 ${x}`, `1: 100 ${y}`]);
  });

  test('tokens without a meter are a share of every meter, after those that name theirs', async () => {
    const usage = [
      { quantity: '800', meter: 'input_tokens' },
      { quantity: '200', meter: 'output_tokens' },
      { quantity: '10', meter: 'web_searches' },
    ];
    expect(short(await split(usage, [{ quantity: '500', tags: x }]))).toEqual([
      `0: 400 ${x}`,
      '0: 400 -',
      `1: 100 ${x}`,
      '1: 100 -',
      `2: 5 ${x}`,
      '2: 5 -',
    ]);
    const both = [
      { quantity: '800', meter: 'input_tokens', tags: y },
      { quantity: '50', tags: x },
    ];
    expect(short(await split(usage, both))).toEqual([
      `0: 800 ${y}`,
      `1: 50 ${x}`,
      '1: 150 -',
      `2: 2.5 ${x}`,
      '2: 7.5 -',
    ]);
  });

  test('models are matched by their names in the price book, on both sides', async () => {
    const models = [
      ['gpt-5-2026-03-05', 'gpt-5'],
      ['openai/gpt-5', 'gpt-5'],
    ] as const;
    const usage = [
      { quantity: '10', model: 'gpt-5-2026-03-05' },
      { quantity: '10', model: 'gpt-5-mini' },
    ];
    const told = [{ quantity: '10', meter: 'input_tokens', model: 'openai/gpt-5', tags: x }];
    expect(short(await split(usage, told, models))).toEqual([`0: 10 ${x}`, '1: 10 -']);
  });

  test('another day, provider, key, sub-account or meter, and a key that usage does not name, are no match', async () => {
    const usage = [{ quantity: '10', model: 'm', api_key_id: null, sub_account_id: 'p' }];
    for (const other of [
      { charge_date: '2026-10-02' },
      { provider: 'anthropic' },
      { api_key_id: 'a' },
      { sub_account_id: 'q' },
      { meter: 'output_tokens' },
      { model: 'n' },
    ]) {
      const told = [{ quantity: '10', meter: 'input_tokens', tags: x, ...other }];
      expect(short(await split(usage, told))).toEqual(['0: 10 -']);
    }
  });

  test('the columns of the usage are passed on, with those of the split behind them', async () => {
    await split([{ quantity: '10' }], [{ quantity: '5', tags: x }]);
    const sql = splitUsageSql({ usage: 'usage', attribution: 'told', models: 'models' });
    const described = await workbench.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${sql}`);
    expect(Object.fromEntries(described.map((row) => [row.column_name, row.column_type]))).toEqual({
      ...usageColumns,
      provider: 'VARCHAR',
      ...splitColumns,
    });
  });
});

const quantity = fc
  .tuple(fc.constantFrom(0, 6, 18), fc.bigInt({ min: 1n, max: 10n ** 14n }))
  .map(([places, digits]) => decimal(digits * 10n ** BigInt(18 - places)));
const chosen = (...values: string[]) => fc.constantFrom(null, ...values);
const usageRow = fc.record({
  charge_start: fc.constantFrom('2026-10-01 00:00:00', '2026-10-01 23:00:00', '2026-10-02 00:00:00'),
  model: chosen('m', 'm-dated', 'n'),
  api_key_id: chosen('a', 'b'),
  sub_account_id: chosen('p'),
  meter: fc.constantFrom('input_tokens', 'output_tokens', 'web_searches'),
  quantity,
});
const toldRow = fc.record({
  charge_date: fc.constantFrom('2026-10-01', '2026-10-02'),
  model: chosen('m', 'n'),
  api_key_id: chosen('a', 'b'),
  sub_account_id: chosen('p'),
  meter: chosen('input_tokens', 'output_tokens', 'web_searches'),
  quantity,
  tags: fc.constantFrom('{}', x, y, '{"user":"u"}'),
});
const usageRows = fc.array(usageRow, { minLength: 1, maxLength: 12 });
const toldRows = fc.array(toldRow, { maxLength: 12 });
const dated = [['m-dated', 'm']] as const;
const runs = { numRuns: 20 };

describe('for any usage and attribution', () => {
  test('the parts of a row add up to it to the last digit, and none is nothing or less', async () => {
    await fc.assert(
      fc.asyncProperty(usageRows, toldRows, async (usage, told) => {
        const parts = await split(usage, told, dated);
        const sums = usage.map((_row, index) =>
          units(parts.filter((part) => part.source_row === String(index)).map((part) => part.quantity)),
        );
        expect(sums.map(decimal)).toEqual(usage.map((row) => row.quantity));
        for (const part of parts) {
          expect(units([part.quantity]) > 0n).toBe(true);
          expect(part.split_of).toBe(String(parts.filter((other) => other.source_row === part.source_row).length));
        }
      }),
      runs,
    );
  });

  test('no tags get more of a meter than was told of them', async () => {
    await fc.assert(
      fc.asyncProperty(usageRows, toldRows, async (usage, rows) => {
        const told = rows.filter((row) => row.meter !== null);
        const parts = await split(usage, told, dated);
        const given = new Map<string, bigint>();
        const add = (key: string, value: bigint) => given.set(key, (given.get(key) ?? 0n) + value);
        for (const row of told) add(`${row.meter} ${row.tags}`, -units([row.quantity]));
        for (const part of parts) {
          const { meter } = usage[Number(part.source_row)]!;
          if (part.allocated_tags !== null) add(`${meter} ${part.allocated_tags}`, units([part.quantity]));
        }
        // Cut at the 12th digit of what was told of a day, then at the 6th or the 18th place.
        const largest = units(rows.map((row) => row.quantity).concat(usage.map((row) => row.quantity)));
        const millionth = 10n ** 12n * BigInt(usage.length + 1);
        for (const surplus of given.values()) expect(surplus <= largest / 10n ** 10n + millionth).toBe(true);
      }),
      runs,
    );
  });

  test('a day is split by what was told of that day alone', async () => {
    await fc.assert(
      fc.asyncProperty(usageRows, toldRows, async (usage, told) => {
        const first = (parts: readonly Part[]) =>
          short(parts.filter((part) => usage[Number(part.source_row)]!.charge_start.startsWith('2026-10-01')));
        const alone = told.filter((row) => row.charge_date === '2026-10-01');
        expect(first(await split(usage, told, dated))).toEqual(first(await split(usage, alone, dated)));
      }),
      runs,
    );
  });

  test('the order of the rows changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(usageRows, toldRows, fc.nat(), async (usage, told, seed) => {
        const numbered = usage.map((row, index) => ({ ...row, source_row: String(index) }));
        const turn = <T>(rows: readonly T[]) =>
          [...rows.slice(seed % (rows.length || 1)), ...rows].slice(0, rows.length);
        const turned = [...numbered].reverse();
        expect(await split(turned, turn(told).reverse(), dated)).toEqual(await split(numbered, turn(told), dated));
      }),
      runs,
    );
  });
});

function decimal(value: bigint): string {
  const digits = value.toString().padStart(19, '0');
  return `${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

function units(quantities: readonly string[]): bigint {
  return quantities.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n);
}
