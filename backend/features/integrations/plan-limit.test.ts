import { CloudActError } from '@cloudact/core/errors';
import { supabaseMetadata } from '@cloudact/core/metadata';
import { expect, it } from 'vitest';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import { openBilling } from '../../billing/billing.ts';
import { openTestBackend } from '../../testing/backend.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { blob } from './fixtures.ts';

it('a plan with room for one takes one, also when its request was cut off, and another when it is gone', async () => {
  const metadata = supabaseMetadata(await testSupabase());
  const plans = [
    {
      ...{ id: 'small', name: 'Small', price: null, stripePriceId: null, trialDays: 0 },
      ...{ integrations: 1, seats: null, retentionMonths: null },
    },
  ];
  const stripe = { secretKey: 'sk_test_never_called', webhookSecret: 'whsec_never_called' };
  const backend = await openTestBackend({
    metadata,
    billing: openBilling({ metadata, plans, stripe, now: () => new Date() }),
    pipelines: { connectors: async () => [blob], check: async () => [] },
  });
  const { key } = await backend.organisation(randomSlug());
  const create = async (id: string) => {
    const body = { id, connector: 'blob', name: 'Blob', values: { account: 'acme', secret: 'secret-of-acme' } };
    const answer = await backend.request('POST', '/v1/integrations', { credential: key, body });
    return [answer.statusCode, answer.json().code];
  };

  const { seal } = backend.deps.vault;
  backend.deps.vault.seal = async () => {
    throw new CloudActError('vault_unavailable', { detail: 'The keyring is away.' });
  };
  expect(await create('first')).toEqual([503, 'vault_unavailable']);
  backend.deps.vault.seal = seal;
  expect(await create('first')).toEqual([201, undefined]);
  expect(await create('second')).toEqual([402, 'plan_limit_reached']);
  expect((await backend.request('GET', '/v1/integrations/second', { credential: key })).statusCode).toBe(404);
  await backend.request('DELETE', '/v1/integrations/first', { credential: key });
  const parallel = await Promise.all([create('second'), create('third'), create('fourth')]);
  expect(parallel.map(([status]) => status).sort()).toEqual([201, 402, 402]);
  await backend.close();
});
