import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { duckdbDialect } from './dialect.ts';
import { type DuckDB, openDuckDB } from './instance.ts';
import { statementChecker } from './statement.ts';
import { rowsBound } from './values.ts';

let duckdb: DuckDB;

beforeAll(async () => {
  duckdb = await openDuckDB({ path: ':memory:', allowedDirectories: [], temporaryDirectory: '' });
});
afterAll(() => duckdb.close());

function check(sql: string, scope: 'dataset' | 'control' = 'dataset'): Promise<void> {
  return duckdb.reads.use((connection) =>
    statementChecker()(connection, { name: 'test_query', sql, bindings: [] }, scope),
  );
}

describe('a query over a dataset, as DuckDB reads it', () => {
  test.each([
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug',
    'SELECT 1 FROM cost_daily AS c WHERE c.org_slug = $org_slug AND (ServiceName = $a OR RegionId IS NULL)',
    'SELECT 1 FROM cost_daily AS c JOIN _loads AS l USING (x_IntegrationId) WHERE c.org_slug = $org_slug AND l.org_slug = $org_slug',
    'WITH a AS (SELECT 1 AS x FROM cost_daily WHERE org_slug = $org_slug), b AS (SELECT x FROM a) SELECT x FROM b ORDER BY x LIMIT 5',
    'WITH a AS (SELECT 1 AS x FROM _loads WHERE org_slug = $org_slug) SELECT (SELECT max(x) FROM a) AS x, y FROM unnest($list) AS u(y)',
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug UNION ALL SELECT 2 FROM _loads WHERE org_slug = $org_slug',
    'SELECT * FROM (SELECT 1 AS x FROM cost_daily WHERE org_slug = $org_slug) AS s WHERE s.x IN (SELECT d FROM generate_series(1, 3) AS g(d))',
    'SELECT x FROM (VALUES (1), (2)) AS v(x)',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r',
  ])('passes: %s', async (sql) => {
    await check(sql);
  });

  test.each([
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug OR 1 = 1',
    'SELECT 1 FROM cost_daily WHERE NOT org_slug = $org_slug',
    'SELECT org_slug = $org_slug AS mine FROM cost_daily',
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug UNION ALL SELECT 2 FROM cost_daily',
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug AND EXISTS (SELECT 1 FROM _loads)',
    'SELECT (SELECT max(BilledCost) FROM cost_daily) AS m FROM _loads WHERE org_slug = $org_slug',
    'WITH cost_daily AS (SELECT 1 AS x FROM cost_daily) SELECT x FROM cost_daily WHERE org_slug = $org_slug',
    'WITH a AS (SELECT 1 FROM b), b AS (SELECT 2) SELECT 3',
    'SELECT 1 FROM _loads, (WITH cost_daily AS (SELECT 1) SELECT 2) AS s',
    'SELECT 1 FROM other_prod.cost_daily WHERE org_slug = $org_slug',
    'SELECT 1 FROM other_prod.main.cost_daily WHERE org_slug = $org_slug',
    "SELECT 1 FROM '/data/x.parquet' WHERE org_slug = $org_slug",
    "SELECT 1 FROM cost_daily, 'x.csv' WHERE org_slug = $org_slug",
    "SELECT 1 FROM cost_daily, read_csv('x.csv') WHERE org_slug = $org_slug",
    "SELECT 1 FROM cost_daily JOIN query('SELECT 1') AS q ON true WHERE org_slug = $org_slug",
    'SELECT 1 FROM (SHOW TABLES)',
    'DESCRIBE cost_daily',
    'DELETE FROM cost_daily WHERE org_slug = $org_slug',
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug; SELECT 2',
    'SELEC 1',
  ])('refused: %s', async (sql) => {
    await expect(check(sql)).rejects.toMatchObject({
      code: 'query_refused',
      detail: expect.stringContaining('test_query'),
    });
  });

  test('the control dataset has no organisation of its own', async () => {
    await check('SELECT id FROM api_keys WHERE key_hmac = $hmac', 'control');
    await expect(check('SELECT id FROM acme_prod.cost_daily', 'control')).rejects.toMatchObject({
      code: 'query_refused',
    });
  });
});

describe('decimals as text', () => {
  test('one spelling for every value of DECIMAL(38,18): no trailing zeros, no exponent, no negative zero', async () => {
    const digits = fc.stringMatching(/^-?[0-9]{1,20}(\.[0-9]{1,18})?$/);
    await fc.assert(
      fc.asyncProperty(fc.array(digits, { minLength: 1, maxLength: 30 }), async (values) => {
        const list = values.map((value) => `(CAST('${value}' AS DECIMAL(38,18)))`).join(', ');
        const rows = await duckdb.reads.use((connection) =>
          rowsBound<{ text: string }>(
            connection,
            `SELECT ${duckdbDialect.decimalText('x')} AS text FROM (VALUES ${list}) AS v(x)`,
          ),
        );
        expect(rows.map(({ text }) => text)).toEqual(values.map(canonical));
      }),
      { numRuns: 50 },
    );
  });

  test('null stays null', async () => {
    const rows = await duckdb.reads.use((connection) =>
      rowsBound(connection, `SELECT ${duckdbDialect.decimalText('NULL')} AS text`),
    );
    expect(rows).toEqual([{ text: null }]);
  });
});

/** By digits alone. */
function canonical(value: string): string {
  const negative = value.startsWith('-');
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const places = fraction.replace(/0+$/, '');
  const text = `${whole.replace(/^0+(?=\d)/, '')}${places && '.'}${places}`;
  return negative && text !== '0' ? `-${text}` : text;
}
