import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Decimal } from '../money.ts';
import {
  type ChargeCategory,
  type ContractCommitmentRecord,
  type CostAndUsageRecord,
  columnsMarkdown,
  contractCommitmentColumns,
  costAndUsageColumnIds,
  costAndUsageColumns,
  costAndUsageDdl,
  currencyCodes,
  focusColumnIds,
  ownColumns,
  serviceCategories,
  serviceSubcategories,
} from './index.ts';

describe('FOCUS 1.3 columns', () => {
  test('Cost and Usage has 65 columns, 23 mandatory, 37 conditional and 5 recommended; Contract Commitment has 13', () => {
    const level = (name: string) => costAndUsageColumns.filter(({ featureLevel }) => featureLevel === name).length;
    expect([costAndUsageColumns.length, level('Mandatory'), level('Conditional'), level('Recommended')]).toEqual([
      65, 23, 37, 5,
    ]);
    expect(contractCommitmentColumns).toHaveLength(13);
    expect(new Set(costAndUsageColumnIds).size).toBe(65);
    expect(focusColumnIds).toHaveLength(77);
  });

  test('the rule wins where table and rule disagree about null', () => {
    const columns = [...costAndUsageColumns, ...contractCommitmentColumns];
    const nullable = (id: string) => columns.find((column) => column.id === id)?.nullable;
    expect(
      ['PricingCurrency', 'PricingCurrencyEffectiveCost', 'ContractId', 'ContractCommitmentId'].map(nullable),
    ).toEqual([false, false, false, false]);
  });

  test('the closed lists have no doubles, and every service category has subcategories', () => {
    expect(serviceSubcategories).toHaveLength(82);
    expect(new Set(serviceSubcategories.map(({ subcategory }) => subcategory)).size).toBe(82);
    expect(new Set(serviceSubcategories.map(({ category }) => category))).toEqual(new Set(serviceCategories));
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length);
    expect(currencyCodes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });

  test('a record type has exactly the columns, null only where a column may be null', () => {
    expectTypeOf<keyof CostAndUsageRecord>().toEqualTypeOf<(typeof costAndUsageColumnIds)[number]>();
    expectTypeOf<CostAndUsageRecord['BilledCost']>().toEqualTypeOf<Decimal>();
    expectTypeOf<CostAndUsageRecord['ListUnitPrice']>().toEqualTypeOf<Decimal | null>();
    expectTypeOf<CostAndUsageRecord['ChargeCategory']>().toEqualTypeOf<ChargeCategory>();
    expectTypeOf<CostAndUsageRecord['ChargeClass']>().toEqualTypeOf<'Correction' | null>();
    expectTypeOf<CostAndUsageRecord['Tags']>().toEqualTypeOf<string | null>();
    expectTypeOf<ContractCommitmentRecord['ContractId']>().toEqualTypeOf<string>();
  });

  test('COLUMNS.md is up to date', () => {
    expect(readFileSync(new URL('COLUMNS.md', import.meta.url), 'utf8')).toBe(columnsMarkdown());
  });
});

describe('cost table', () => {
  test('DuckDB makes it, twice without harm, with org_slug first, then FOCUS, then ours', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(costAndUsageDdl('cost_data_standard_1_3', 'duckdb'));
    await connection.run(costAndUsageDdl('cost_data_standard_1_3', 'duckdb'));
    const reader = await connection.runAndReadAll(
      `SELECT name, type, "notnull" AS required FROM pragma_table_info('cost_data_standard_1_3')`,
    );
    const rows = reader.getRowObjectsJson();
    expect(rows.map(({ name }) => name)).toEqual([
      'org_slug',
      ...costAndUsageColumnIds,
      ...ownColumns.slice(1).map(({ name }) => name),
    ]);
    expect(rows).toContainEqual({ name: 'BilledCost', type: 'DECIMAL(38,18)', required: true });
    expect(rows).toContainEqual({ name: 'ChargePeriodStart', type: 'TIMESTAMP', required: true });
    expect(rows).toContainEqual({ name: 'Tags', type: 'VARCHAR', required: false });
    expect(rows).toContainEqual({ name: 'x_SourceRow', type: 'BIGINT', required: false });
    connection.closeSync();
    instance.closeSync();
  });

  test('BigQuery has the same columns with its own types', () => {
    const ddl = costAndUsageDdl('`p.acme_prod.cost_data_standard_1_3`', 'bigquery');
    expect(ddl).toContain(
      'CREATE TABLE IF NOT EXISTS `p.acme_prod.cost_data_standard_1_3` (\n  org_slug STRING NOT NULL',
    );
    expect(ddl).toContain('BilledCost BIGNUMERIC(38,18) NOT NULL,');
    expect(ddl).toContain('x_SourceRow INT64\n)');
    expect(ddl).not.toContain('VARCHAR');
  });
});
