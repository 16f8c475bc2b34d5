import { expect, it } from 'vitest';
import { newRow } from './testing/rows.ts';
import { metadata, newOrg, service } from './testing/supabase.ts';

const tables = ['subscriptions', 'budgets', 'hierarchy_nodes', 'audit_events'];

it('an export has the records of the organisation, and of no other', async () => {
  const [ours, theirs] = [await newOrg(), await newOrg()];
  for (const org of [ours, theirs]) {
    for (const table of tables) {
      await service.from(table).insert(newRow[table]!({ org, userId: '', marker: `of-${org}` }));
    }
  }
  const records = await metadata.forOrg(ours).exportRecords();
  expect(records).toMatchObject({
    subscriptions: [{ plan: { marker: `of-${ours}` } }],
    budgets: [{ name: `of-${ours}`, amount: '1.50', currency: 'EUR', updated_at: expect.stringMatching(/^2.*Z$/) }],
    hierarchyNodes: [{ name: `of-${ours}`, level: 'team' }],
    auditEvents: [{ target: `of-${ours}`, outcome: 'succeeded', at: expect.stringMatching(/^2.*Z$/) }],
  });
  expect(JSON.stringify(records)).not.toContain(theirs);
});

it('an organisation without any has empty lists', async () => {
  const records = await metadata.forOrg(await newOrg()).exportRecords();
  expect(records).toEqual({ subscriptions: [], budgets: [], hierarchyNodes: [], auditEvents: [] });
});
