import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { validateFocusFile } from '../focus/validate/index.ts';
import { convert } from './convert.ts';

const samples = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-real-bills-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What FOCUS asks of usage that has a SKU price; a bill that names no SKU price forces all of them. */
const NO_SKU_PRICE = [
  'ConsumedQuantity',
  'ContractedUnitPrice',
  'ListUnitPrice',
  'PricingCategory',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyListUnitPrice',
  'PricingQuantity',
  'SkuPriceId',
];

/** Every bill, with the columns of which it forces a MUST rule to fail, and why. */
const bills: readonly { file: string; forces: readonly string[]; why?: string }[] = [
  { file: 'aws/cur-legacy-anonymised-1281rows.csv', forces: [] },
  { file: 'aws/cur-legacy-small.csv', forces: NO_SKU_PRICE, why: 'it has no column pricing/RateCode or RateId' },
  { file: 'azure/ea-actual-anonymised-27rows.csv', forces: [] },
  { file: 'azure/koku-azure_camelCased.csv', forces: NO_SKU_PRICE, why: 'its rows name no meter' },
  {
    file: 'azure/koku-azure_version_2.csv',
    forces: [...NO_SKU_PRICE.filter((column) => column !== 'ConsumedQuantity'), 'BillingCurrency', 'SkuId'],
    why: 'some rows name no meter, and the currency MC is none',
  },
  { file: 'gcp/standard-export-small.csv', forces: [] },
  { file: 'oci/cost-report-300rows.csv', forces: [] },
];

describe('real bills tie and conform', () => {
  for (const { file, forces, why } of bills) {
    const present = existsSync(join(samples, file));
    const title = `${file}${why ? `, as far as it can: ${why}` : ''}${present ? '' : ' (skipped: no sample data)'}`;
    test.skipIf(!present)(title, async () => {
      const output = join(folder, `${basename(file)}.parquet`);
      const report = await convert({ files: [join(samples, file)], output });
      expect(report.totals.map(({ difference }) => difference)).toEqual(report.totals.map(() => '0'));
      const { rules } = await validateFocusFile(output);
      const failed = rules.filter(({ status, keyword }) => status === 'failed' && keyword.startsWith('MUST'));
      expect([...new Set(failed.map(({ column }) => column))].sort()).toEqual([...forces].sort());
    });
  }
});
