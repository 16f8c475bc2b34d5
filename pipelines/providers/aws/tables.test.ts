import { CloudActError } from '@cloudact/core/errors';
import { serviceSubcategoryNames } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../registry.ts';
import { rawName } from './column-types.ts';
import { curColumns } from './columns.ts';
import { baseLine } from './fixtures/bill.ts';
import { awsCur } from './index.ts';
import { awsRegions } from './regions.ts';
import { awsServices } from './services.ts';

describe('columns', () => {
  test.each([
    ['lineItem/UnblendedCost', 'line_item_unblended_cost'],
    ['identity/LineItemId', 'identity_line_item_id'],
    ['pricing/publicOnDemandCost', 'pricing_public_on_demand_cost'],
    ['reservation/ReservationARN', 'reservation_reservation_arn'],
    ['reservation_reservation_a_r_n', 'reservation_reservation_arn'],
    ['savingsPlan/SavingsPlanARN', 'savings_plan_savings_plan_arn'],
    ['savingsPlan/SavingsPlanArn', 'savings_plan_savings_plan_arn'],
    ['savings_plan_savings_plan_a_r_n', 'savings_plan_savings_plan_arn'],
    ['product/ProductName', 'product_product_name'],
    ['product/servicecode', 'product_servicecode'],
  ])('%s is %s', (source, raw) => {
    expect(rawName(source)).toBe(raw);
  });

  test('tags keep apart what differs in case, and AWS tags keep their prefix', () => {
    const cur = curColumns(['resourceTags/user:Team', 'resourceTags/user:team', 'resourceTags/aws:createdBy']);
    expect(cur.tags.map(({ key }) => key)).toEqual(['Team', 'aws:createdBy', 'team']);
    expect(new Set(cur.columns.map(({ raw }) => raw)).size).toBe(3);
  });

  test.each([
    ['resourceTags/', 'user:Env', 'Env', 'tags'],
    ['resourceTags/', 'Env', 'user:Env', 'tags'],
  ] as const)('%s keeps both %s and %s', (prefix, first, second, kind) => {
    const keyed = curColumns([prefix + first, prefix + second])[kind];
    expect(keyed.map(({ key }) => key)).toEqual(['Env', 'user:Env']);
    expect(new Set(keyed.map(({ raw }) => raw)).size).toBe(2);
  });

  test('no key is lost, however the keys clash', () => {
    const tags = ['user:user:Env', 'user:Env', 'Env'].map((key) => `resourceTags/${key}`);
    expect(curColumns(tags).tags.map(({ key }) => key)).toEqual(['Env', 'user:Env', 'user:user:Env']);
    const cur = curColumns([
      'costCategory/Unit',
      'cost_category_Unit',
      'discount/Edp',
      'Discount/Edp',
      'product/a',
      'Product/a',
    ]);
    expect([cur.costCategories, cur.discounts, cur.products].map((keyed) => keyed.length)).toEqual([2, 2, 2]);
  });

  test('a column that every row needs, in two spellings, is told by both names', () => {
    const csv = Object.keys(baseLine);
    const athena = csv.filter((name) => !name.startsWith('resourceTags/')).map(rawName);
    expect(() => awsCur.plan([...csv, ...athena])).toThrow(
      expect.objectContaining({
        code: 'file_format_unknown',
        detail: expect.stringMatching(
          /^bill\/PayerAccountId and bill_payer_account_id are one column in two spellings; convert these files one after the other\.$/,
        ),
      }),
    );
  });
});

describe('detection', () => {
  const csv = Object.keys(baseLine);

  test('knows the report by its columns, in CSV and in Athena spelling', () => {
    expect(detectFormat(csv, 'auto')).toBe(awsCur);
    expect(detectFormat(csv.filter((name) => !name.startsWith('resourceTags/')).map(rawName), 'auto')).toBe(awsCur);
    expect(detectFormat(csv, 'aws-cur')).toBe(awsCur);
  });

  test.each([
    [['a', 'b'], 'auto', 'file_format_unknown'],
    [['a', 'b'], 'aws-cur', 'file_format_unknown'],
    [csv, 'focus', 'file_format_unknown'],
    [csv, 'fortran', 'usage_invalid'],
  ])('%j as %s is refused: %s', (header, from, code) => {
    expect(() => detectFormat(header, from)).toThrow(expect.objectContaining({ code }));
  });

  test('a report without a needed column is refused by name', () => {
    const plan = () => awsCur.plan(csv.filter((name) => name !== 'lineItem/CurrencyCode'));
    expect(plan).toThrow(CloudActError);
    expect(plan).toThrow('line_item_currency_code');
  });
});

describe('look-ups', () => {
  test('every service has a subcategory of FOCUS, and codes differ beyond case', () => {
    const codes = Object.keys(awsServices);
    expect(new Set(codes.map((code) => code.toLowerCase())).size).toBe(codes.length);
    expect(
      Object.values(awsServices).filter(({ subcategory }) => !serviceSubcategoryNames.includes(subcategory)),
    ).toEqual([]);
  });

  test('names of services, Regions and usage prefixes are unique', () => {
    const names = Object.values(awsServices).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(awsRegions.map(({ id }) => id)).size).toBe(awsRegions.length);
    const prefixes = awsRegions.flatMap(({ usagePrefix }) => usagePrefix ?? []);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
