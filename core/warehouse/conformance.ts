import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseOrgSlug } from '../org.ts';
import type { Dialect } from './dialect.ts';
import type { PartitionReplacement, Warehouse } from './port.ts';
import { defineQuery, type ParamType, type QueryParams } from './query.ts';
import { datasetTables } from './tables.ts';
import { type Charge, charge, stageCharges } from './testing.ts';

export interface ConformanceSubject {
  warehouse: Warehouse;
  dialect: Dialect;
  /** Removes everything that the test has made. */
  dispose(): Promise<void>;
}

/** What every adapter of the warehouse port guarantees. `open` gives an empty warehouse for each test. */
export function warehouseConformance(name: string, open: () => Promise<ConformanceSubject>): void {
  describe(`${name}: every warehouse`, () => {
    let subject: ConformanceSubject;
    let warehouse: Warehouse;
    const acme = parseOrgSlug('acme_inc');
    const globex = parseOrgSlug('globex');

    beforeEach(async () => {
      subject = await open();
      warehouse = subject.warehouse;
    });
    afterEach(() => subject.dispose());

    function load(
      charges: readonly Charge[],
      replacement: Partial<PartitionReplacement> & { raw?: { name: string; table: string } } = {},
      org = acme,
    ) {
      return warehouse.forOrg(org).load(async (session) => {
        await stageCharges(session, subject.dialect, 'staged', charges);
        return session.replacePartitions({
          integrationId: 'aws_main',
          billingPeriods: ['2026-10-01'],
          costTable: 'staged',
          runId: 'run_1',
          extractedAt: '2026-11-02T00:00:00Z',
          ...replacement,
        });
      });
    }

    function select<Row = Record<string, unknown>>(
      sql: (dialect: Dialect) => string,
      params: QueryParams = {},
      types: Record<string, ParamType> = {},
      org = acme,
    ): Promise<Row[]> {
      return warehouse.forOrg(org).rows(defineQuery<QueryParams, Row>({ name: 'test', params: types, sql }), params);
    }

    const totals = (table: string = datasetTables.cost, org = acme) =>
      select<{ integration: string; period: string; cost: string }>(
        (
          d,
        ) => `SELECT x_IntegrationId AS integration, ${d.dateText('BillingPeriodStart')} AS period, ${d.decimalText('SUM(BilledCost)')} AS cost
                FROM ${table} WHERE org_slug = ${d.param('org_slug')} GROUP BY 1, 2 ORDER BY 1, 2`,
        {},
        {},
        org,
      );

    describe('datasets', () => {
      beforeEach(async () => {
        await warehouse.createDataset(acme);
      });

      test('creating one again changes nothing', async () => {
        await load([charge('2026-10-05', 'EC2', '1.5')]);
        await warehouse.createDataset(acme);
        expect(await totals()).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '1.5' }]);
        expect(await warehouse.forOrg(acme).dataVersion()).toBe(1);
      });

      test('a dropped one is gone, and dropping it again changes nothing', async () => {
        await load([charge('2026-10-05', 'EC2', '1.5')]);
        await Promise.all([totals(), totals(), totals()]);
        expect(await warehouse.hasDataset(acme)).toBe(true);
        await warehouse.dropDataset(acme);
        await warehouse.dropDataset(acme);
        expect(await warehouse.hasDataset(acme)).toBe(false);
        await expect(totals()).rejects.toMatchObject({ code: 'dataset_not_found' });
        await expect(load([])).rejects.toMatchObject({ code: 'dataset_not_found' });
        await expect(warehouse.forOrg(acme).dataVersion()).rejects.toMatchObject({ code: 'dataset_not_found' });
        await warehouse.createDataset(globex);
        await warehouse.createDataset(acme);
        expect(await totals()).toEqual([]);
        expect(await warehouse.forOrg(acme).dataVersion()).toBe(0);
      });

      test('one that was never created is not found', async () => {
        expect(await warehouse.hasDataset(globex)).toBe(false);
        await expect(totals(datasetTables.cost, globex)).rejects.toMatchObject({ code: 'dataset_not_found' });
        expect(await warehouse.hasDataset(globex)).toBe(false);
      });

      test('an organisation sees its own rows only', async () => {
        await warehouse.createDataset(globex);
        await load([charge('2026-10-05', 'EC2', '1')]);
        await load([charge('2026-10-05', 'EC2', '2')], {}, globex);
        expect((await totals()).map(({ cost }) => cost)).toEqual(['1']);
        expect((await totals(datasetTables.cost, globex)).map(({ cost }) => cost)).toEqual(['2']);
        const slugs = await select(
          (d) => `SELECT DISTINCT org_slug AS org FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')}`,
        );
        expect(slugs).toEqual([{ org: acme }]);
      });

      test('a query that does not stay in the dataset is refused', async () => {
        await warehouse.createDataset(globex);
        for (const sql of [
          'SELECT 1 AS one FROM cost_daily',
          'SELECT 1 AS one FROM cost_daily WHERE org_slug = $org_slug OR 1 = 1',
          'SELECT 1 AS one FROM globex_prod.cost_daily WHERE org_slug = $org_slug',
          'SELECT 1 AS one FROM control.api_keys WHERE org_slug = $org_slug',
        ]) {
          const text = (d: Dialect) => sql.replace('$', d.lexicon.parameterPrefix);
          await expect(select(text), sql).rejects.toMatchObject({ code: 'query_refused' });
        }
      });
    });

    describe('loads', () => {
      beforeEach(async () => {
        await warehouse.createDataset(acme);
      });

      test('a restated month replaces the old one, once', async () => {
        await load([charge('2026-10-05', 'EC2', '10'), charge('2026-10-06', 'EC2', '5')]);
        const restated = [charge('2026-10-05', 'EC2', '9.5')];
        for (const hour of ['01', '02', '02']) {
          await load(restated, { runId: `run_${hour}`, extractedAt: `2026-11-03T${hour}:00:00Z` });
          for (const table of [datasetTables.cost, datasetTables.costDaily]) {
            expect(await totals(table)).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '9.5' }]);
          }
        }
      });

      test('other months of the integration stay as they are', async () => {
        await load([charge('2026-09-30', 'EC2', '1'), charge('2026-10-01', 'EC2', '2')], {
          billingPeriods: ['2026-09-01', '2026-10-01'],
        });
        await load([charge('2026-10-31', 'EC2', '3')]);
        expect((await totals()).map(({ cost }) => cost)).toEqual(['1', '3']);
      });

      test('a month for which nothing is staged becomes empty, and stays recorded', async () => {
        await load([charge('2026-10-05', 'EC2', '10')]);
        await load([], { runId: 'run_2' });
        expect(await totals()).toEqual([]);
        expect(await totals(datasetTables.costDaily)).toEqual([]);
        expect(
          await select((d) =>
            `SELECT RunId, "Rows" AS n, ChargesThrough FROM _loads WHERE org_slug = ${d.param('org_slug')}`.replaceAll(
              '"',
              d.lexicon.identifierQuote,
            ),
          ),
        ).toEqual([{ RunId: 'run_2', n: '0', ChargesThrough: null }]);
      });

      test('two integrations of one provider never touch each other', async () => {
        await load([charge('2026-10-05', 'EC2', '10')]);
        await load([charge('2026-10-05', 'EC2', '7')], { integrationId: 'aws_second' });
        await load([charge('2026-10-05', 'EC2', '8')], { integrationId: 'aws_second', runId: 'run_2' });
        for (const table of [datasetTables.cost, datasetTables.costDaily]) {
          expect(await totals(table)).toEqual([
            { integration: 'aws_main', period: '2026-10-01', cost: '10' },
            { integration: 'aws_second', period: '2026-10-01', cost: '8' },
          ]);
        }
      });

      test('an older extraction that finishes later is refused', async () => {
        await load([charge('2026-10-05', 'EC2', '10')], { runId: 'run_new', extractedAt: '2026-11-02T00:00:00.001Z' });
        const late = load([charge('2026-09-05', 'EC2', '1'), charge('2026-10-05', 'EC2', '9')], {
          runId: 'run_old',
          billingPeriods: ['2026-09-01', '2026-10-01'],
          extractedAt: '2026-11-02T00:00:00Z',
        });
        await expect(late).rejects.toMatchObject({ code: 'load_stale', detail: expect.stringContaining('run_new') });
        expect(await totals()).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '10' }]);
        expect(await warehouse.forOrg(acme).dataVersion()).toBe(1);
      });

      test('decimals of 38 digits come back as they went in', async () => {
        const values = [
          '99999999999999999999.123456789012345678',
          '-99999999999999999999.000000000000000001',
          '0.000000000000000001',
          '0',
          '-0.1',
        ];
        await load(values.map((value, day) => charge(`2026-10-0${day + 1}`, `S${day}`, value)));
        for (const table of [datasetTables.cost, datasetTables.costDaily]) {
          const rows = await select<{ cost: string }>(
            (d) =>
              `SELECT ${d.decimalText('BilledCost')} AS cost FROM ${table} WHERE org_slug = ${d.param('org_slug')} ORDER BY ServiceName`,
          );
          expect(rows.map(({ cost }) => cost)).toEqual(values);
        }
      });

      test('the load record says how far usage goes, and which periods are final', async () => {
        await load(
          [
            charge('2026-09-03', 'EC2', '1'),
            charge('2026-10-05', 'EC2', '1'),
            charge('2026-10-31', 'Support', '1', { ChargeCategory: 'Purchase' }),
          ],
          {
            billingPeriods: ['2026-09-01', '2026-10-01'],
            closedPeriods: ['2026-09-01'],
            extractedAt: '2026-11-02T02:00:00+02:00',
          },
        );
        expect(
          await select(
            (
              d,
            ) => `SELECT ${d.dateText('BillingPeriodStart')} AS period, x_IntegrationId, RunId, ${d.timestampText('ExtractedAt')} AS extracted,
                    ${d.quote('Rows')} AS n, ${d.dateText('ChargesThrough')} AS through, Closed FROM _loads
                    WHERE org_slug = ${d.param('org_slug')} ORDER BY 1`,
          ),
        ).toEqual([
          {
            period: '2026-09-01',
            x_IntegrationId: 'aws_main',
            RunId: 'run_1',
            extracted: '2026-11-02T00:00:00Z',
            n: '1',
            through: '2026-09-03',
            Closed: true,
          },
          {
            period: '2026-10-01',
            x_IntegrationId: 'aws_main',
            RunId: 'run_1',
            extracted: '2026-11-02T00:00:00Z',
            n: '2',
            through: '2026-10-05',
            Closed: false,
          },
        ]);
      });

      test('the daily roll-up has one row per day and dimensions, and the same sums', async () => {
        await load([
          charge('2026-10-05', 'EC2', '1.1', { ListCost: '2' }),
          charge('2026-10-05', 'EC2', '2.2', { ListCost: '3', ResourceId: 'i-2' }),
          charge('2026-10-05', 'EC2', '4', { BillingCurrency: 'EUR' }),
          charge('2026-10-06', 'EC2', '8'),
        ]);
        const rows = await select(
          (
            d,
          ) => `SELECT ${d.dateText('ChargeDate')} AS day, BillingCurrency, ${d.decimalText('EffectiveCost')} AS effective,
                  ${d.decimalText('ListCost')} AS list, ChargeCount FROM cost_daily WHERE org_slug = ${d.param('org_slug')} ORDER BY 1, 2`,
        );
        expect(rows).toEqual([
          { day: '2026-10-05', BillingCurrency: 'EUR', effective: '4', list: '4', ChargeCount: '1' },
          { day: '2026-10-05', BillingCurrency: 'USD', effective: '3.3', list: '5', ChargeCount: '2' },
          { day: '2026-10-06', BillingCurrency: 'USD', effective: '8', list: '8', ChargeCount: '1' },
        ]);
      });

      test('every committed load raises the data version by one; a failed one does not', async () => {
        const org = warehouse.forOrg(acme);
        expect(await org.dataVersion()).toBe(0);
        expect(await load([charge('2026-10-05', 'EC2', '1')])).toEqual({ dataVersion: 1, rows: 1 });
        await expect(load([charge('2026-09-05', 'EC2', '1')])).rejects.toMatchObject({ code: 'load_refused' });
        await expect(org.load(() => Promise.reject(new Error('source went away')))).rejects.toThrow('source went away');
        expect(await org.dataVersion()).toBe(1);
        expect(await load([])).toEqual({ dataVersion: 2, rows: 0 });
        expect(await org.dataVersion()).toBe(2);
      });

      test('rows of a billing period that is not replaced are refused, and the period is named', async () => {
        await load([charge('2026-10-05', 'EC2', '10')]);
        const stray = load([charge('2026-10-05', 'EC2', '1'), charge('2026-12-05', 'EC2', '1')], { runId: 'run_2' });
        await expect(stray).rejects.toMatchObject({
          code: 'load_refused',
          detail: expect.stringContaining('2026-12-01'),
        });
        expect(await totals()).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '10' }]);
      });

      test('new x_ columns are added and older rows have no value there', async () => {
        await load([charge('2026-09-05', 'EC2', '1')], { billingPeriods: ['2026-09-01'] });
        await load([charge('2026-10-05', 'EC2', '1', { x_CostCenter: 'R&D' })]);
        await load([charge('2026-11-05', 'EC2', '1')], { billingPeriods: ['2026-11-01'] });
        const rows = await select(
          (d) =>
            `SELECT x_CostCenter FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')} ORDER BY ChargePeriodStart`,
        );
        expect(rows).toEqual([{ x_CostCenter: null }, { x_CostCenter: 'R&D' }, { x_CostCenter: null }]);
      });

      test('raw rows are kept as delivered, and replaced with the charges', async () => {
        const deliver = (columns: string, rows: string) =>
          warehouse.forOrg(acme).load(async (session) => {
            await stageCharges(session, subject.dialect, 'staged', []);
            await session.run(
              `CREATE TEMP TABLE raw AS SELECT ${columns} FROM (VALUES ${rows}) AS v(billing_period, a, b)`,
            );
            return session.replacePartitions({
              integrationId: 'aws_main',
              billingPeriods: ['2026-10-01'],
              costTable: 'staged',
              raw: { name: 'aws_cur', table: 'raw' },
              runId: 'run_1',
              extractedAt: '2026-11-02T00:00:00Z',
            });
          });
        const raw = (columns: string) =>
          select((d) => `SELECT ${columns} FROM aws_cur WHERE org_slug = ${d.param('org_slug')} ORDER BY a NULLS LAST`);
        await deliver('billing_period, a', "('2026-10-01', '1.10', ''), ('2026-10-01', '2', '')");
        expect(await raw('x_IntegrationId, a')).toEqual([
          { x_IntegrationId: 'aws_main', a: '1.10' },
          { x_IntegrationId: 'aws_main', a: '2' },
        ]);
        await deliver('billing_period, a, b', "('2026-10-01', '3', 'new')");
        expect(await raw('a, b')).toEqual([{ a: '3', b: 'new' }]);
        await expect(deliver('billing_period, a', "('2026-11-01', '4', '')")).rejects.toMatchObject({
          code: 'load_refused',
          detail: expect.stringContaining('2026-11-01'),
        });
        expect(await raw('a')).toEqual([{ a: '3' }]);
      });

      test('loads of one organisation run one after the other', async () => {
        const log: string[] = [];
        const turn = (name: string) =>
          warehouse.forOrg(acme).load(async (session) => {
            log.push(`${name} begins`);
            await session.rows('SELECT 1 AS one');
            log.push(`${name} ends`);
          });
        await Promise.all([turn('first'), turn('second')]);
        expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
      });

      test('what was staged vanishes with the session, and the session with the load', async () => {
        const session = await warehouse.forOrg(acme).load(async (session) => {
          await session.run('CREATE TEMP TABLE leftover AS SELECT 1 AS one');
          return session;
        });
        await expect(session.rows('SELECT 1 AS one')).rejects.toMatchObject({ code: 'conflict' });
        await warehouse.forOrg(acme).load(async (next) => {
          await expect(next.rows('SELECT * FROM leftover')).rejects.toThrow('leftover');
        });
      });

      test('a session changes the dataset through replacePartitions only', async () => {
        await load([charge('2026-10-05', 'EC2', '10')]);
        await warehouse.forOrg(acme).load(async (session) => {
          for (const sql of [
            'DELETE FROM cost_daily',
            'DROP TABLE _version',
            'CREATE TABLE own AS SELECT 1 AS a',
            'UPDATE _version SET DataVersion = 9',
            'INSERT INTO globex_prod.cost_daily SELECT 1',
          ]) {
            await expect(session.run(sql), sql).rejects.toMatchObject({ code: 'query_refused' });
          }
        });
        expect(await totals(datasetTables.costDaily)).toHaveLength(1);
      });

      test('an aborted load changes nothing', async () => {
        const abort = new AbortController();
        const loading = warehouse.forOrg(acme).load(
          async (session) => {
            await stageCharges(session, subject.dialect, 'staged', [charge('2026-10-05', 'EC2', '10')]);
            abort.abort(new Error('the person changed their mind'));
            return session.replacePartitions({
              integrationId: 'a',
              billingPeriods: ['2026-10-01'],
              costTable: 'staged',
              runId: 'r',
              extractedAt: '2026-11-02T00:00:00Z',
            });
          },
          { signal: abort.signal },
        );
        await expect(loading).rejects.toThrow('changed their mind');
        expect(await totals()).toEqual([]);
        expect(await warehouse.forOrg(acme).dataVersion()).toBe(0);
      });
    });

    describe('queries', () => {
      beforeEach(async () => {
        await warehouse.createDataset(acme);
        await load([
          charge('2026-10-05', "O'Hare", '1', {
            Tags: '{"team":"a","a.b":"dotted","a/b":"slashed","~":"wave"}',
            RegionId: 'eu-1',
          }),
          charge('2026-10-06', 'EC2', '2', { Tags: '{"team":"b"}', RegionId: 'eu-2' }),
          charge('2026-10-31', 'Lambda', '3'),
        ]);
      });

      test('values are bound as declared, also null and the empty list', async () => {
        const found = async (where: (d: Dialect) => string, value: QueryParams[string], type: ParamType) => {
          const rows = await warehouse.forOrg(acme).rows(
            defineQuery<QueryParams, { ServiceName: string }>({
              name: 'bound',
              params: { v: type },
              sql: (d) =>
                `SELECT ServiceName FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')} AND ${where(d)} ORDER BY 1`,
            }),
            { v: value },
          );
          return rows.map(({ ServiceName }) => ServiceName);
        };
        const inServices = (d: Dialect) => d.inList('ServiceName', d.param('v', 'string[]'));
        expect(await found(inServices, ["O'Hare", 'EC2', 'none'], 'string[]')).toEqual(['EC2', "O'Hare"]);
        expect(await found(inServices, [], 'string[]')).toEqual([]);
        expect(await found((d) => `ServiceName = ${d.param('v', 'string')}`, "O'Hare", 'string')).toEqual(["O'Hare"]);
        expect(await found((d) => `ServiceName = ${d.param('v', 'string')}`, null, 'string')).toEqual([]);
        expect(await found((d) => `ChargePeriodStart >= ${d.param('v', 'date')}`, '2026-10-31', 'date')).toEqual([
          'Lambda',
        ]);
        expect(
          await found(
            (d) => `ChargePeriodStart >= ${d.param('v', 'timestamp')}`,
            '2026-10-06T01:00:00+01:00',
            'timestamp',
          ),
        ).toEqual(['EC2', 'Lambda']);
        expect(await found((d) => `BilledCost = ${d.param('v', 'decimal')}`, '2.0', 'decimal')).toEqual(['EC2']);
        expect(await found((d) => `BilledCost > ${d.param('v', 'integer')}`, 2, 'integer')).toEqual(['Lambda']);
        expect(await found((d) => `(RegionId IS NULL) = ${d.param('v', 'boolean')}`, true, 'boolean')).toEqual([
          'Lambda',
        ]);
      });

      test('a key of a JSON column is taken as it is written', async () => {
        const tag = async (key: string) => {
          const rows = await select<{ value: string | null }>(
            (d) =>
              `SELECT ${d.jsonText('Tags', d.param('key'))} AS value FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')} ORDER BY ChargePeriodStart`,
            { key },
            { key: 'string' },
          );
          return rows.map(({ value }) => value);
        };
        expect(await tag('team')).toEqual(['a', 'b', null]);
        expect(await tag('a.b')).toEqual(['dotted', null, null]);
        expect(await tag('a/b')).toEqual(['slashed', null, null]);
        expect(await tag('~')).toEqual(['wave', null, null]);
        expect(await tag('*')).toEqual([null, null, null]);
      });

      test('periods are cut at their first day, weeks on Monday', async () => {
        const rows = await select(
          (
            d,
          ) => `SELECT ${(['day', 'week', 'month', 'quarter', 'year'] as const).map((unit) => `${d.dateText(d.truncate(unit, 'ChargePeriodStart'))} AS ${unit}_start`).join(', ')}
                  FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')} AND ServiceName = 'Lambda'`,
        );
        expect(rows).toEqual([
          {
            day_start: '2026-10-31',
            week_start: '2026-10-26',
            month_start: '2026-10-01',
            quarter_start: '2026-10-01',
            year_start: '2026-01-01',
          },
        ]);
      });

      test('an aborted query ends with the reason of the abort', async () => {
        const abort = new AbortController();
        const reason = new Error('the page was left');
        const running = warehouse.forOrg(acme).rows(slowQuery, {}, { signal: abort.signal });
        setImmediate(() => abort.abort(reason));
        await expect(running).rejects.toBe(reason);
        await expect(warehouse.forOrg(acme).rows(slowQuery, {}, { signal: abort.signal })).rejects.toBe(reason);
        expect(await totals()).toHaveLength(1);
      });
    });

    describe('control', () => {
      const put = defineQuery<{ id: string; hmac: string; at: string }, unknown>({
        name: 'put_key',
        params: { id: 'string', hmac: 'string', at: 'timestamp' },
        sql: (
          _,
          p,
        ) => `INSERT INTO api_keys (id, org_slug, name, prefix, last4, key_hmac, pepper_version, scopes, created_at)
          VALUES (${p.id}, 'acme_inc', 'ci', 'ca_live', 'abcd', ${p.hmac}, 1, '[]', ${p.at})`,
      });
      const list = defineQuery<{ org: string }, { id: string; created: string; revoked_at: string | null }>({
        name: 'list_keys',
        params: { org: 'string' },
        sql: (d, p) =>
          `SELECT id, ${d.timestampText('created_at')} AS created, revoked_at FROM api_keys WHERE org_slug = ${p.org} ORDER BY id`,
      });
      const at = '2026-11-02T10:00:00Z';

      test('statements are written together or not at all', async () => {
        await warehouse.control.write([{ query: put, params: { id: 'k1', hmac: 'h1', at } }]);
        const clash = warehouse.control.write([
          { query: put, params: { id: 'k2', hmac: 'h2', at } },
          { query: put, params: { id: 'k3', hmac: 'h1', at } },
        ]);
        await expect(clash).rejects.toMatchObject({ code: 'conflict' });
        expect(await warehouse.control.rows(list, { org: 'acme_inc' })).toEqual([
          { id: 'k1', created: at, revoked_at: null },
        ]);
      });

      test('writers that come together all succeed', async () => {
        await warehouse.control.write([{ query: put, params: { id: 'k1', hmac: 'h1', at } }]);
        const touch = defineQuery<{ at: string }, unknown>({
          name: 'touch_key',
          params: { at: 'timestamp' },
          sql: (_, p) => `UPDATE api_keys SET last_used_at = ${p.at} WHERE id = 'k1'`,
        });
        await Promise.all(
          Array.from({ length: 20 }, () => warehouse.control.write([{ query: touch, params: { at } }])),
        );
      });

      test('a query that reads cannot write, and none reaches a dataset', async () => {
        await warehouse.createDataset(acme);
        for (const sql of ['DELETE FROM api_keys', 'SELECT 1 AS one FROM acme_inc_prod.cost_daily']) {
          const query = defineQuery<Record<string, never>, unknown>({ name: 'bad', params: {}, sql: () => sql });
          await expect(warehouse.control.rows(query, {})).rejects.toMatchObject({ code: 'query_refused' });
        }
      });
    });

    test('a closed warehouse says that it is not available', async () => {
      await warehouse.createDataset(acme);
      await warehouse.ping();
      await warehouse.close();
      await warehouse.close();
      for (const call of [
        () => warehouse.ping(),
        () => totals(),
        () => warehouse.createDataset(acme),
        () => load([]),
      ]) {
        await expect(call()).rejects.toMatchObject({ code: 'unavailable' });
      }
    });
  });
}

/** Would run for hours. */
export const slowQuery = defineQuery<Record<string, never>, { n: string }>({
  name: 'slow',
  params: {},
  sql: (
    d,
  ) => `WITH n AS (SELECT x FROM ${d.name === 'duckdb' ? 'range(10000000)' : 'UNNEST(GENERATE_ARRAY(1, 10000000))'} AS r(x))
    SELECT count(*) AS n FROM n AS a CROSS JOIN n AS b CROSS JOIN cost_daily
    WHERE org_slug = ${d.param('org_slug')} AND (a.x * b.x) % 7 = 3`,
});
