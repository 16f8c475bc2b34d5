import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { billCsv } from '../providers/aws/fixtures/bill.ts';
import { convert } from './convert.ts';
import { tinyBills } from './tiny-bills.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function convertAll(bills: Readonly<Record<string, string>>) {
  const files = Object.keys(bills).map((name) => join(folder, name));
  for (const [index, text] of Object.values(bills).entries()) await writeFile(files[index]!, text);
  return convert({ files, output: join(folder, 'out.csv') });
}

const withoutCurrency = tinyBills['azure-cost-details']!.replace('BillingCurrencyCode', 'Note');

test.each([
  ['bills of two formats', { aws: tinyBills['aws-cur']!, oci: tinyBills['oci-cost-report']! }, 'one after the other'],
  ['a bill without a column that it needs', { azure: withoutCurrency }, 'lacks billing currency'],
  ['a bill of no format', { bill: 'apples,pears\n1,2\n' }, '"apples", "pears"'],
])('%s is refused, and nothing is written', async (_name, bills, detail) => {
  await expect(convertAll(bills)).rejects.toMatchObject({
    code: 'file_format_unknown',
    detail: expect.stringContaining(detail),
  });
  expect(await readdir(folder)).toEqual(Object.keys(bills).sort());
});

test('a bill in two currencies ties in each', async () => {
  const { totals } = await convertAll({
    aws: billCsv([
      { 'lineItem/CurrencyCode': 'USD', 'lineItem/UnblendedCost': '1.1' },
      { 'identity/LineItemId': 'line-2', 'lineItem/CurrencyCode': 'EUR', 'lineItem/UnblendedCost': '2.2' },
    ]),
  });
  expect(totals.map(({ currency, source, focus }) => [currency, source, focus])).toEqual([
    ['EUR', '2.2', '2.2'],
    ['USD', '1.1', '1.1'],
  ]);
});
