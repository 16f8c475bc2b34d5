import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { validateFocusFile } from '../focus/validate/index.ts';
import { bareLine, baseLine, billCsv, type Line } from '../providers/aws/fixtures/bill.ts';
import { awsUsage } from '../providers/focus-file/test-bill.ts';
import { convert } from './convert.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test.each([
  ['only a header', billCsv([]), false],
  ['no readable row', billCsv([{ 'lineItem/UnblendedCost': 'x' }]), true],
])('a bill with %s is refused, and an earlier output stays', async (_, content, skipUnreadable) => {
  const output = await file('out.csv', 'what was there');
  const bill = await file('bill.csv', content);
  await expect(convert({ files: [bill], output, skipUnreadable })).rejects.toMatchObject({
    code: 'rows_unreadable',
    detail: expect.stringContaining('nothing to write'),
  });
  expect(await readFile(output, 'utf8')).toBe('what was there');
});

test('two deliveries of one month are refused; several months and parts of one delivery are not', async () => {
  const line = (id: string, month: string): Line => ({
    'identity/LineItemId': id,
    'identity/TimeInterval': `2025-${month}-05T10:00:00Z/2025-${month}-05T11:00:00Z`,
    'bill/BillingPeriodStartDate': `2025-${month}-01T00:00:00Z`,
  });
  const output = join(folder, 'out.csv');
  const deliver = async (path: string, ...lines: Line[]) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    return file(path, billCsv(lines));
  };
  const march = await deliver('03/first/r-1.csv', line('a', '03'), line('a', '03'));
  const part = await deliver('03/other-part/r-2.csv', line('b', '03'));
  const april = await deliver('04/r-1.csv', line('a', '04'));
  const again = await deliver('03/second/r-3.csv', line('c', '03'), line('a', '03'));
  expect(await convert({ files: [march, part, april], output })).toMatchObject({ rowsWritten: 4 });
  await expect(convert({ files: [march, april, again], output })).rejects.toMatchObject({
    code: 'usage_invalid',
    detail: expect.stringMatching(/2025-03 is delivered twice: .*first and .*second hold/),
  });
});

/** A small CSV reader of the test's own, so that nothing is checked with what it checks. */
function parseCsv(text: string): Record<string, string>[] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    records.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') records.push([]);
  }
  const [header, ...rows] = records.filter((record) => record.length > 1);
  return rows.map((row) => Object.fromEntries(header!.map((name, index) => [name, row[index] ?? ''])));
}

const total = (rows: readonly Record<string, string>[], column: string) =>
  rows.reduce((sum, row) => sum.plus(row[column]!), new Big(0)).toFixed();

const PLAN = 'arn:aws:savingsplans::111111111111:savingsplan/p-1';
const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';
const sku = { 'product/sku': 'S', 'pricing/RateCode': 'S.T.R', 'pricing/unit': 'Hrs', 'lineItem/UsageType': 'Fee' };

/** One line of every type whose price AWS delivers. */
const everyType: Line[] = [
  {},
  { 'lineItem/UsageAmount': '3', 'lineItem/UnblendedRate': '0.09', 'lineItem/UnblendedCost': '0.1' },
  {
    'lineItem/LineItemType': 'DiscountedUsage',
    'lineItem/UnblendedCost': '0',
    'lineItem/UnblendedRate': '0',
    'reservation/ReservationARN': RESERVATION,
    'reservation/EffectiveCost': '0.06',
  },
  {
    'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
    'savingsPlan/SavingsPlanARN': PLAN,
    'savingsPlan/SavingsPlanEffectiveCost': '0.07',
  },
  {
    'lineItem/LineItemType': 'SavingsPlanNegation',
    'savingsPlan/SavingsPlanARN': PLAN,
    'lineItem/UnblendedCost': '-0.096',
  },
  {
    ...bareLine,
    ...sku,
    'lineItem/LineItemType': 'SavingsPlanRecurringFee',
    'lineItem/ProductCode': 'ComputeSavingsPlans',
    'product/ProductName': 'Savings Plans',
    'lineItem/UnblendedCost': '1',
    'savingsPlan/SavingsPlanARN': PLAN,
    'savingsPlan/TotalCommitmentToDate': '1',
    'savingsPlan/UsedCommitment': '0.07',
    'savingsPlan/RecurringCommitmentForBillingPeriod': '1',
  },
  {
    ...bareLine,
    ...sku,
    'lineItem/LineItemType': 'SavingsPlanUpfrontFee',
    'lineItem/ProductCode': 'ComputeSavingsPlans',
    'product/ProductName': 'Savings Plans',
    'lineItem/UnblendedCost': '10',
    'savingsPlan/SavingsPlanARN': PLAN,
  },
  {
    ...bareLine,
    ...sku,
    'lineItem/LineItemType': 'RIFee',
    'lineItem/UsageAmount': '744',
    'lineItem/UnblendedCost': '37.2',
    'reservation/ReservationARN': RESERVATION,
    'reservation/TotalReservedNormalizedUnits': '2976',
    'reservation/UnusedNormalizedUnitQuantity': '176',
    'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': '1',
    'reservation/UnusedRecurringFee': '2',
  },
  {
    ...bareLine,
    ...sku,
    'lineItem/LineItemType': 'Fee',
    'lineItem/UnblendedCost': '500',
    'reservation/ReservationARN': RESERVATION,
    'reservation/TotalReservedNormalizedUnits': '35040',
  },
  { ...bareLine, ...sku, 'lineItem/LineItemType': 'Fee', 'lineItem/UnblendedCost': '100' },
  { ...bareLine, 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '3.21', 'lineItem/TaxType': 'VAT' },
  { ...bareLine, 'lineItem/LineItemType': 'Credit', 'lineItem/UnblendedCost': '-5' },
  { ...bareLine, 'lineItem/LineItemType': 'Refund', 'bill/BillType': 'Refund', 'lineItem/UnblendedCost': '-2' },
];

