import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { answersInFocus, landedAnswers } from '../testing/landed-answers.ts';
import { githubSource } from './usage.ts';

const about = {
  github_answer: 'about',
  charge_start: '2026-09-01T00:00:00Z',
  charge_end: '2026-10-01T00:00:00Z',
  settled_before: '2026-10-06',
  account: 'larkmoor',
};
const onDay = (day: number) => ({
  charge_start: `2026-09-${String(day).padStart(2, '0')}T00:00:00Z`,
  charge_end: new Date(Date.UTC(2026, 8, day + 1)).toISOString(),
  account: 'larkmoor',
});

/** An item of the billing feed. */
function item(more: object = {}, day = 3): object {
  return {
    ...{ product: 'Copilot', sku: 'Copilot Premium Request', unitType: 'requests', pricePerUnit: 0.04 },
    ...{ quantity: 100, grossAmount: 4, discountAmount: 1, netAmount: 3, organizationName: 'larkmoor' },
    ...more,
    github_answer: 'usage',
    ...onDay(day),
  };
}

/** A line of a feed by model. */
function detail(model: string, [quantity, gross, net]: readonly number[], more: object = {}, day = 3): object {
  return {
    ...{ product: 'Copilot', sku: 'Copilot Premium Request', unitType: 'requests', pricePerUnit: 0.04, model },
    ...{ grossQuantity: quantity, grossAmount: gross, netAmount: net },
    ...{ discountQuantity: 0, discountAmount: 0, netQuantity: 0 },
    github_answer: 'premium_request',
    ...more,
    ...onDay(day),
  };
}

const costs = async (...lines: object[]) => (await landedAnswers(githubSource, [about, ...lines])).costs;
const brief = (rows: Awaited<ReturnType<typeof costs>>) =>
  rows.map(({ model, quantity, list_amount, amount }) => [model, quantity, list_amount, amount]);

describe('items of the billing feed', () => {
  test('net is what is billed, gross is the list, and each unit and product has its name', async () => {
    const rows = await costs(
      item({
        sku: 'Copilot Business',
        unitType: 'user-months',
        quantity: 0.5,
        pricePerUnit: 19,
        grossAmount: 9.5,
        netAmount: 9.5,
      }),
      item({
        product: 'Actions',
        sku: 'Actions Linux',
        unitType: 'Minutes',
        repositoryName: 'larkmoor/app',
        netAmount: 0,
      }),
      item({ product: 'actions', sku: 'Actions storage', unitType: 'GigabyteHours' }),
      item({ product: 'Git LFS', sku: 'Git LFS storage', unitType: 'gigabyte-hours' }),
      item({ product: 'Quantum', sku: 'Quantum shots', unitType: 'shot-bundles' }),
      item({ product: 'Copilot', sku: 'Copilot AI Credits', unitType: 'ai-credits', organizationName: undefined }),
    );
    expect(
      rows.map(({ service_name, service_subcategory, unit }) => [service_name, service_subcategory, unit]),
    ).toEqual([
      ['GitHub Copilot', 'Development Environments', 'User-Months'],
      ['GitHub Actions', 'Continuous Integration and Deployment', 'Minutes'],
      ['GitHub Actions', 'Continuous Integration and Deployment', 'GB-Hours'],
      ['Git Large File Storage', 'Source Code Management', 'GB-Hours'],
      ['GitHub Quantum', undefined, 'Shot-Bundles'],
      ['GitHub Copilot', 'Development Environments', 'Credits'],
    ]);
    expect(rows[0]).toMatchObject({
      amount: '9.5',
      list_amount: '9.5',
      list_unit_price: '19',
      sku_id: 'Copilot Business',
    });
    expect(rows[1]).toMatchObject({
      amount: '0',
      list_amount: '4',
      resource_id: 'larkmoor/app',
      resource_type: 'Repository',
    });
    expect(rows[5]).not.toHaveProperty('sub_account_id');
  });

  test('a price that does not make the gross amount is not told as the list price', async () => {
    const [row] = await costs(item({ grossAmount: 4.01 }));
    expect(row).toMatchObject({ list_amount: '4.01' });
    expect(row).not.toHaveProperty('list_unit_price');
  });

  test('amounts as texts and with exponents are read, new fields change nothing', async () => {
    expect(brief(await costs(item({ netAmount: '3.10', grossAmount: 4e-7, costCenter: { id: 7 } })))).toEqual([
      [undefined, '100', '0.0000004', '3.1'],
    ]);
  });

  test.each([
    ['netAmount', { netAmount: undefined }],
    ['netAmount', { netAmount: 'free' }],
    ['quantity', { quantity: { value: 1 } }],
  ])('an item whose %s cannot be read is named', async (column, more) => {
    await expect(costs(item(), item(more))).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [expect.objectContaining({ row: 3, column })],
    });
  });
});

