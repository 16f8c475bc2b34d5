import { beforeEach, describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import { datasetTables } from '../tables.ts';
import { charge } from '../testing.ts';
import { acme, type Bench, globex } from './bench.ts';

/** Datasets are made, dropped and kept apart. */
export function datasetGuarantees(at: Bench): void {
  describe('datasets', () => {
    beforeEach(async () => {
      await at.warehouse.createDataset(acme);
    });

    test('creating one again changes nothing', async () => {
      await at.load([charge('2026-10-05', 'EC2', '1.5')]);
      await at.warehouse.createDataset(acme);
      expect(await at.totals()).toEqual([{ integration: 'aws_main', period: '2026-10-01', cost: '1.5' }]);
      expect(await at.warehouse.forOrg(acme).dataVersion()).toBe(1);
    });

    test('a dropped one is gone, and dropping it again changes nothing', async () => {
      await at.load([charge('2026-10-05', 'EC2', '1.5')]);
      await Promise.all([at.totals(), at.totals(), at.totals()]);
      expect(await at.warehouse.hasDataset(acme)).toBe(true);
      await at.warehouse.dropDataset(acme);
      await at.warehouse.dropDataset(acme);
      expect(await at.warehouse.hasDataset(acme)).toBe(false);
      await expect(at.totals()).rejects.toMatchObject({ code: 'dataset_not_found' });
      await expect(at.load([])).rejects.toMatchObject({ code: 'dataset_not_found' });
      await expect(at.warehouse.forOrg(acme).dataVersion()).rejects.toMatchObject({ code: 'dataset_not_found' });
      await at.warehouse.createDataset(globex);
      await at.warehouse.createDataset(acme);
      expect(await at.totals()).toEqual([]);
      expect(await at.warehouse.forOrg(acme).dataVersion()).toBe(0);
    });

    test('one that was never created is not found', async () => {
      expect(await at.warehouse.hasDataset(globex)).toBe(false);
      await expect(at.totals(datasetTables.cost, globex)).rejects.toMatchObject({ code: 'dataset_not_found' });
      expect(await at.warehouse.hasDataset(globex)).toBe(false);
    });

    test('an organisation sees its own rows only', async () => {
      await at.warehouse.createDataset(globex);
      await at.load([charge('2026-10-05', 'EC2', '1')]);
      await at.load([charge('2026-10-05', 'EC2', '2')], {}, globex);
      expect((await at.totals()).map(({ cost }) => cost)).toEqual(['1']);
      expect((await at.totals(datasetTables.cost, globex)).map(({ cost }) => cost)).toEqual(['2']);
      const slugs = await at.select(
        (d) => `SELECT DISTINCT org_slug AS org FROM ${datasetTables.cost} WHERE org_slug = ${d.param('org_slug')}`,
      );
      expect(slugs).toEqual([{ org: acme }]);
    });

    test('a query that does not stay in the dataset is refused', async () => {
      await at.warehouse.createDataset(globex);
      for (const sql of [
        'SELECT 1 AS one FROM cost_daily',
        'SELECT 1 AS one FROM cost_daily WHERE org_slug = $org_slug OR 1 = 1',
        'SELECT 1 AS one FROM globex_prod.cost_daily WHERE org_slug = $org_slug',
        'SELECT 1 AS one FROM control.api_keys WHERE org_slug = $org_slug',
      ]) {
        const text = (d: Dialect) => sql.replace('$', d.lexicon.parameterPrefix);
        await expect(at.select(text), sql).rejects.toMatchObject({ code: 'query_refused' });
      }
    });
  });
}
