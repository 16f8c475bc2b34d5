import { beforeEach, describe, expect, test } from 'vitest';
import { datasetTables } from '../tables.ts';
import { charge, stageCharges, stageCommitments } from '../testing.ts';
import { acme, type Bench } from './bench.ts';

/** What replacing partitions changes, and what it leaves. */
export function partitionGuarantees(at: Bench): void {
  describe('partitions', () => {
    beforeEach(async () => {
      await at.warehouse.createDataset(acme);
    });

    test('a restated month replaces the old one, once', async () => {
      await at.load([charge('2026-10-05', 'EC2', '10'), charge('2026-10-06', 'EC2', '5')]);
      const restated = [charge('2026-10-05', 'EC2', '9.5')];
      for (const hour of ['01', '02', '02']) {
        await at.load(restated, { runId: `run_${hour}`, extractedAt: `2026-11-03T${hour}:00:00Z` });
        for (const table of [datasetTables.cost, datasetTables.costDaily]) {
          expect(await at.totals(table)).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '9.5' }]);
        }
      }
    });

    test('other months of the integration stay as they are', async () => {
      await at.load([charge('2026-09-30', 'EC2', '1'), charge('2026-10-01', 'EC2', '2')], {
        billingPeriods: ['2026-09-01', '2026-10-01'],
      });
      await at.load([charge('2026-10-31', 'EC2', '3')]);
      expect((await at.totals()).map(({ cost }) => cost)).toEqual(['1', '3']);
    });

    test('a month for which nothing is staged becomes empty, and stays recorded', async () => {
      await at.load([charge('2026-10-05', 'EC2', '10')]);
      await at.load([], { runId: 'run_2' });
      expect(await at.totals()).toEqual([]);
      expect(await at.totals(datasetTables.costDaily)).toEqual([]);
      expect(
        await at.select((d) =>
          `SELECT RunId, "Rows" AS n, ChargesThrough FROM _loads WHERE org_slug = ${d.param('org_slug')}`.replaceAll(
            '"',
            d.lexicon.identifierQuote,
          ),
        ),
      ).toEqual([{ RunId: 'run_2', n: '0', ChargesThrough: null }]);
    });

    test('two integrations of one provider never touch each other', async () => {
      await at.load([charge('2026-10-05', 'EC2', '10')]);
      await at.load([charge('2026-10-05', 'EC2', '7')], { integrationId: 'aws_second' });
      await at.load([charge('2026-10-05', 'EC2', '8')], { integrationId: 'aws_second', runId: 'run_2' });
      for (const table of [datasetTables.cost, datasetTables.costDaily]) {
        expect(await at.totals(table)).toEqual([
          { integration: 'aws_main', period: '2026-10-01', cost: '10' },
          { integration: 'aws_second', period: '2026-10-01', cost: '8' },
        ]);
      }
    });

    test('a bill replaces what it said of contract commitments itself, never what another said', async () => {
      const load = (period: string, costs: readonly string[], integrationId = 'aws_main') =>
        at.warehouse.forOrg(acme).load(async (session) => {
          await stageCharges(session, at.dialect, 'staged', []);
          await stageCommitments(session, at.dialect, 'commitments', period, costs);
          return session.replacePartitions({
            integrationId,
            billingPeriods: [period],
            costTable: 'staged',
            contractCommitmentTable: 'commitments',
            runId: 'run_1',
            extractedAt: '2026-11-02T00:00:00Z',
          });
        });
      await load('2026-09-01', ['100']);
      await load('2026-10-01', ['100', '20']);
      await load('2026-10-01', ['7'], 'aws_second');
      await load('2026-10-01', ['90']);
      expect(
        await at.select(
          (d) => `SELECT x_IntegrationId AS integration, ${d.dateText('x_BillingPeriodStart')} AS period,
              ${d.decimalText('SUM(ContractCommitmentCost)')} AS cost, count(*) AS n
            FROM ${datasetTables.contractCommitments} WHERE org_slug = ${d.param('org_slug')} GROUP BY 1, 2 ORDER BY 1, 2`,
        ),
      ).toEqual([
        { integration: 'aws_main', period: '2026-09-01', cost: '100', n: '1' },
        { integration: 'aws_main', period: '2026-10-01', cost: '90', n: '1' },
        { integration: 'aws_second', period: '2026-10-01', cost: '7', n: '1' },
      ]);
      await at.load([]);
      const left = await at.select(
        (d) => `SELECT 1 AS found FROM ${datasetTables.contractCommitments} WHERE org_slug = ${d.param('org_slug')}`,
      );
      expect(left).toHaveLength(2);
    });

    test('an older extraction that finishes later is refused', async () => {
      await at.load([charge('2026-10-05', 'EC2', '10')], { runId: 'run_new', extractedAt: '2026-11-02T00:00:00.001Z' });
      const late = at.load([charge('2026-09-05', 'EC2', '1'), charge('2026-10-05', 'EC2', '9')], {
        runId: 'run_old',
        billingPeriods: ['2026-09-01', '2026-10-01'],
        extractedAt: '2026-11-02T00:00:00Z',
      });
      await expect(late).rejects.toMatchObject({ code: 'load_stale', detail: expect.stringContaining('run_new') });
      expect(await at.totals()).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '10' }]);
      expect(await at.warehouse.forOrg(acme).dataVersion()).toBe(1);
    });

    test('decimals of 38 digits come back as they went in', async () => {
      const values = [
        '99999999999999999999.123456789012345678',
        '-99999999999999999999.000000000000000001',
        '0.000000000000000001',
        '0',
        '-0.1',
      ];
      await at.load(values.map((value, day) => charge(`2026-10-0${day + 1}`, `S${day}`, value)));
      for (const table of [datasetTables.cost, datasetTables.costDaily]) {
        const rows = await at.select<{ cost: string }>(
          (d) =>
            `SELECT ${d.decimalText('BilledCost')} AS cost FROM ${table} WHERE org_slug = ${d.param('org_slug')} ORDER BY ServiceName`,
        );
        expect(rows.map(({ cost }) => cost)).toEqual(values);
      }
    });

    test('the load record says how far usage goes, and which periods are final', async () => {
      await at.load(
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
        await at.select(
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

    test('the token of a delivery is kept with its load, and is gone with the next load that has none', async () => {
      const tokens = () =>
        at.select(
          (d) => `SELECT ${d.dateText('BillingPeriodStart')} AS period, SourceToken AS token FROM ${datasetTables.loads}
            WHERE org_slug = ${d.param('org_slug')} ORDER BY 1`,
        );
      const billingPeriods = ['2026-09-01', '2026-10-01'];
      await at.load([charge('2026-10-05', 'EC2', '1')], { billingPeriods, sourceTokens: { '2026-10-01': 'etag "1"' } });
      expect(await tokens()).toEqual([
        { period: '2026-09-01', token: null },
        { period: '2026-10-01', token: 'etag "1"' },
      ]);
      const elsewhere = at.load([], { sourceTokens: { '2026-09-01': 'etag "2"' } });
      await expect(elsewhere).rejects.toMatchObject({ code: 'load_refused' });
      await at.load([charge('2026-10-05', 'EC2', '1')], { billingPeriods });
      expect((await tokens()).map(({ token }) => token)).toEqual([null, null]);
    });

    test('the daily roll-up has one row per day and dimensions, and the same sums', async () => {
      await at.load([
        charge('2026-10-05', 'EC2', '1.1', { ListCost: '2' }),
        charge('2026-10-05', 'EC2', '2.2', { ListCost: '3', ResourceId: 'i-2' }),
        charge('2026-10-05', 'EC2', '4', { BillingCurrency: 'EUR' }),
        charge('2026-10-06', 'EC2', '8'),
      ]);
      const rows = await at.select(
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
      const org = at.warehouse.forOrg(acme);
      expect(await org.dataVersion()).toBe(0);
      expect(await at.load([charge('2026-10-05', 'EC2', '1')])).toEqual({ dataVersion: 1, rows: 1 });
      await expect(at.load([charge('2026-09-05', 'EC2', '1')])).rejects.toMatchObject({ code: 'load_refused' });
      await expect(org.load(() => Promise.reject(new Error('source went away')))).rejects.toThrow('source went away');
      expect(await org.dataVersion()).toBe(1);
      expect(await at.load([])).toEqual({ dataVersion: 2, rows: 0 });
      expect(await org.dataVersion()).toBe(2);
    });

    test('rows of a billing period that is not replaced are refused, and the period is named', async () => {
      await at.load([charge('2026-10-05', 'EC2', '10')]);
      const stray = at.load([charge('2026-10-05', 'EC2', '1'), charge('2026-12-05', 'EC2', '1')], { runId: 'run_2' });
      await expect(stray).rejects.toMatchObject({
        code: 'load_refused',
        detail: expect.stringContaining('2026-12-01'),
      });
      expect(await at.totals()).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '10' }]);
    });

    test('new x_ columns are added and older rows have no value there', async () => {
      await at.load([charge('2026-09-05', 'EC2', '1')], { billingPeriods: ['2026-09-01'] });
      await at.load([charge('2026-10-05', 'EC2', '1', { x_CostCenter: 'R&D' })]);
      await at.load([charge('2026-11-05', 'EC2', '1')], { billingPeriods: ['2026-11-01'] });
      const rows = await at.select(
        (d) =>
          `SELECT x_CostCenter FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')} ORDER BY ChargePeriodStart`,
      );
      expect(rows).toEqual([{ x_CostCenter: null }, { x_CostCenter: 'R&D' }, { x_CostCenter: null }]);
    });

    test('raw rows are kept as delivered, and replaced with the charges', async () => {
      const deliver = (columns: string, rows: string) =>
        at.warehouse.forOrg(acme).load(async (session) => {
          await stageCharges(session, at.dialect, 'staged', []);
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
        at.select(
          (d) => `SELECT ${columns} FROM aws_cur WHERE org_slug = ${d.param('org_slug')} ORDER BY a NULLS LAST`,
        );
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
  });
}
