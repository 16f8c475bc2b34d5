import { parseOrgSlug } from '@cloudact/core/org';
import { expect, test } from 'vitest';
import { openCheckSlots } from './check-slots.ts';

const [a, b, c, d, e] = ['org_a', 'org_b', 'org_c', 'org_d', 'org_e'].map(parseOrgSlug);
const refused = { code: 'rate_limited', retryAfterSeconds: 10 };

test('an organisation has one check at once, and the next when it is over, failed or not', async () => {
  const slots = openCheckSlots();
  const first = Promise.withResolvers<string>();
  const running = slots(a!, () => first.promise);
  await expect(slots(a!, async () => 'second')).rejects.toMatchObject(refused);
  expect(await slots(b!, async () => 'of another')).toBe('of another');
  first.reject(new Error('a bug'));
  await expect(running).rejects.toThrow('a bug');
  expect(await slots(a!, async () => 'second')).toBe('second');
});

test('all organisations together have four at once', async () => {
  const slots = openCheckSlots();
  const gate = Promise.withResolvers<string>();
  const running = [a, b, c, d].map((org) => slots(org!, () => gate.promise));
  await expect(slots(e!, async () => 'fifth')).rejects.toMatchObject(refused);
  gate.resolve('done');
  expect(await Promise.all(running)).toEqual(['done', 'done', 'done', 'done']);
  expect(await slots(e!, async () => 'fifth')).toBe('fifth');
});