describe('a bill with every type of line', () => {
  test.each(['out.csv', 'out.parquet', 'out.ndjson', 'out.csv.gz'])('conforms to FOCUS 1.3 as %s', async (name) => {
    const output = join(folder, name);
    await convert({ files: [await file('bill.csv', billCsv(everyType))], output });
    const report = await validateFocusFile(output);
    expect(report.rules.filter((rule) => rule.status === 'failed' && /MUST/.test(rule.keyword))).toEqual([]);
    expect(report.conforms).toBe(true);
  });

  test('ties to the bill, and every row leads back to its line', async () => {
    const output = join(folder, 'out.csv');
    const report = await convert({ files: [await file('bill.csv', billCsv(everyType))], output });
    const written = parseCsv(await readFile(output, 'utf8'));
    expect(report).toMatchObject({ format: { id: 'aws-cur' }, rowsRead: 13, rowsSkipped: 0, rowsWritten: 14 });
    expect(written).toHaveLength(14);
    expect(report.totals).toEqual([
      {
        billingPeriod: '2025-03-01',
        currency: 'USD',
        invoice: 'INV-1',
        source: '644.606',
        focus: '644.606',
        difference: '0',
      },
    ]);
    expect(total(written, 'BilledCost')).toBe('644.606');
    expect(written.map((row) => row.x_SourceRow).sort((a, b) => Number(a) - Number(b))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '6',
      '6',
      '7',
      '8',
      '8',
      '9',
      '10',
      '11',
      '12',
      '13',
    ]);
  });
});

test('totals are kept apart by billing period and currency', async () => {
  const csv = billCsv([
    {},
    { 'lineItem/CurrencyCode': 'EUR', 'lineItem/UnblendedCost': '1.0E-7', 'lineItem/UnblendedRate': '1.0E-7' },
    {
      'bill/BillingPeriodStartDate': '2025-04-01T00:00:00Z',
      'bill/BillingPeriodEndDate': '2025-05-01T00:00:00Z',
      'lineItem/UnblendedCost': '123456789012345.0123456789',
    },
  ]);
  const { totals } = await convert({ files: [await file('bill.csv', csv)], output: join(folder, 'o.csv') });
  expect(
    totals.map(({ billingPeriod, currency, source, difference }) => [billingPeriod, currency, source, difference]),
  ).toEqual([
    ['2025-03-01', 'EUR', '0.0000001', '0'],
    ['2025-03-01', 'USD', '0.096', '0'],
    ['2025-04-01', 'USD', '123456789012345.0123456789', '0'],
  ]);
});

