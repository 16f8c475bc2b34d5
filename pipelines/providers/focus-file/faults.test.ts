import { describe, expect, test } from 'vitest';
import { awsUsage, convert, type Row } from './test-bill.ts';

async function upgrade(change: Row): Promise<Row> {
  const { rows } = await convert([{ ...awsUsage, ...change }]);
  return rows[0]!;
}

const notes = (row: Row) => JSON.parse(row.x_UpgradeNotes ?? '{}') as Record<string, string>;

describe('costs and the products they are', () => {
  test('a cost that the provider rounded becomes the exact product, and the notes hold the delivered cost', async () => {
    const row = await upgrade({ ListCost: '0.0000160599', ListUnitPrice: '0.008', PricingQuantity: '0.00200749' });
    expect(row.ListCost).toBe('0.000016059920000000');
    expect(notes(row).ListCost).toBe('delivered as 0.0000160599');
  });

  test('a product of doubles is mended, a difference of money is not', async () => {
    expect(
      await upgrade({ ListCost: '0.30000000000000004', ListUnitPrice: '0.1', PricingQuantity: '3' }),
    ).toMatchObject({ ListCost: '0.300000000000000000' });
    expect(await upgrade({ ListCost: '0.30', ListUnitPrice: '0.101', PricingQuantity: '3' })).toMatchObject({
      ListCost: '0.300000000000000000',
    });
    expect(await upgrade({ ListCost: '0.300001', ListUnitPrice: '0.1', PricingQuantity: '3' })).toMatchObject({
      ListCost: '0.300000000000000000',
    });
    expect(await upgrade({ ListCost: '0.300011', ListUnitPrice: '0.1', PricingQuantity: '3' })).toMatchObject({
      ListCost: '0.300011000000000000',
    });
  });

  test('a missing cost is the product, or BilledCost where there is no price; BilledCost and EffectiveCost never change', async () => {
    expect(await upgrade({ ListCost: null })).toMatchObject({ ListCost: '1.000000000000000000' });
    const row = await upgrade({ ContractedCost: null, ContractedUnitPrice: null, EffectiveCost: '0' });
    expect(row).toMatchObject({
      ContractedCost: '0.500000000000000000',
      EffectiveCost: '0.000000000000000000',
      BilledCost: '0.500000000000000000',
    });
    expect(notes(row).ContractedCost).toBe('from BilledCost');
    expect(await upgrade({ ChargeCategory: 'Tax', ContractedCost: null, ContractedUnitPrice: null })).toMatchObject({
      ContractedCost: null,
    });
  });
});

describe('what is wrong in the file itself', () => {
  test('a row that is right has no fault', async () => {
    const { faults } = await convert([awsUsage]);
    expect(faults).toEqual([]);
  });

  test('a cost that is not price × quantity is told with all three numbers, on its row', async () => {
    const { faults } = await convert([
      awsUsage,
      { ...awsUsage, ContractedCost: '0', ContractedUnitPrice: '0.5', PricingQuantity: '2', ListCost: '0.4' },
    ]);
    expect(faults).toEqual([
      {
        x_SourceFile: 'bill.csv',
        x_SourceRow: '2',
        column: 'ContractedCost',
        value: '0',
        kind: 'invalid',
        reason: 'ContractedCost 0 but ContractedUnitPrice 0.5 × PricingQuantity 2 = 1.',
      },
    ]);
  });

  test.each<[string, Row, string, string]>([
    ['a resource without a type', { ResourceId: 'x', ResourceType: null }, 'ResourceType', 'invalid'],
    ['a type without a resource', { ResourceId: null }, 'ResourceType', 'invalid'],
    ['usage without SkuPriceId', { SkuPriceId: null }, 'SkuPriceId', 'invalid'],
    [
      'a purchase by usage',
      { ChargeCategory: 'Purchase', ConsumedQuantity: null, ConsumedUnit: null },
      'ChargeFrequency',
      'invalid',
    ],
    ['a category that FOCUS does not know', { ServiceCategory: 'Database' }, 'ServiceCategory', 'invalid'],
    ['a charge for an unknown service', { ServiceName: null }, 'ServiceName', 'unloadable'],
    ['a negative price', { ListUnitPrice: '-0.2', ListCost: '-1' }, 'ListUnitPrice', 'invalid'],
    ['a currency that is none', { BillingCurrency: 'Dollar' }, 'BillingCurrency', 'invalid'],
    ['tags that cannot be read', { Tags: 'team web' }, 'Tags', 'unreadable'],
    [
      'a tax without its contracted cost',
      { ChargeCategory: 'Tax', ContractedCost: null, ContractedUnitPrice: null },
      'ContractedCost',
      'unloadable',
    ],
    ['a price currency without its prices', { x_PricingCurrency: 'EUR' }, 'PricingCurrencyListUnitPrice', 'invalid'],
  ])('%s is named', async (_, change, column, kind) => {
    const { faults } = await convert([{ ...awsUsage, ...change }]);
    expect(faults).toContainEqual(
      expect.objectContaining({ x_SourceRow: '1', column, kind, reason: expect.stringMatching(/\.$/) }),
    );
  });

  test('a service in two categories is named on each of its rows', async () => {
    const { faults } = await convert([
      awsUsage,
      { ...awsUsage, ServiceCategory: 'Storage' },
      { ...awsUsage, ServiceName: 'AWS Lambda' },
    ]);
    expect(faults.map(({ x_SourceRow, column }) => [x_SourceRow, column])).toEqual([
      ['1', 'ServiceCategory'],
      ['2', 'ServiceCategory'],
    ]);
  });
});
