import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { loadCharges, type WaitingUsage } from '../../testing/charges.ts';
import type { Query } from '../../testing/requests.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { CostAnswer } from './schemas.ts';

const backend = await openTestBackend();
const { warehouse } = backend;
const { org, key } = await backend.organisation(randomSlug('acme'));
const untouched = await backend.organisation(randomSlug('untouched'));
afterAll(() => backend.close());

const october = { from: '2026-10-01', to: '2026-11-01' };
const openai = { ServiceName: 'OpenAI API', SubAccountId: 'proj_chat', tags: { team: 'search' } };
const priced = [
  { day: '2026-10-02', cost: '20', ...openai },
  { day: '2026-10-02', cost: '5', ServiceName: 'Amazon S3' },
  { day: '2026-10-03', cost: '3', ServiceName: 'Amazon S3', BillingCurrency: 'EUR' },
  { day: '2026-10-03', cost: '1', ServiceName: 'Slack' },
];
const waiting: WaitingUsage[] = [
  { day: '2026-10-02', quantity: '1000000.000000000000000001', ...openai },
  { day: '2026-10-04', quantity: '200000', ...openai },
  {
    day: '2026-10-04',
    quantity: '7',
    ...openai,
    SkuMeter: 'Images',
    ConsumedUnit: 'Images',
    x_UnpricedReason: 'meter',
  },
  { day: '2026-10-04', quantity: '9', ServiceName: 'Suno', SkuMeter: 'Songs', ConsumedUnit: 'Songs', x_Model: null },
  { day: '2026-11-01', quantity: '55', billingMonth: '2026-10-01', ...openai },
];
let readings = 0;
const load = (unpriced: readonly WaitingUsage[]) =>
  loadCharges(warehouse, org, priced, {
    unpriced,
    extractedAt: new Date(Date.UTC(2026, 10, 1, 0, ++readings)).toISOString(),
  });
beforeAll(() => load(waiting));

