import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOrgSlug } from '../org.ts';
import { duckdbDialect } from './duckdb/dialect.ts';
import { checkStatement, renderQuery, stagingTarget } from './gateway.ts';
import { defineQuery, type ParamType, type QueryParams } from './query.ts';

const acme = { kind: 'dataset', org: parseOrgSlug('acme_inc') } as const;
const { lexicon } = duckdbDialect;
const good = 'SELECT ServiceName FROM cost_daily WHERE org_slug = $org_slug';

function render(sql: string, params: QueryParams = {}, types: Record<string, ParamType> = {}) {
  return renderQuery(
    defineQuery<QueryParams, unknown>({ name: 'test_query', params: types, sql: () => sql }),
    params,
    duckdbDialect,
    acme,
  );
}

describe('what a query over a dataset must be', () => {
  test('org_slug is bound to the organisation, and only by the warehouse', () => {
    expect(render(good).bindings).toEqual([{ name: 'org_slug', type: 'string', value: 'acme_inc' }]);
    expect(() => render(good, { org_slug: 'other' })).toThrow('not declared');
    expect(() => render(good, { org_slug: 'other' }, { org_slug: 'string' })).toThrow('cannot be passed');
  });

  test.each([
    ['without org_slug', 'SELECT 1 FROM cost_daily'],
    ['org_slug only in a comment', 'SELECT 1 FROM cost_daily -- WHERE org_slug = $org_slug'],
    ['org_slug only in a block comment', 'SELECT 1 FROM cost_daily /* WHERE org_slug = $org_slug */'],
    ['org_slug only in a string', "SELECT 'org_slug = $org_slug' FROM cost_daily"],
    ['org_slug compared with text', "SELECT 1 FROM cost_daily WHERE org_slug = 'acme'"],
    ['another column compared', 'SELECT 1 FROM cost_daily WHERE x_org_slug = $org_slug'],
    ['another parameter compared', 'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug_2'],
  ])('refused: %s', (_, sql) => {
    expect(() => checkStatement(sql, 'dataset', lexicon)).toThrow('compare org_slug');
  });

  test.each([
    `${good}; DROP TABLE cost_daily`,
    `${good};;`,
    `${good} UNION ALL SELECT ServiceName FROM other_prod.cost_daily`,
    `${good} UNION ALL SELECT ServiceName FROM OTHER_PROD.main.cost_daily`,
    `${good} UNION ALL SELECT ServiceName FROM "other_prod" . "cost_daily"`,
    `${good} UNION ALL SELECT ServiceName FROM other_prod/* */./**/cost_daily`,
    `${good} UNION ALL SELECT ServiceName FROM "other_prod.main.cost_daily"`,
    `${good} UNION ALL SELECT name FROM control.api_keys`,
    `${good} UNION ALL SELECT name FROM "control".main.api_keys`,
    `${good} UNION ALL SELECT database_name FROM duckdb_databases()`,
    `${good} UNION ALL SELECT table_name FROM information_schema.tables`,
    `${good} UNION ALL SELECT content FROM read_text('/etc/passwd')`,
    `${good} UNION ALL SELECT content FROM read_blob ('x')`,
    `${good} UNION ALL FROM '/data/x.parquet'`,
    `${good} UNION ALL FROM query('SELECT 1')`,
    `${good} UNION ALL FROM query_table('other_prod.cost_daily')`,
    `WITH x AS (DELETE FROM cost_daily RETURNING *) ${good}`,
    "ATTACH '/data/other_prod.duckdb' AS other",
    'INSTALL httpfs',
    "COPY cost_daily TO '/tmp/x.csv'",
    'PRAGMA database_list',
    'SET threads = 1',
    'USE other_prod',
    'DELETE FROM cost_daily WHERE org_slug = $org_slug',
    `EXPLAIN ${good}`,
    "SELECT E'\\' org_slug = $org_slug ' FROM cost_daily",
    "SELECT '\\' FROM cost_daily WHERE org_slug = $org_slug --'",
    'SELECT $$ org_slug = $org_slug $$ FROM cost_daily',
    'SELECT $a$ org_slug = $org_slug $a$ FROM cost_daily',
    'SELECT 1 FROM cost_daily /* /* */ WHERE org_slug = $org_slug -- */',
    'SELECT 1 FROM cost_daily -- \r WHERE org_slug = $org_slug',
    'SELECT 1 FROM cost_daily WHERE\u00a0org_slug = $org_slug',
    'SELECT 1 FROM cost_daily WHERE org_slug = $org_slug AND ServiceName = ?',
    'SELECT 1 FROM `other_prod.cost_daily` WHERE org_slug = $org_slug',
    '',
  ])('refused: %s', (sql) => {
    expect(() => checkStatement(sql, 'dataset', lexicon)).toThrowError(
      expect.objectContaining({ code: 'query_refused' }),
    );
  });

  test.each([
    good,
    `${good};`,
    `-- all services\n${good}`,
    `WITH d AS (${good} AND ServiceName = 'other_prod.x; DROP TABLE t') SELECT d.ServiceName FROM d`,
    'SELECT replace(ServiceName, $from, $to) AS "service name" FROM cost_daily AS c WHERE c.org_slug = $org_slug',
    'SELECT 1.5 * 2, x_CostCenter FROM cost_daily WHERE "org_slug" = $org_slug',
    "SELECT regexp_replace(RegionId, '[.]?0+$', '') AS r FROM cost_daily WHERE (org_slug = $org_slug) ORDER BY 1 NULLS LAST",
    `SELECT ${duckdbDialect.decimalText('BilledCost')} AS c FROM cost_daily WHERE org_slug = $org_slug`,
    `SELECT ${duckdbDialect.jsonText('Tags', '$key')} AS t FROM cost_data_standard_1_3 WHERE org_slug = $org_slug`,
  ])('passes: %s', (sql) => {
    expect(() => checkStatement(sql, 'dataset', lexicon)).not.toThrow();
  });

  test('values have to be declared, given, and of their type', () => {
    const sql = `${good} AND ServiceName = $v`;
    expect(() => render(sql)).toThrow('"v" is not declared');
    expect(() => render(sql, {}, { v: 'string' })).toThrow('"v" is missing');
    const wrong: [ParamType, QueryParams[string]][] = [
      ['string', 1],
      ['string[]', 'a'],
      ['string[]', null],
      ['date', '2026-02-30'],
      ['date', '2026-1-1'],
      ['timestamp', '2026-01-01'],
      ['timestamp', '2026-02-30T00:00:00Z'],
      ['integer', 1.5],
      ['decimal', '1.0000000000000000001'],
      ['decimal', '100000000000000000000'],
      ['decimal', 'x'],
      ['boolean', 'true'],
    ];
    for (const [type, v] of wrong)
      expect(() => render(sql, { v }, { v: type })).toThrow(
        `not of type`.replace('not of type', v === null ? 'cannot be null' : 'not of type'),
      );
    const right: [ParamType, QueryParams[string]][] = [
      ['string', null],
      ['string[]', []],
      ['date', '2028-02-29'],
      ['timestamp', '2026-01-01T00:00:00Z'],
      ['timestamp', '2026-01-01T00:00:00.123+02:00'],
      ['integer', -3],
      ['decimal', '-99999999999999999999.999999999999999999'],
      ['boolean', false],
    ];
    for (const [type, v] of right)
      expect(render(sql, { v }, { v: type }).bindings[0]).toEqual({ name: 'v', type, value: v });
  });

  test('a parameter that the text does not use is not bound', () => {
    expect(render(good, { v: 'x' }, { v: 'string' }).bindings.map(({ name }) => name)).toEqual(['org_slug']);
  });
});

