import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readPlans } from './plans.ts';

const directory = await mkdtemp(join(tmpdir(), 'cloudact-plans-'));
afterAll(() => rm(directory, { recursive: true }));

const limits = { integrations: 1, seats: 1, retention_months: null };
const free = { id: 'free', name: 'Free', price: null, stripe_price_id: null, trial_days: 0, limits };
const price = { amount: '9.00', currency: 'EUR' };
const team = { ...free, id: 'team', price, stripe_price_id: 'price_team' };

async function plansFrom(content: unknown) {
  const path = join(directory, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readPlans(path);
}

it('reads the example', async () => {
  const plans = await readPlans(join(import.meta.dirname, 'plans.example.json'));
  expect(plans.map(({ id, price }) => [id, price?.amount])).toEqual([
    ['free', undefined],
    ['team', '99.00'],
    ['business', '399.00'],
  ]);
});

it('keeps null as no limit', async () => {
  const [plan] = await plansFrom({ plans: [free] });
  expect(plan).toMatchObject({ integrations: 1, retentionMonths: null, stripePriceId: null });
});

it.each([
  ['no JSON', '{', 'not JSON'],
  ['no plan', { plans: [] }, '/plans'],
  ['a number for money', { plans: [free, { ...team, price: { ...price, amount: 9 } }] }, '/plans/1/price'],
  ['a limit of nothing', { plans: [{ ...free, limits: { ...limits, seats: 0 } }] }, '/plans/0/limits/seats'],
  ['a field that is not known', { plans: [{ ...free, colour: 'red' }] }, 'additional'],
  ['an id twice', { plans: [free, free] }, 'the plan "free" is there twice'],
  ['a Stripe price twice', { plans: [free, team, { ...team, id: 'b' }] }, 'two plans have the Stripe price price_team'],
  ['a plan on sale without a price', { plans: [free, { ...team, price: null }] }, '"team" is sold and has no price'],
  ['a first plan that costs', { plans: [team, free] }, '"team" has to cost nothing'],
])('refuses %s, and says what is wrong', async (_what, content, detail) => {
  await expect(plansFrom(content)).rejects.toMatchObject({
    code: 'configuration_invalid',
    detail: expect.stringContaining(detail),
  });
});

it('names the variable when there is no such file', async () => {
  await expect(readPlans(join(directory, 'none.json'))).rejects.toMatchObject({
    code: 'configuration_invalid',
    detail: expect.stringContaining('CLOUDACT_PLANS_FILE'),
  });
});
