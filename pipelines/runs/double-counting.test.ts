import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subscription } from '../subscriptions/fixtures.ts';
import { seatsCountedTwice } from './double-counting.ts';
import { loadBill } from './load-bill.ts';
import { type DemoOrg, openDemoOrg } from './testing/demo-org.ts';

let inbox: string;
let demo: DemoOrg;

beforeAll(async () => {
  inbox = await mkdtemp(join(tmpdir(), 'double-counting-'));
  demo = await openDemoOrg(inbox);
});
afterAll(async () => {
  await demo.close();
  await rm(inbox, { recursive: true, force: true });
});

const day = { charge_start: '2026-09-03T00:00:00Z', charge_end: '2026-09-04T00:00:00Z', account: 'larkmoor' };

test('seats that GitHub bills and that are entered as a plan as well are found, month by month', async () => {
  const file = join(inbox, 'github.ndjson');
  const seats = {
    github_answer: 'usage',
    ...day,
    product: 'Copilot',
    sku: 'Copilot Business',
    unitType: 'user-months',
    pricePerUnit: 19,
    quantity: 12,
    grossAmount: 228,
    discountAmount: 0,
    netAmount: 228,
    organizationName: 'larkmoor',
  };
  const about = { github_answer: 'about', ...day, settled_before: '2026-10-06' };
  await writeFile(file, [about, seats].map((line) => `${JSON.stringify(line)}\n`).join(''));
  const dataset = demo.warehouse.forOrg(demo.org);
  const load = { integrationId: 'github-main', files: [file], from: 'github-usage', runId: 'run' };
  await dataset.load((session) => loadBill(session, { ...load, extractedAt: '2026-10-07T00:00:00Z' }));

  const copilot = subscription({ id: 'copilot', vendor: 'GitHub', product: 'GitHub Copilot Business' });
  const plans = { subscriptions: [copilot, subscription({ id: 'desk' })] };
  expect(await seatsCountedTwice(dataset, plans, 'subscriptions')).toMatchObject([
    {
      subscriptionId: 'copilot',
      month: '2026-09-01',
      integration: 'github-main',
      quantity: expect.stringMatching(/^12(\.0+)?$/),
    },
  ]);
  expect(await seatsCountedTwice(dataset, plans, 'github-main')).toEqual([]);
}, 60_000);
