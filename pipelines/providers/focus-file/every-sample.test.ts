import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateFocusTable } from '../../focus/validate/index.ts';
import { openBill, sumOf } from './test-bill.ts';

const samples = join(import.meta.dirname, '../../../../shared/data/focus');

/** What a file itself breaks: column → why no faithful conversion can mend it. */
type Broken = Readonly<Record<string, string>>;

const oldCategories: Broken = {
  ServiceCategory: 'the file says "Database", which is no category of FOCUS',
  ServiceSubcategory: 'the file says "No-SQL DB", which is no subcategory of FOCUS',
  ConsumedQuantity: 'a fee of the agreement is said to be usage, but nothing was consumed',
};
const namelessService: Broken = { ...oldCategories, ServiceName: 'one row is of no service; such a row is refused' };

/** Files that break FOCUS 1.3 by what they say. All others break no MUST rule. */
const broken: Readonly<Record<string, Broken>> = {
  'ai-drafts-1.5/drawdown_via_prepayment_ai_model_api.csv': {
    ResourceType: 'the commitment is its own resource, and has no type',
  },
  'focus-1.0-real-600rows.csv': {
    ContractedCost: 'contracted costs were rounded to whole numbers',
    ContractedUnitPrice: 'the same, seen from the price; and one contracted price is not said',
    ListUnitPrice: 'a list price of 0 beside a cost is not known',
    PricingCurrencyContractedUnitPrice: 'the contracted price that is not said',
    PricingCurrencyListUnitPrice: 'the list price that is not known',
    RegionName: 'a region without a name',
    ResourceType: 'types without a resource, and identifiers that name no type',
    ServiceName: 'EC2 is filed under Compute and Storage',
  },
  'spec-examples-1.2/saas_examples/spend_agreements/saas_spend_agreements_a1.csv': oldCategories,
  'spec-examples-1.2/saas_examples/spend_agreements/saas_spend_agreements_a2.csv': oldCategories,
  'spec-examples-1.2/saas_examples/spend_agreements/saas_spend_agreements_b1.csv': namelessService,
  'spec-examples-1.2/saas_examples/spend_agreements/saas_spend_agreements_b2.csv': namelessService,
};

/** Folders and files that hold no whole charges: beginning of the path → what the refusal says. */
const refused: readonly (readonly [path: string, detail: RegExp])[] = [
  ['spec-examples-1.2/commitment_discount', /has no column BillingAccountId, BillingCurrency/],
  ['synthetic-1.2-1.3/scenarios_', /has no column EffectiveCost, BillingAccountId/],
  ['synthetic-1.2-1.3/aws_1_3_contract_commitment', /Contract Commitment dataset/],
];

const files = existsSync(samples)
  ? readdirSync(samples, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.csv'))
      .sort()
  : [];
const refusalOf = (file: string) => refused.find(([path]) => file.startsWith(path))?.[1];

describe.skipIf(files.length === 0)('every FOCUS sample (skipped: no sample data)', () => {
  test.each(files.filter((file) => !refusalOf(file)))(
    '%s: BilledCost in is BilledCost out, and what it breaks of FOCUS 1.3 it breaks itself',
    async (file) => {
      const bill = await openBill(join(samples, file));
      try {
        const [source] = await bill.bench.rows<{ total: string }>(
          `SELECT CAST(sum(CAST(regexp_replace(trim(billed_cost), '[$,]', '', 'g') AS DECIMAL(38,18))) AS VARCHAR) AS total FROM raw_bill`,
        );
        expect(bill.rows.length).toBeGreaterThan(0);
        expect(sumOf(bill.rows, 'BilledCost')).toBe(sumOf([source!], 'total'));
        expect(sumOf(bill.totals, 'total')).toBe(sumOf([source!], 'total'));

        const { rules } = await validateFocusTable(bill.bench, { table: 'focus' });
        const failed = rules.filter(({ status, keyword }) => status === 'failed' && keyword.startsWith('MUST'));
        expect([...new Set(failed.map(({ column }) => column))].sort()).toEqual(Object.keys(broken[file] ?? {}).sort());
      } finally {
        await bill.close();
      }
    },
    120_000,
  );

  test.each(files.filter(refusalOf))('%s holds no whole charges, and is refused with the reason', async (file) => {
    await expect(openBill(join(samples, file))).rejects.toMatchObject({
      code: 'file_format_unknown',
      detail: expect.stringMatching(refusalOf(file)!),
    });
  });
});
