import { expect, it } from 'vitest';
import { metadata, newOrg, service } from './testing/supabase.ts';

const { idempotency } = metadata;

function taking(changes: object = {}) {
  const principal = `user:${crypto.randomUUID()}`;
  return { principal, key: 'key', org: null, fingerprint: 'one', lockSeconds: 60, keepSeconds: 600, ...changes };
}

it('a key is begun, then in flight, then answered, and another request with it is a mismatch all along', async () => {
  const request = taking();
  const other = { ...request, fingerprint: 'two' };
  expect(await idempotency.begin(request)).toEqual({ state: 'begin' });
  expect(await idempotency.begin(request)).toEqual({ state: 'in_flight' });
  expect(await idempotency.begin(other)).toEqual({ state: 'mismatch' });
  await idempotency.answer({ ...request, status: 201, sealedAnswer: 'sealed' });
  expect(await idempotency.begin(request)).toEqual({ state: 'answered', status: 201, sealedAnswer: 'sealed' });
  expect(await idempotency.begin(other)).toEqual({ state: 'mismatch' });
});

it('of requests at the same time one begins', async () => {
  const request = taking();
  const begun = await Promise.all(Array.from({ length: 8 }, () => idempotency.begin(request)));
  expect(begun.filter(({ state }) => state === 'begin')).toHaveLength(1);
  expect(begun.filter(({ state }) => state === 'in_flight')).toHaveLength(7);
});

it('the keys of two principals never meet', async () => {
  const [mine, theirs] = [taking({ org: await newOrg() }), taking({ fingerprint: 'two' })];
  expect(await idempotency.begin(mine)).toEqual({ state: 'begin' });
  expect(await idempotency.begin(theirs)).toEqual({ state: 'begin' });
  await idempotency.answer({ ...mine, status: 200, sealedAnswer: 'mine' });
  expect(await idempotency.begin(theirs)).toEqual({ state: 'in_flight' });
});

it('a key that was let go is free, one that was answered is not', async () => {
  const request = taking();
  await idempotency.begin(request);
  await idempotency.release(request);
  expect(await idempotency.begin(request)).toEqual({ state: 'begin' });
  await idempotency.answer({ ...request, status: 200, sealedAnswer: 'sealed' });
  await idempotency.release(request);
  await idempotency.answer({ ...request, status: 500, sealedAnswer: 'other' });
  expect(await idempotency.begin(request)).toEqual({ state: 'answered', status: 200, sealedAnswer: 'sealed' });
});

it('a request that was cut off blocks its key until its lock runs out, and another request not even then', async () => {
  const request = taking({ lockSeconds: 0 });
  await idempotency.begin(request);
  expect(await idempotency.begin({ ...request, fingerprint: 'two' })).toEqual({ state: 'mismatch' });
  expect(await idempotency.begin(request)).toEqual({ state: 'begin' });
});

it('an answer whose time is over is gone, also when its key never comes again', async () => {
  const old = taking({ keepSeconds: 0 });
  await idempotency.begin(old);
  await idempotency.answer({ ...old, status: 200, sealedAnswer: 'sealed' });
  await idempotency.begin(taking());
  const { data } = await service.from('idempotency_keys').select().eq('principal', old.principal);
  expect(data).toEqual([]);
});
