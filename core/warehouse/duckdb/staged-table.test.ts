import { describe, expect, test } from 'vitest';
import { costAndUsageColumns, sqlType } from '../../focus/index.ts';
import { checkStagedCost, checkStagedRaw } from './staged-table.ts';

const focus = costAndUsageColumns.map((column) => [column.id, sqlType(column, 'duckdb')] as const);
const inPlace = new Map<string, string>([
  ['org_slug', 'VARCHAR'],
  ...focus,
  ['x_IntegrationId', 'VARCHAR'],
  ['x_SourceFile', 'VARCHAR'],
  ['x_SourceRow', 'BIGINT'],
]);

const staged = (...more: [string, string][]) => new Map<string, string>([...focus, ...more]);

describe('a staged cost table', () => {
  test('with the columns of FOCUS fits; new x_ columns are added, known ones in any case are not', () => {
    expect(checkStagedCost(staged(), inPlace).added).toEqual([]);
    const checked = checkStagedCost(
      staged(['x_SourceFile', 'VARCHAR'], ['x_SourceRow', 'BIGINT'], ['x_Team', 'VARCHAR'], ['x_SOURCE', 'VARCHAR']),
      new Map([...inPlace, ['x_source', 'VARCHAR']]),
    );
    expect(checked.added).toEqual(['x_Team']);
    expect(checked.columns.slice(-4)).toEqual(['x_SourceFile', 'x_SourceRow', 'x_Team', 'x_SOURCE']);
  });

  test('that lacks a column or has it with another type is refused, and every one is named', () => {
    const lacking = staged();
    lacking.delete('ServiceName');
    lacking.set('BilledCost', 'DOUBLE');
    expect(() => checkStagedCost(lacking, inPlace)).toThrow(
      /BilledCost is DOUBLE and not DECIMAL\(38,18\); ServiceName is missing/,
    );
  });

  test.each([
    ['org_slug', 'VARCHAR', 'writes that itself'],
    ['x_IntegrationId', 'VARCHAR', 'writes that itself'],
    ['x_INTEGRATIONID', 'VARCHAR', 'writes that itself'],
    ['Custom', 'VARCHAR', 'neither of FOCUS nor named x_'],
    ['x_', 'VARCHAR', 'neither of FOCUS nor named x_'],
    ['x_a b', 'VARCHAR', 'neither of FOCUS nor named x_'],
    ['x_a"; DROP TABLE t; --', 'VARCHAR', 'neither of FOCUS nor named x_'],
    [`x_${'a'.repeat(101)}`, 'VARCHAR', 'neither of FOCUS nor named x_'],
    ['x_Cost', 'DOUBLE', 'is DOUBLE and not VARCHAR'],
    ['x_SourceRow', 'INTEGER', 'is INTEGER and not BIGINT'],
  ])('with a column %s of %s is refused', (name, type, reason) => {
    expect(() => checkStagedCost(staged([name, type]), inPlace)).toThrow(reason);
  });

  test('cannot bring the table over 200 x_ columns', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index): [string, string] => [`x_c${index}`, 'VARCHAR']);
    expect(() => checkStagedCost(staged(...many(197)), inPlace)).not.toThrow();
    expect(() => checkStagedCost(staged(...many(198)), inPlace)).toThrow('at most 200');
  });
});

describe('a staged raw table', () => {
  const raw = (...columns: [string, string][]) => new Map<string, string>([['billing_period', 'VARCHAR'], ...columns]);

  test('adds the columns that the table in place lacks', () => {
    const there = new Map([
      ['org_slug', 'VARCHAR'],
      ['x_IntegrationId', 'VARCHAR'],
      ['billing_period', 'DATE'],
      ['cost', 'VARCHAR'],
    ]);
    expect(checkStagedRaw('aws_cur', raw(['cost', 'VARCHAR'], ['usage', 'VARCHAR']), there)).toEqual(['usage']);
  });

  test.each([
    ['cost_daily', raw(), 'cannot name a raw table'],
    ['_loads', raw(), 'cannot name a raw table'],
    ['Aws', raw(), 'cannot name a raw table'],
    ['aws_cur', new Map([['a', 'VARCHAR']]), 'needs a column billing_period'],
    ['aws_cur', raw(['org_slug', 'VARCHAR']), 'cannot have'],
    ['aws_cur', raw(['a b', 'VARCHAR']), 'cannot have'],
  ])('%s is refused where it does not fit', (name, columns, reason) => {
    expect(() => checkStagedRaw(name, columns, new Map())).toThrow(reason);
  });

  test('cannot change the type of a column', () => {
    expect(() => checkStagedRaw('aws_cur', raw(['cost', 'DOUBLE']), new Map([['cost', 'VARCHAR']]))).toThrow(
      'cannot become DOUBLE',
    );
  });
});