describe('the feeds by model say of what an item was, and never add to it', () => {
  test('an item is replaced by its models when they add up to it', async () => {
    const rows = await costs(item(), detail('GPT-5', [60, 2.4, 1.8]), detail('Claude Opus 5', [40, 1.6, 1.2]));
    expect(brief(rows)).toEqual([
      ['GPT-5', '60', '2.4', '1.8'],
      ['Claude Opus 5', '40', '1.6', '1.2'],
    ]);
    expect(rows[0]).toMatchObject({
      service_name: 'GitHub Copilot',
      sub_account_id: 'larkmoor',
      list_unit_price: '0.04',
    });
  });

  test('what they leave of it stays a line without a model', async () => {
    expect(brief(await costs(item(), detail('GPT-5', [60, 2.4, 1.8])))).toEqual([
      [undefined, '40', '1.6', '1.2'],
      ['GPT-5', '60', '2.4', '1.8'],
    ]);
  });

  test('the noise of floats goes to the largest line', async () => {
    const rows = await costs(
      item({ netAmount: 3.0000000000000004 }),
      detail('GPT-5', [60, 2.4, 1.8]),
      detail('O', [40, 1.6, 1.2]),
    );
    expect(brief(rows)).toEqual([
      ['GPT-5', '60', '2.4', '1.8000000000000004'],
      ['O', '40', '1.6', '1.2'],
    ]);
  });

  test.each([
    ['say more than the item', [item(), detail('GPT-5', [100, 4, 3.5])]],
    ['are of another day', [item(), detail('GPT-5', [60, 2.4, 1.8], {}, 4)]],
    ['are of another SKU', [item(), detail('GPT-5', [60, 2.4, 1.8], { sku: 'Copilot AI Credits' })]],
    ['have a negative amount', [item(), detail('GPT-5', [60, 2.4, -1.8])]],
    ['lack an amount', [item(), detail('GPT-5', [60, 2.4, 1], { netAmount: undefined })]],
  ])('feeds that %s change nothing', async (_, lines) => {
    expect(brief(await costs(...lines))).toEqual([[undefined, '100', '4', '3']]);
  });

  test('items of several repositories keep them', async () => {
    const rows = await costs(
      item({ repositoryName: 'a' }),
      item({ repositoryName: 'b' }),
      detail('GPT-5', [200, 8, 6]),
    );
    expect(rows.map(({ resource_id, amount }) => [resource_id, amount])).toEqual([
      ['a', '3'],
      ['b', '3'],
    ]);
  });

  test('a feed without any item bills nothing', async () => {
    expect(await costs(detail('GPT-5', [60, 2.4, 1.8]))).toEqual([]);
  });

  test('whatever the feeds say, the sums are those of the billing feed, to the last digit', async () => {
    const amount = fc.integer({ min: 0, max: 400 }).map((count) => count / 40);
    const measures = fc.tuple(amount, amount, amount);
    const anyDay = fc.record({
      items: fc.array(measures, { maxLength: 2 }),
      details: fc.array(measures, { maxLength: 3 }),
    });
    const anyMonth = fc.array(anyDay, { minLength: 28, maxLength: 28 });
    await fc.assert(
      fc.asyncProperty(anyMonth, async (days) => {
        const lines = days.flatMap(({ items, details }, index) => [
          ...items.map(([quantity, grossAmount, netAmount]) => item({ quantity, grossAmount, netAmount }, index + 1)),
          ...details.map((of, place) => detail(`model-${place}`, of, {}, index + 1)),
        ]);
        const total = (of: 0 | 1 | 2) =>
          days.flatMap(({ items }) => items).reduce((sum, values) => sum + Math.round(values[of] * 1e6), 0);
        const rows = await costs(...lines);
        const found = (name: string) => rows.reduce((sum, row) => sum + Math.round(Number(row[name]) * 1e6), 0);
        expect([found('quantity'), found('list_amount'), found('amount')]).toEqual([total(0), total(1), total(2)]);
      }),
      { numRuns: 6 },
    );
  });
});

test('in FOCUS every item is a charge, adds up to what is billed, and breaks no rule', async () => {
  const lines = [
    about,
    item(),
    detail('GPT-5', [60, 2.4, 1.8]),
    item(
      {
        sku: 'Copilot Business',
        unitType: 'user-months',
        quantity: 0.633333,
        pricePerUnit: 19,
        grossAmount: 12.03,
        netAmount: 12.03,
      },
      4,
    ),
    item(
      {
        product: 'Actions',
        sku: 'Actions Linux',
        unitType: 'Minutes',
        repositoryName: 'larkmoor/app',
        quantity: 7,
        pricePerUnit: 0.008,
        grossAmount: 0.056,
        netAmount: 0,
      },
      5,
    ),
    item({ product: 'Shared', sku: 'Nothing used', quantity: 0, grossAmount: 0, netAmount: 0 }, 6),
  ];
  const { rows, totals, billed, broken } = await answersInFocus(githubSource, lines);
  expect(broken).toEqual([]);
  expect(totals).toEqual([{ billing_period: '2026-09-01', currency: 'USD', total: '15.03' }]);
  expect(billed).toEqual(totals);
  expect(emptyColumns(rows)).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
  expect(rows.find(({ ResourceType }) => ResourceType === 'Repository')).toMatchObject({
    BilledCost: '0',
    ListCost: '0.056',
    ListUnitPrice: '0.008',
    ConsumedQuantity: '7',
    ConsumedUnit: 'Minutes',
    ServiceName: 'GitHub Actions',
    ServiceCategory: 'Developer Tools',
    SkuId: 'Actions Linux',
    BillingAccountId: 'larkmoor',
  });
  expect(rows.filter(({ x_Model }) => x_Model === 'GPT-5')).toHaveLength(1);
});
