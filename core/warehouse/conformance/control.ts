import { describe, expect, test } from 'vitest';
import { defineQuery } from '../query.ts';
import { acme, type Bench } from './bench.ts';

/** Records of the control dataset. */
export function controlGuarantees(at: Bench): void {
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
    const now = '2026-11-02T10:00:00Z';

    test('statements are written together or not at all', async () => {
      await at.warehouse.control.write([{ query: put, params: { id: 'k1', hmac: 'h1', at: now } }]);
      const clash = at.warehouse.control.write([
        { query: put, params: { id: 'k2', hmac: 'h2', at: now } },
        { query: put, params: { id: 'k3', hmac: 'h1', at: now } },
      ]);
      await expect(clash).rejects.toMatchObject({ code: 'conflict' });
      expect(await at.warehouse.control.rows(list, { org: 'acme_inc' })).toEqual([
        { id: 'k1', created: now, revoked_at: null },
      ]);
    });

    test('writers that come together all succeed', async () => {
      await at.warehouse.control.write([{ query: put, params: { id: 'k1', hmac: 'h1', at: now } }]);
      const touch = defineQuery<{ at: string }, unknown>({
        name: 'touch_key',
        params: { at: 'timestamp' },
        sql: (_, p) => `UPDATE api_keys SET last_used_at = ${p.at} WHERE id = 'k1'`,
      });
      await Promise.all(
        Array.from({ length: 20 }, () => at.warehouse.control.write([{ query: touch, params: { at: now } }])),
      );
    });

    test('each statement says how many rows it changed, so that of those who claim one record one gets it', async () => {
      expect(
        await at.warehouse.control.write([
          { query: put, params: { id: 'k1', hmac: 'h1', at: now } },
          { query: put, params: { id: 'k2', hmac: 'h2', at: now } },
        ]),
      ).toEqual([1, 1]);
      const claim = defineQuery<{ at: string }, unknown>({
        name: 'claim_key',
        params: { at: 'timestamp' },
        sql: (_, p) => `UPDATE api_keys SET revoked_at = ${p.at} WHERE id = 'k1' AND revoked_at IS NULL`,
      });
      const claims = Array.from({ length: 5 }, () =>
        at.warehouse.control.write([{ query: claim, params: { at: now } }]),
      );
      expect((await Promise.all(claims)).flat().sort()).toEqual([0, 0, 0, 0, 1]);
    });

    test('a query that reads cannot write, and none reaches a dataset', async () => {
      await at.warehouse.createDataset(acme);
      for (const sql of ['DELETE FROM api_keys', 'SELECT 1 AS one FROM acme_inc_prod.cost_daily']) {
        const query = defineQuery<Record<string, never>, unknown>({ name: 'bad', params: {}, sql: () => sql });
        await expect(at.warehouse.control.rows(query, {})).rejects.toMatchObject({ code: 'query_refused' });
      }
    });
  });
}