test('covered usage that its negations do not cancel is shown, and nothing is written', async () => {
  const plan = { 'savingsPlan/SavingsPlanARN': PLAN };
  const csv = billCsv([
    { ...plan, 'lineItem/LineItemType': 'SavingsPlanCoveredUsage', 'savingsPlan/SavingsPlanEffectiveCost': '0.07' },
    { ...plan, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.0959' },
  ]);
  const converted = convert({ files: [await file('bill.csv', csv)], output: join(folder, 'out.csv') });
  await expect(converted).rejects.toMatchObject({ code: 'totals_differ' });
  await expect(converted).rejects.toThrow(/difference -0\.0001.*SavingsPlanCoveredUsage of .*p-1.*SavingsPlanNegation/);
  expect(await readdir(folder)).toEqual(['bill.csv']);
});

test('what the rounding of its lines leaves of a plan is one adjustment, and the bill ties', async () => {
  const plan = { 'savingsPlan/SavingsPlanARN': PLAN };
  const output = join(folder, 'out.csv');
  const csv = billCsv([
    { ...plan, 'lineItem/LineItemType': 'SavingsPlanCoveredUsage', 'savingsPlan/SavingsPlanEffectiveCost': '0.07' },
    { ...plan, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.0959999999' },
  ]);
  const { totals } = await convert({ files: [await file('bill.csv', csv)], output });
  expect(totals).toMatchObject([{ source: '0.0000000001', focus: '0.0000000001', difference: '0' }]);
  const rows = parseCsv(await readFile(output, 'utf8'));
  expect(rows.map((row) => [row.ChargeCategory, row.BilledCost, row.EffectiveCost])).toEqual([
    ['Usage', '0', '0.07'],
    ['Adjustment', '0.0000000001', '0'],
  ]);
});

test('usage under a commitment whose cost is not said is unreadable, not free', async () => {
  const csv = billCsv([{ 'lineItem/LineItemType': 'DiscountedUsage', 'reservation/ReservationARN': RESERVATION }]);
  await expect(convert({ files: [await file('bill.csv', csv)], output: join(folder, 'o.csv') })).rejects.toMatchObject({
    code: 'rows_unreadable',
    faults: [{ row: 1, column: 'reservation/EffectiveCost' }],
  });
});

describe('a FOCUS row without a value that FOCUS needs', () => {
  const row = (change: Line = {}): Line => ({ ...(awsUsage as Line), ...change });
  const focusCsv = (rows: readonly Line[]) => {
    const cell = (text: string | null | undefined) => `"${(text ?? '').replaceAll('"', '""')}"`;
    return [Object.keys(awsUsage), ...rows.map((line) => Object.keys(awsUsage).map((name) => line[name]))]
      .map((line) => line.map(cell).join(','))
      .join('\n');
  };
  const rows = [row(), row({ ServiceName: '' }), row({ BilledCost: '2' }), row({ BillingPeriodEnd: '9/5/2024' })];

  test('is kept as the file has it, and named', async () => {
    const output = join(folder, 'out.csv');
    const report = await convert({ files: [await file('focus.csv', focusCsv(rows.slice(0, 3)))], output });
    expect(report).toMatchObject({
      rowsWritten: 3,
      sourceFaults: { shown: [{ row: 2, column: 'ServiceName', reason: expect.stringContaining('is empty') }] },
    });
    expect(parseCsv(await readFile(output, 'utf8')).map(({ ServiceName }) => ServiceName)).toEqual([
      awsUsage.ServiceName,
      '',
      awsUsage.ServiceName,
    ]);
  });

  test('one that is there and cannot be read refuses the bill, with file, row, column and value', async () => {
    const bill = await file('focus.csv', focusCsv(rows));
    const converted = convert({ files: [bill], output: join(folder, 'out.csv') });
    await expect(converted).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [{ file: 'focus.csv', row: 4, column: 'BillingPeriodEnd', value: '9/5/2024' }],
    });
    await expect(converted).rejects.toThrow(
      '1 row cannot be read, the first at focus.csv, row 4, column BillingPeriodEnd',
    );
    expect(await readdir(folder)).toEqual(['focus.csv']);
  });

  test('is left out and reported when unreadable rows are skipped, and the rest ties', async () => {
    const output = join(folder, 'out.csv');
    const report = await convert({
      files: [await file('focus.csv', focusCsv(rows))],
      output,
      skipUnreadable: true,
    });
    expect(report).toMatchObject({
      rowsRead: 4,
      rowsSkipped: 1,
      rowsWritten: 3,
      faults: [{ row: 4, column: 'BillingPeriodEnd' }],
      totals: [{ source: '3', focus: '3', difference: '0' }],
      sourceFaults: { count: 1 },
    });
    expect(parseCsv(await readFile(output, 'utf8')).map(({ x_SourceRow }) => x_SourceRow)).toEqual(['1', '2', '3']);
  });
});