async function ask(query: Query = {}, credential = key): Promise<CostAnswer> {
  const answer = await backend.get('/v1/costs', credential, { ...october, ...query });
  expect(answer.body).toMatch(/^\{"query"/);
  return answer.json();
}
const quantities = ({ unpriced }: CostAnswer) => unpriced.map(({ quantity, unit }) => `${quantity} ${unit}`);
const marks = ({ groups }: CostAnswer) =>
  groups.map(({ currency, group, other, unpriced }) => [currency, other ? 'other' : group.join(), unpriced]);

it('usage without a price is listed by service, model, meter, unit and reason, to the last decimal, and is in no cost', async () => {
  const answer = await ask();
  expect(answer.unpriced).toEqual([
    {
      service: 'OpenAI API',
      model: 'unheard-of',
      meter: 'Input Tokens',
      unit: 'Tokens',
      reason: 'model',
      quantity: '1200000.000000000000000001',
      rows: 2,
    },
    {
      service: 'OpenAI API',
      model: 'unheard-of',
      meter: 'Images',
      unit: 'Images',
      reason: 'meter',
      quantity: '7',
      rows: 1,
    },
    { service: 'Suno', model: null, meter: 'Songs', unit: 'Songs', reason: 'model', quantity: '9', rows: 1 },
  ]);
  expect(answer.totals).toEqual([
    { currency: 'EUR', cost: '3' },
    { currency: 'USD', cost: '26' },
  ]);
});

it('a dataset into which no usage was ever loaded answers with none', async () => {
  expect(await ask({}, untouched.key)).toMatchObject({ totals: [], unpriced: [], unpriced_periods: [] });
});

it.each([
  ['days', { from: '2026-10-02', to: '2026-10-03' }, ['1000000.000000000000000001 Tokens']],
  [
    'bills',
    { date: 'BillingPeriodStart', granularity: 'month' },
    ['1200055.000000000000000001 Tokens', '7 Images', '9 Songs'],
  ],
  ['a service', { filter: 'ServiceName:Suno' }, ['9 Songs']],
  ['a tag', { filter: 'tag:team:search' }, ['1200000.000000000000000001 Tokens', '7 Images']],
  ['no tag', { filter: 'tag:team:' }, ['9 Songs']],
  ['an integration', { filter: 'x_IntegrationId:another' }, []],
  ['a service without any', { filter: 'ServiceName:Amazon S3' }, []],
  [
    'a currency, which nobody knows of it',
    { filter: 'BillingCurrency:EUR', from: '2026-10-04' },
    ['7 Images', '200000 Tokens', '9 Songs'],
  ],
])('it is asked for as cost is: %s', async (_name, query, expected) => {
  expect(quantities(await ask(query))).toEqual(expected);
});

it('a group is marked where usage of it waits, in every currency, and other where a group beyond the top ones is', async () => {
  expect(marks(await ask({ group_by: 'ServiceName' }))).toEqual([
    ['EUR', 'Amazon S3', false],
    ['USD', 'OpenAI API', true],
    ['USD', 'Amazon S3', false],
    ['USD', 'Slack', false],
  ]);
  expect(marks(await ask({ group_by: 'ServiceName', top: 1 }))).toEqual([
    ['EUR', 'Amazon S3', false],
    ['USD', 'OpenAI API', true],
    ['USD', 'other', true],
  ]);
  expect(marks(await ask({ group_by: 'BillingCurrency' }))).toEqual([
    ['EUR', 'EUR', true],
    ['USD', 'USD', true],
  ]);
  expect(marks(await ask())).toEqual([
    ['EUR', '', true],
    ['USD', '', true],
  ]);
});

it('a group that is beyond the top ones of one currency is in the other of that currency', async () => {
  await load([{ day: '2026-10-03', quantity: '1', ServiceName: 'Amazon S3' }]);
  expect(marks(await ask({ group_by: 'ServiceName', top: 1 }))).toEqual([
    ['EUR', 'Amazon S3', true],
    ['USD', 'OpenAI API', false],
    ['USD', 'other', true],
  ]);
  await load(waiting);
});

it('periods and groups in which usage waits are told, also where nothing was priced', async () => {
  const days = await ask({ group_by: ['ServiceName', 'tag:team'] });
  expect(days.unpriced_periods).toEqual([
    { period_start: '2026-10-02', period_end: '2026-10-03', group: ['OpenAI API', 'search'], other: false },
    { period_start: '2026-10-04', period_end: '2026-10-05', group: ['OpenAI API', 'search'], other: false },
    { period_start: '2026-10-04', period_end: '2026-10-05', group: ['Suno', null], other: false },
  ]);
  const cut = await ask({ group_by: 'ServiceName', granularity: 'total', top: 2 });
  expect(cut.unpriced_periods).toEqual([
    { period_start: '2026-10-01', period_end: '2026-11-01', group: ['OpenAI API'], other: false },
    { period_start: '2026-10-01', period_end: '2026-11-01', group: [null], other: true },
  ]);
  const roomy = await ask({ group_by: 'ServiceName', granularity: 'total', top: 10 });
  expect(roomy.unpriced_periods.map(({ group }) => group)).toEqual([['OpenAI API'], ['Suno']]);
});

it('where a currency is grouped by, usage waits in each that its group has', async () => {
  const { unpriced_periods } = await ask({ group_by: ['BillingCurrency'], granularity: 'total' });
  expect(unpriced_periods.map(({ group }) => group)).toEqual([['EUR'], ['USD']]);
  const services = await ask({ group_by: ['BillingCurrency', 'ServiceName'], granularity: 'total' });
  expect(services.unpriced_periods.map(({ group }) => group)).toEqual([
    ['USD', 'OpenAI API'],
    [null, 'Suno'],
  ]);
});

it('a credential with filters is told of its own slice alone, and of the loads that it comes from', async () => {
  const { token } = await backend.deps.identity.widgetTokens.mint({
    org,
    scopes: ['costs:read'],
    filters: ['ServiceName:Suno'],
  });
  const answer = await ask({ group_by: 'SubAccountId' }, token);
  expect(answer).toMatchObject({ totals: [], groups: [] });
  expect(quantities(answer)).toEqual(['9 Songs']);
  expect(answer.periods.map(({ integration_id }) => integration_id)).toEqual(['aws-main']);
  expect(quantities(await ask({ filter: 'ServiceName:OpenAI API' }, token))).toEqual([]);
});

it('once prices are known it is gone, and the tag of the answer is another', async () => {
  const before = await backend.get('/v1/costs', key, october);
  await load([]);
  const after = await backend.get('/v1/costs', key, october, { 'if-none-match': String(before.headers.etag) });
  expect(after.statusCode).toBe(200);
  expect(after.json().unpriced).toEqual([]);
  expect(marks(after.json())).toEqual([
    ['EUR', '', false],
    ['USD', '', false],
  ]);
  await load(waiting);
});