describe('whatever stands around it', () => {
  const noise = fc.constantFrom(
    ' ',
    '\n',
    '\t',
    ' -- other_prod.x ; \' "\n',
    '/* org_slug = $org_slug */',
    "/* it's; */",
  );
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', ';', '--', '/*', '*/', '$org_slug', '"', '.', "''", 'x_prod.'),
  });

  test('comments, spaces and strings neither hide another dataset nor stand in for the comparison', () => {
    fc.assert(
      fc.property(
        noise,
        noise,
        noise,
        text,
        fc.constantFrom('other_prod', '"other_prod"', 'OTHER_prod', 'control'),
        (a, b, c, string, name) => {
          const literal = `'x${string}x'`;
          const bound = `SELECT ${a} ${literal} AS s${b} FROM cost_daily WHERE${c} org_slug${a}=${b}$org_slug`;
          expect([...checkStatement(bound, 'dataset', lexicon)]).toEqual(['org_slug']);
          expect(() => checkStatement(`SELECT ${a} ${literal} AS s${b} FROM cost_daily`, 'dataset', lexicon)).toThrow();
          expect(() =>
            checkStatement(`${bound} UNION ALL SELECT 1 FROM ${name}${a}.${b}t`, 'dataset', lexicon),
          ).toThrow('names a dataset');
          expect(() => checkStatement(`${bound}${c};${a}SELECT 2`, 'dataset', lexicon)).toThrow('several statements');
        },
      ),
    );
  });

  test('any text either passes as one bound SELECT or is refused by name', () => {
    const piece = fc.constantFrom(
      'SELECT',
      ' ',
      'org_slug',
      '=',
      '$org_slug',
      "'",
      '"',
      ';',
      '--',
      '\n',
      '/*',
      '*/',
      '\\',
      '$',
      'x_prod',
      '.',
      'FROM',
      't',
      '(',
      'é',
      '`',
      '?',
      'E',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          expect(checkStatement(pieces.join(''), 'dataset', lexicon).has('org_slug')).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'query_refused' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('staging statements', () => {
  test.each([
    ['CREATE TEMP TABLE bill AS SELECT 1', { name: 'bill', effect: 'creates' }],
    ['create or replace temporary view "Bill Rows" as select 1', { name: 'bill rows', effect: 'creates' }],
    ['INSERT INTO bill SELECT 1', { name: 'bill', effect: 'changes' }],
    ['DELETE FROM bill', { name: 'bill', effect: 'changes' }],
    ['UPDATE bill SET a = 1', { name: 'bill', effect: 'changes' }],
    ['DROP TABLE IF EXISTS bill', { name: 'bill', effect: 'drops if it exists' }],
    ['DROP TABLE bill', { name: 'bill', effect: 'changes' }],
    ['ALTER TABLE bill ADD COLUMN a VARCHAR', { name: 'bill', effect: 'changes' }],
    ['SELECT * FROM bill', undefined],
    ['WITH a AS (SELECT 1) SELECT * FROM a', undefined],
  ])('%s', (sql, target) => {
    checkStatement(sql, 'stage', lexicon);
    expect(stagingTarget(sql, lexicon)).toEqual(target);
  });

  test('may hold backslashes, which DuckDB takes as they are; queries for every dialect may not', () => {
    const sql = "SELECT regexp_matches('a1', '\\d') AND 'it''s \\' = 'x'";
    expect(() => checkStatement(sql, 'stage', lexicon)).not.toThrow();
    expect(() => checkStatement(sql, 'control', lexicon)).toThrow('backslash');
    expect(() => checkStatement("SELECT 'a\\' FROM other_prod.t WHERE 'b' = ''", 'stage', lexicon)).toThrow('dataset');
  });

  test.each([
    'CREATE TABLE bill AS SELECT 1',
    'CREATE SCHEMA s',
    'DROP SCHEMA main',
    'INSERT OR REPLACE INTO bill SELECT 1',
  ])('refused: %s', (sql) => {
    expect(() => stagingTarget(sql, lexicon)).toThrow('Staging');
  });

  test('a SELECT can be described, nothing else, and what it names is checked as ever', () => {
    const sql = "DESCRIBE SELECT * FROM read_parquet(['/in/a.parquet'])";
    expect(() => checkStatement(sql, 'stage', lexicon)).not.toThrow();
    expect(stagingTarget(sql, lexicon)).toBeUndefined();
    expect(() => checkStatement(sql, 'control', lexicon)).toThrow('starts with one of');
    for (const refused of [
      'DESCRIBE cost_daily',
      "DESCRIBE '/in/a.parquet'",
      'DESCRIBE DELETE FROM bill',
      'DESCRIBE DESCRIBE SELECT 1',
      'DESCRIBE SELECT * FROM other_prod.cost_daily',
      'DESCRIBE SELECT * FROM duckdb_tables',
      'SELECT 1 AS one UNION DESCRIBE SELECT 2',
    ]) {
      expect(() => checkStatement(refused, 'stage', lexicon), refused).toThrowError(
        expect.objectContaining({ code: 'query_refused' }),
      );
    }
  });

  test('a column may have the name of a system table; as a table or function it is refused', () => {
    expect(() =>
      checkStatement('CREATE TEMP TABLE bill ("pg_class" VARCHAR, "duckdb_tables" VARCHAR)', 'stage', lexicon),
    ).not.toThrow();
    for (const sql of [
      'SELECT * FROM "pg_class"',
      'SELECT * FROM bill JOIN "duckdb_tables" ON true',
      'SELECT "pg_sleep"(1)',
      'SELECT * FROM pg_class',
      'SELECT 1 AS one FROM bill, duckdb_tables',
    ]) {
      expect(() => checkStatement(sql, 'stage', lexicon), sql).toThrow('not a table or function');
    }
    expect(() => checkStatement('SELECT "pg_class" FROM bill', 'control', lexicon)).toThrow('not a table or function');
  });

  test('files are read as tables only, never as bytes', () => {
    expect(() =>
      checkStatement("CREATE TEMP TABLE a AS FROM read_parquet('/in/a.parquet')", 'stage', lexicon),
    ).not.toThrow();
    expect(() =>
      checkStatement("CREATE TEMP TABLE a AS FROM read_blob('/data/b_prod.duckdb')", 'stage', lexicon),
    ).toThrow();
  });
});