describe('output', () => {
  test('gzip and many files give what one plain file gives', async () => {
    const lines = everyType.map((line, index) => ({ ...line, 'identity/LineItemId': `l${index}` }));
    const plain = await file('bill.csv', billCsv(lines));
    const [a, b] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    await convert({ files: [plain], output: a });
    await rm(plain);
    await convert({ files: [await file('bill.csv', gzipSync(billCsv(lines)))], output: b });
    expect(await readFile(b, 'utf8')).toBe(await readFile(a, 'utf8'));
    const parts = [
      await file('1.csv', billCsv(lines.slice(0, 5))),
      await file('2.csv.gz', gzipSync(billCsv(lines.slice(5)))),
    ];
    const { rowsWritten, totals } = await convert({ files: parts, output: b });
    expect([rowsWritten, totals[0]!.focus]).toEqual([14, '644.606']);
  });

  test('CSV has plain decimals, times in UTC and empty nulls', async () => {
    const output = join(folder, 'out.csv');
    await convert({
      files: [
        await file('bill.csv', billCsv([{ 'lineItem/UnblendedCost': '1.0E-7', 'lineItem/UnblendedRate': '1.0E-7' }])),
      ],
      output,
    });
    const text = await readFile(output, 'utf8');
    const [row] = parseCsv(text);
    expect(row).toMatchObject({
      BilledCost: '0.0000001',
      PricingQuantity: '1',
      ChargePeriodStart: '2025-03-05T10:00:00Z',
      ChargeClass: '',
      AllocatedTags: '',
    });
    expect(text).not.toMatch(/,"",|""(?=,)(?<!"""")(?<!\w"")(?<!}"")(?<!]"")$/m);
    const names = text.split('\n')[0]!.split(',');
    expect(names.slice(0, 65)).toEqual([...names.slice(0, 65)].sort());
    expect(names.slice(65).every((name) => name.startsWith('x_'))).toBe(true);
  });

  test('NDJSON has decimals as strings', async () => {
    const output = join(folder, 'out.ndjson');
    await convert({ files: [await file('bill.csv', billCsv([{}]))], output });
    expect(JSON.parse(await readFile(output, 'utf8'))).toMatchObject({
      BilledCost: '0.096',
      ChargeClass: null,
      ChargePeriodEnd: '2025-03-05T11:00:00Z',
    });
  });

  test('Parquet has decimals and times as such', async () => {
    const output = join(folder, 'out.parquet');
    await convert({ files: [await file('bill.csv', billCsv([{}]))], output });
    const workbench = await openWorkbench({ inputs: [output], outputs: [] });
    const [row] = await workbench.rows(
      `SELECT typeof(BilledCost) AS money, typeof(ChargePeriodStart) AS time FROM read_parquet('${output}')`,
    );
    await workbench.close();
    expect(row).toEqual({ money: 'DECIMAL(38,18)', time: 'TIMESTAMP' });
  });

  test('the legacy report as Parquet, in Athena spelling, gives what the CSV gives', async () => {
    const csv = await file(
      'bill.csv',
      billCsv(
        [{}],
        Object.fromEntries(
          Object.entries(baseLine).filter(
            ([name]) => !/^(resourceTags|costCategory|product\/(vcpu|tenancy|memory))/.test(name),
          ),
        ),
      ),
    );
    const parquet = join(folder, 'bill.parquet');
    const workbench = await openWorkbench({ inputs: [csv], outputs: [parquet] });
    const names = Object.keys(parseCsv(await readFile(csv, 'utf8'))[0]!);
    const athena = (name: string) =>
      name
        .replace('ARN', 'A_r_n')
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replace('/', '_')
        .toLowerCase();
    const columns = names.map((name) => `"${name}" AS ${athena(name)}`);
    await workbench.run(
      `COPY (SELECT ${columns.join(', ')} FROM read_csv('${csv}', all_varchar = true)) TO '${parquet}' (FORMAT parquet)`,
    );
    await workbench.close();
    const [a, b] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    await convert({ files: [csv], output: a });
    await convert({ files: [parquet], output: b });
    expect((await readFile(b, 'utf8')).replaceAll('bill.parquet', 'bill.csv')).toBe(await readFile(a, 'utf8'));
  });

  test.each([
    ['out.xlsx', 'usage_invalid'],
    ['gone/out.csv', 'output_unwritable'],
    ['bill.csv', 'usage_invalid'],
  ])('%s is refused before any work: %s', async (name, code) => {
    const bill = await file('bill.csv', billCsv([{}]));
    await expect(convert({ files: [bill], output: join(folder, name) })).rejects.toMatchObject({ code });
    expect(await readFile(bill, 'utf8')).toBe(billCsv([{}]));
  });

  test('an existing output stays when the bill is refused', async () => {
    const output = await file('out.csv', 'what was there');
    const bill = await file('bill.csv', billCsv([{ 'lineItem/UnblendedCost': 'much' }]));
    await expect(convert({ files: [bill], output })).rejects.toMatchObject({ code: 'rows_unreadable' });
    expect(await readFile(output, 'utf8')).toBe('what was there');
  });

  test('stopped work leaves nothing behind', async () => {
    const bill = await file('bill.csv', billCsv(Array.from({ length: 20_000 }, () => ({}))));
    for (const stage of ['check', 'reconcile', 'write'] as const) {
      const controller = new AbortController();
      const converted = convert({
        files: [bill],
        output: join(folder, 'out.csv'),
        signal: controller.signal,
        onProgress: (progress) => progress.stage === stage && controller.abort(),
      });
      await expect(converted).rejects.toMatchObject({ name: 'AbortError' });
      expect(await readdir(folder)).toEqual(['bill.csv']);
    }
  });
});

test('whatever is done to a bill, there is an error of ours and no output, or a tied output', async () => {
  const good = Buffer.from(billCsv(everyType));
  const edit = fc.record({
    at: fc.nat(good.length - 1),
    remove: fc.nat(40),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.constantFrom('"', ',', '\n', '\r\n', '9e99', '-', '\0').map((text) => Buffer.from(text)),
    ),
  });
  const mutated = fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (bytes, { at, remove, insert }) => Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]),
        good,
      ),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        { weight: 4, arbitrary: mutated },
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      ),
      fc.boolean(),
      async (bytes, skipUnreadable) => {
        const bill = await file('fuzz.csv', bytes);
        const output = join(folder, 'fuzz-out.csv');
        try {
          const { totals } = await convert({ files: [bill], output, skipUnreadable });
          expect(totals.every(({ difference }) => difference === '0')).toBe(true);
          await rm(output);
        } catch (error) {
          if (!(error instanceof CloudActError)) throw error;
          expect(error.code).not.toBe('internal');
        }
        expect(await readdir(folder)).toEqual(['fuzz.csv']);
      },
    ),
    { numRuns: 120 },
  );
}, 120_000);

const samples = resolve(import.meta.dirname, '../../../shared/data/aws');
const sample = join(samples, 'cur-legacy-anonymised-1281rows.csv');
const smallSample = join(samples, 'cur-legacy-small.csv');

test.skipIf(!existsSync(sample))(
  `a real bill ties, row by row, and conforms${existsSync(sample) ? '' : ' (skipped: no sample data)'}`,
  async () => {
    const output = join(folder, 'out.csv');
    const { totals, rowsWritten } = await convert({ files: [sample], output });
    const source = parseCsv(await readFile(sample, 'utf8'));
    const written = parseCsv(await readFile(output, 'utf8'));
    const expected = source.reduce((sum, row) => sum.plus(row['lineItem/UnblendedCost']!), new Big(0)).toFixed();
    expect(expected).toBe('1.6823086974');
    expect([rowsWritten, source.length]).toEqual([1281, 1281]);
    expect(totals).toEqual([
      {
        billingPeriod: '2023-11-01',
        currency: 'USD',
        invoice: null,
        source: expected,
        focus: expected,
        difference: '0',
      },
    ]);
    expect(total(written, 'BilledCost')).toBe(expected);
    expect(written.map((row) => row.BilledCost)).toEqual(
      source.map((row) => new Big(row['lineItem/UnblendedCost']!).toFixed()),
    );
    const report = await validateFocusFile(output);
    expect(report.rules.filter((rule) => rule.status === 'failed' && /MUST/.test(rule.keyword))).toEqual([]);
  },
);

test.skipIf(!existsSync(smallSample))(
  `a bill whose rows end before its header does is read, and says so${existsSync(smallSample) ? '' : ' (skipped: no sample data)'}`,
  async () => {
    const output = join(folder, 'out.csv');
    const report = await convert({ files: [smallSample], output });
    expect(report.files).toEqual([{ path: smallSample, rows: 19, unfilled: ['costCategory/CostCenter'] }]);
    const column = (await readFile(smallSample, 'utf8')).split('\n')[0]!.split(',').indexOf('lineItem/UnblendedCost');
    const lines = (await readFile(smallSample, 'utf8')).trim().split('\n').slice(1);
    const expected = lines
      .reduce((sum, line) => sum.plus(new Big(line.split(',')[column]!).round(18, Big.roundHalfEven)), new Big(0))
      .toFixed();
    expect(total(parseCsv(await readFile(output, 'utf8')), 'BilledCost')).toBe(expected);
  },
);
