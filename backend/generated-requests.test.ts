import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBackend } from './testing/backend.ts';
import { differences, holdingsOf } from './testing/generated/holdings.ts';
import { randomOf } from './testing/generated/random.ts';
import { openRunner, type Runner } from './testing/generated/runner.ts';
import { fullTenant, type Tenant } from './testing/generated/tenant.ts';
import { randomSlug } from './testing/tenants.ts';

/** How many requests are made; `CLOUDACT_GENERATED_REQUESTS=100000` for the long form. */
const REQUESTS = Number(process.env.CLOUDACT_GENERATED_REQUESTS ?? 3_000);
const SEED = Number(process.env.CLOUDACT_GENERATED_SEED ?? 20_261_124);
const REQUESTS_AT_ONCE = 100;

const backend = await openTestBackend({
  pipelines: {
    connectors: async () => [
      {
        id: 'stand-in',
        title: 'Stand-in',
        fields: [
          { name: 'bucket', label: 'Bucket', help: '', kind: 'text', required: false },
          { name: 'secret', label: 'Secret', help: '', kind: 'secret', required: false },
        ],
      },
    ],
    check: async () => [{ step: 'list', ok: true, detail: 'Listed.' }],
  },
});
afterAll(() => backend.close());

let tenants: { a: Tenant; b: Tenant };
let runner: Runner;
const failures: string[] = [];

beforeAll(async () => {
  tenants = { a: await fullTenant(backend, 'alphaa'), b: await fullTenant(backend, 'betabb') };
  runner = await openRunner(backend, tenants, SEED);
}, 120_000);

it(`${REQUESTS} requests of anybody find no error of ours, nothing of others, and change nothing of others`, async () => {
  const random = randomOf(SEED, REQUESTS);
  for (let asked = 0; asked < REQUESTS; asked += REQUESTS_AT_ONCE) {
    const side = random.pick(['a', 'a', 'a', 'b', 'b', 'b', 'nobody', 'operator'] as const);
    const others = { a: ['b'], b: ['a'], nobody: ['a', 'b'], operator: [] }[side] as ('a' | 'b')[];
    const before = await Promise.all(others.map((each) => holdingsOf(backend, tenants[each])));
    failures.push(...(await runner.ask(side, Math.min(REQUESTS_AT_ONCE, REQUESTS - asked))));
    for (const [index, each] of others.entries()) {
      const changes = differences(before[index]!, await holdingsOf(backend, tenants[each]));
      failures.push(...changes.map((change) => `requests ${asked} and on of seed ${SEED}, by ${side}: ${change}`));
    }
  }
  if (process.env.CLOUDACT_GENERATED_REQUESTS !== undefined)
    process.stdout.write(`${JSON.stringify(runner.statuses)}\n`);
  expect(failures.slice(0, 20).join('\n')).toBe('');
}, 7_200_000);

it('an organisation that leaves in the middle takes nothing of others with it', async () => {
  const { a, b } = tenants;
  const before = await Promise.all([holdingsOf(backend, a), holdingsOf(backend, b)]);
  const { org } = await backend.organisation(randomSlug());
  const { token } = await backend.member(org, 'owner');
  const body = { confirm: org, export: true };
  const answer = await backend.request('DELETE', '/v1/org', { credential: token, org, body });
  expect(answer.statusCode).toBe(200);
  expect(await Promise.all([holdingsOf(backend, a), holdingsOf(backend, b)])).toEqual(before);
});

it.runIf(REQUESTS >= 3_000)('every operation was reached with a request that it answers with success', () => {
  const unreached = runner.operations.filter((operation) => !runner.succeeded.has(operation));
  expect(unreached.sort()).toEqual([...DELETING, ...SELLING].sort());
});

/** Kept from success by the runner, because the test goes on. */
const DELETING = [
  'DELETE /v1/admin/orgs/{slug}',
  'GET /v1/admin/orgs/{slug}/certificate',
  'DELETE /v1/org',
  'DELETE /v1/me',
  'DELETE /v1/members/me',
];
/** This installation sells nothing. */
const SELLING = ['POST /v1/billing/checkout', 'POST /v1/billing/portal', 'POST /v1/webhooks/stripe'];
