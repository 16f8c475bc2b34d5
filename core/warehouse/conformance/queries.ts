import { beforeEach, describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import { defineQuery, type ParamType, type QueryParams } from '../query.ts';
import { datasetTables } from '../tables.ts';
import { charge } from '../testing.ts';
import { acme, type Bench, slowQuery } from './bench.ts';

/** What a query gets, and how values reach it. */
export function queryGuarantees(at: Bench): void {
  describe('queries', () => {
    beforeEach(async () => {
      await at.warehouse.createDataset(acme);
      await at.load([
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
        const rows = await at.warehouse.forOrg(acme).rows(
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
        const rows = await at.select<{ value: string | null }>(
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
      const rows = await at.select(
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
      const running = at.warehouse.forOrg(acme).rows(slowQuery, {}, { signal: abort.signal });
      setImmediate(() => abort.abort(reason));
      await expect(running).rejects.toBe(reason);
      await expect(at.warehouse.forOrg(acme).rows(slowQuery, {}, { signal: abort.signal })).rejects.toBe(reason);
      expect(await at.totals()).toHaveLength(1);
    });
  });
}
