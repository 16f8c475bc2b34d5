import { describe, expect, test } from 'vitest';
import { bareLine, baseLine } from './fixtures/bill.ts';
import { focusRows } from './fixtures/converted.ts';
import { cur2Row } from './fixtures/cur2.ts';

function bill(maps: Readonly<Record<string, string>>): string {
  const row: Record<string, unknown> = { ...cur2Row({ ...baseLine }), product: '{}', ...maps };
  const field = (value: unknown) =>
    `"${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('"', '""')}"`;
  return [Object.keys(row).join(','), Object.values(row).map(field).join(',')].join('\n');
}

describe('maps as Athena writes them', () => {
  test('are read like JSON', async () => {
    const product = '{product_name=Amazon Elastic Compute Cloud, operating_system=Linux, memory=8 GiB}';
    const [row] = await focusRows(bill({ product, resource_tags: '{user_Name=web-1, user_team=a,b: "c", aws_x=}' }));
    expect(row).toMatchObject({
      ServiceName: 'Amazon Elastic Compute Cloud',
      Tags: '{"Name":"web-1","aws:x":true,"team":"a,b: \\"c\\""}',
      ResourceName: 'web-1',
      SkuPriceDetails: expect.stringMatching(/"MemorySize":8,"OperatingSystem":"Linux"/),
    });
  });

  test.each([
    ['a value with an equals sign', '{user_team=core=2}'],
    ['a value with the separator', '{user_team=core, more}'],
    ['a key with a blank', '{user_team=a, b c=d}'],
    ['a key twice', '{user_team=a, user_team=b}'],
    ['braces within', '{user_team={a=b}}'],
    ['no closing brace', '{user_team=a'],
  ])('are named where they can be read in more ways than one: %s', async (_, resource_tags) => {
    await expect(focusRows(bill({ resource_tags }))).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [{ row: 1, column: 'resource_tags', value: resource_tags, reason: expect.stringContaining('Athena') }],
    });
  });
});

describe('an export without the effective costs of commitments', () => {
  const lines = [
    cur2Row({ ...bareLine }),
    cur2Row({ ...bareLine, 'lineItem/LineItemType': 'SavingsPlanCoveredUsage', 'lineItem/UnblendedCost': '0.096' }),
    cur2Row({ ...bareLine, 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': '-0.096' }),
  ];
  const names = Object.keys(lines[0]!).filter(
    (name) => typeof lines[0]![name] === 'string' && !/effective_cost/.test(name),
  );
  const content = [names.join(','), ...lines.map((line) => names.map((name) => `"${line[name]}"`).join(','))].join(
    '\n',
  );

  test('says which column to add, and names both rows of a pair that cancels out', async () => {
    const column = 'savings_plan_savings_plan_effective_cost';
    const reason = expect.stringContaining(`has no column ${column}: add it to the query`);
    await expect(focusRows(content)).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [
        { row: 2, column, reason },
        { row: 3, column, reason },
      ],
    });
  });
});
