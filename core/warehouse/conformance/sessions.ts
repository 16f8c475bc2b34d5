import { beforeEach, describe, expect, test } from 'vitest';
import { datasetTables } from '../tables.ts';
import { charge, stageCharges } from '../testing.ts';
import { acme, type Bench } from './bench.ts';

/** What a load can do on its session. */
export function sessionGuarantees(at: Bench): void {
  describe('load sessions', () => {
    beforeEach(async () => {
      await at.warehouse.createDataset(acme);
    });

    test('loads of one organisation run one after the other', async () => {
      const log: string[] = [];
      const turn = (name: string) =>
        at.warehouse.forOrg(acme).load(async (session) => {
          log.push(`${name} begins`);
          await session.rows('SELECT 1 AS one');
          log.push(`${name} ends`);
        });
      await Promise.all([turn('first'), turn('second')]);
      expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    });

    test('what was staged vanishes with the session, and the session with the load', async () => {
      const session = await at.warehouse.forOrg(acme).load(async (session) => {
        await session.run('CREATE TEMP TABLE leftover AS SELECT 1 AS one');
        return session;
      });
      await expect(session.rows('SELECT 1 AS one')).rejects.toMatchObject({ code: 'conflict' });
      await at.warehouse.forOrg(acme).load(async (next) => {
        await expect(next.rows('SELECT * FROM leftover')).rejects.toThrow('leftover');
      });
    });

    test('a session changes the dataset through replacePartitions only', async () => {
      await at.load([charge('2026-10-05', 'EC2', '10')]);
      await at.warehouse.forOrg(acme).load(async (session) => {
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
      expect(await at.totals(datasetTables.costDaily)).toHaveLength(1);
    });

    test('an aborted load changes nothing', async () => {
      const abort = new AbortController();
      const loading = at.warehouse.forOrg(acme).load(
        async (session) => {
          await stageCharges(session, at.dialect, 'staged', [charge('2026-10-05', 'EC2', '10')]);
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
      expect(await at.totals()).toEqual([]);
      expect(await at.warehouse.forOrg(acme).dataVersion()).toBe(0);
    });
  });
}
