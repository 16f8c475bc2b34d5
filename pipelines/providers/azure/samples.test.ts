import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';

const samples = resolve(import.meta.dirname, '../../../../shared/data/azure');

/** What files break by themselves: a currency that is none, and a charge of the Marketplace without meter and SKU. */
const NO_SKU = [
  'CAU-ContractedUnitPrice-C-006-C',
  'CAU-ListUnitPrice-C-005-C',
  'CAU-PricingCategory-C-004-C',
  'CAU-PricingCurrencyContractedUnitPrice-C-005-C',
  'CAU-PricingCurrencyListUnitPrice-C-005-C',
  'CAU-PricingQuantity-C-005-C',
  'CAU-SkuId-C-005-C',
  'CAU-SkuPriceId-C-005-C',
];

test.each([
  ['ea-actual-anonymised-27rows.csv', '1.26136926505726', []],
  [
    'koku-azure_version_2.csv',
    '19.998413754',
    ['CAU-BillingCurrency-C-003-M', 'CAU-BillingCurrency-C-006-M', ...NO_SKU],
  ],
  // Pay-as-you-go of 2019 without UnitOfMeasure: no unit, so no price and no quantity.
  [
    'koku-azure_camelCased.csv',
    '0.00011016',
    ['CAU-ConsumedQuantity-C-006-C', ...NO_SKU.filter((id) => !id.includes('SkuId-'))],
  ],
])(
  `%s ties, and breaks no rule but by what it says itself${existsSync(samples) ? '' : ' (skipped: no sample data)'}`,
  async (name, total, broken) => {
    if (!existsSync(join(samples, name))) return;
    const folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
    try {
      const output = join(folder, 'focus.parquet');
      const { totals } = await convert({ files: [join(samples, name)], output });
      expect(totals).toMatchObject([{ source: total, focus: total, difference: '0' }]);
      const { rules } = await validateFocusFile(output);
      const failed = rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed');
      expect(failed.map(({ id }) => id).sort()).toEqual(broken);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
