import { add, compare, type Decimal, decimal, multiply } from '@cloudact/core/money';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from '../../testing/backend.ts';
import { type Charge, loadCharges } from '../../testing/charges.ts';
import type { Query } from '../../testing/requests.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { CostAnswer } from './schemas.ts';

const backend = await openTestBackend();
const { org, key } = await backend.organisation(randomSlug('display'));
afterAll(() => backend.close());

const services = ['EC2', 'S3', 'Lambda', 'Tax'];
const currencies = ['USD', 'EUR', 'GBP', 'JPY'];
const from = <Value>(list: readonly Value[]) => fc.constantFrom(...list);
const part = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map((digits) => digits.toString().padStart(18, '0'));
const charge = fc.record({
  day: fc.integer({ min: 1, max: 30 }).map((day) => `2026-09-${String(day).padStart(2, '0')}`),
  cost: fc
    .tuple(fc.boolean(), fc.nat(10_000), part)
    .map(([negative, whole, digits]) => `${negative ? '-' : ''}${whole}.${digits}`),
  ServiceName: from(services),
  ResourceId: from(['i-1', 'i-2', null]),
  BillingCurrency: from(currencies),
});
const charges = fc.sample(charge, { numRuns: 150, seed: 20261124 }) as unknown as (Charge & {
  ServiceName: string;
  ResourceId: string | null;
  BillingCurrency: string;
})[];
beforeAll(() => loadCharges(backend.warehouse, org, charges));

const september = { from: '2026-09-01', to: '2026-10-01' };
async function mint(body: object): Promise<string> {
  return (await backend.request('POST', '/v1/widget-tokens', { credential: key, body })).json().token;
}
const ask = (credential: string, query: Query = {}, headers = {}) =>
  backend.get('/v1/costs', credential, { ...september, granularity: 'week', ...query }, headers);

const factor = fc.tuple(fc.nat(99), part).map(([whole, digits]) => decimal(`${whole}.${digits.slice(0, 17)}1`));
const terms = fc.record({
  markUp: fc.option(factor),
  currency: fc.option(fc.record({ currency: from(currencies), rates: fc.dictionary(from(currencies), factor) })),
});
const question = fc.record({
  groupBy: fc.subarray(['ServiceName', 'ResourceId'] as const),
  top: fc.option(fc.integer({ min: 1, max: 4 })),
});

it('rows, groups and totals are exact in the terms of the token, and the top groups are the largest in them', async () => {
  await fc.assert(
    fc.asyncProperty(terms, question, async ({ markUp, currency }, { groupBy, top }) => {
      const { [currency?.currency ?? '']: _, ...rates } = currency?.rates ?? {};
      const token = await mint({
        ...(markUp !== null && { mark_up: markUp }),
        ...(currency !== null && { display_currency: { currency: currency.currency, rates } }),
      });
      const answer = (await ask(token, { group_by: groupBy, ...(top !== null && { top }) })).json<CostAnswer>();

      const shown = charges.map((row) => {
        const rate = rates[row.BillingCurrency];
        return {
          currency: rate === undefined ? row.BillingCurrency : currency!.currency,
          group: groupBy.map((name) => row[name]),
          cost: [markUp, rate]
            .filter((one) => one !== null && one !== undefined)
            .reduce(multiply, decimal(row.cost)) as string,
        };
      });
      const expected = sums(shown);
      expect(sums(answer.totals)).toEqual(expected);
      expect(sums(answer.rows)).toEqual(expected);
      expect(sums(answer.groups)).toEqual(expected);

      for (const [name, same] of Map.groupBy(shown, (row) => row.currency)) {
        const whole = [...Map.groupBy(same, ({ group }) => JSON.stringify(group)).entries()]
          .map(([group, rows]) => ({ group, cost: add(...rows.map(({ cost }) => decimal(cost))) }))
          .sort((one, two) => compare(two.cost, one.cost));
        const named = answer.groups.filter((group) => group.currency === name && !group.other);
        expect(named.map(({ group, cost }) => ({ group: JSON.stringify(group), cost }))).toEqual(
          groupBy.length === 0 || top === null ? whole : whole.slice(0, top),
        );
      }
      const key = ({ currency, group, other }: CostAnswer['groups'][number]) =>
        JSON.stringify([currency, group, other]);
      const rowKeys = answer.rows.map((row) => `${row.period_start} ${key(row as never)}`);
      expect(new Set(rowKeys).size).toBe(rowKeys.length);
      for (const group of answer.groups) {
        const own = answer.rows.filter((row) => key(row as never) === key(group));
        expect(add(...own.map(({ cost }) => decimal(cost)))).toBe(group.cost);
      }
    }),
    { numRuns: 50 },
  );
}, 60_000);

it('the answer tells neither the mark-up nor the rates', async () => {
  const marked = await ask(
    await mint({ mark_up: '1.15', display_currency: { currency: 'CHF', rates: { USD: '0.87' } } }),
  );
  const plain = await ask(await mint({}));
  expect(marked.body).not.toMatch(/1\.15|0\.87|mark_?up|rate/i);
  expect(Object.keys(marked.json())).toEqual(Object.keys(plain.json()));
  expect(marked.json().query).toEqual(plain.json().query);
});

it('nobody gets an answer in the terms of somebody else, not even from a cache', async () => {
  const tokens = await Promise.all([
    mint({}),
    mint({ mark_up: '1.15' }),
    mint({ mark_up: '1.2' }),
    mint({ display_currency: { currency: 'CHF', rates: { USD: '0.87' } } }),
    mint({ display_currency: { currency: 'CHF', rates: { USD: '0.88' } } }),
  ]);
  const answers = await Promise.all(tokens.map((token) => ask(token)));
  const etags = answers.map(({ headers }) => headers.etag as string);
  expect(new Set(etags).size).toBe(tokens.length);
  for (const [index, token] of tokens.entries()) {
    const others = etags.filter((_, other) => other !== index).join(', ');
    expect((await ask(token, {}, { 'if-none-match': others })).body).toBe(answers[index]!.body);
    expect((await ask(token, {}, { 'if-none-match': etags[index] })).statusCode).toBe(304);
  }
});

it('equal terms are one answer, however they are written', async () => {
  const written = (mark_up: string, rates: object) => ({ mark_up, display_currency: { currency: 'CHF', rates } });
  const one = await ask(await mint(written('1.50', { USD: '0.870', EUR: '1' })));
  const other = await ask(await mint(written('1.5', { EUR: '1.0', USD: '0.87' })));
  expect(other.headers.etag).toBe(one.headers.etag);
});

function sums(costs: readonly { currency: string; cost: string }[]): Record<string, Decimal> {
  const byCurrency = Map.groupBy(costs, ({ currency }) => currency);
  return Object.fromEntries(
    [...byCurrency].map(([currency, list]) => [currency, add(...list.map(({ cost }) => decimal(cost)))]),
  );
}
