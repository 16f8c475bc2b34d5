import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOrgSlug } from '@cloudact/core/org';
import type { ControlWarehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { createApiKey } from './api-key.ts';
import { type ApiKeys, openApiKeys } from './api-keys.ts';
import type { PepperRing } from './pepper-ring.ts';
import { apiKeyScopes, scopes } from './scopes.ts';

const directory = await mkdtemp(join(tmpdir(), 'cloudact-api-keys-'));
const warehouse = await openDuckDBWarehouse({ directory });
afterAll(async () => {
  await warehouse.close();
  await rm(directory, { recursive: true });
});

const org = parseOrgSlug('acme_inc');
const other = parseOrgSlug('other_inc');
const firstPepper = 'first-'.repeat(8);
let time: Date;
let keys: ApiKeys;

function open(peppers: PepperRing = { current: 1, peppers: { 1: firstPepper } }): ApiKeys {
  return openApiKeys({ control: warehouse.control, peppers, now: () => time });
}

function later(seconds: number): void {
  time = new Date(time.getTime() + seconds * 1000);
}

beforeEach(() => {
  time = new Date('2026-10-01T12:00:00Z');
  keys = open();
});

it('an issued key tells its organisation and scopes, in this process and in the next', async () => {
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: ['costs:read'] });
  const principal = { kind: 'api_key', org, scopes: ['costs:read'], keyId: record.id, expiresAt: null };
  expect(await keys.verify(key)).toEqual(principal);
  expect(await open().verify(key)).toEqual(principal);
});

it('the key is not in the store', async () => {
  const { key } = await keys.issue({ org, name: 'Portal', scopes: [] });
  const stored = await warehouse.control.rows(
    { name: 'all', params: {}, sql: () => 'SELECT id, name, prefix, last4, key_hmac, scopes FROM api_keys' },
    {},
  );
  expect(JSON.stringify(stored)).not.toContain(key.slice(12, -4));
});

it.each([
  ['never issued', createApiKey()],
  ['not a key', 'ca_live_nonsense'],
])('a key that was %s is not valid', async (_name, key) => {
  await expect(keys.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
});

it('a revoked key is refused at once here, and within 30 seconds elsewhere', async () => {
  const elsewhere = open();
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: [] });
  await keys.verify(key);
  await elsewhere.verify(key);
  await keys.revoke(org, record.id);
  await expect(keys.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
  later(30);
  await expect(elsewhere.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
});

it('a look-up that was under way during the revocation does not keep the key alive', async () => {
  const hasRead = Promise.withResolvers<void>();
  const isRevoked = Promise.withResolvers<void>();
  const slow: ControlWarehouse = {
    write: (statements) => warehouse.control.write(statements),
    async rows(query, params) {
      const rows = await warehouse.control.rows(query, params);
      hasRead.resolve();
      await isRevoked.promise;
      return rows;
    },
  };
  const here = openApiKeys({ control: slow, peppers: { current: 1, peppers: { 1: firstPepper } }, now: () => time });
  const { key, record } = await here.issue({ org, name: 'Portal', scopes: [] });
  const underWay = here.verify(key);
  await hasRead.promise;
  await here.revoke(org, record.id);
  isRevoked.resolve();
  await underWay;
  await expect(here.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
});

it('a rotated key and its successor are both good for a day, then only the successor is', async () => {
  const elsewhere = open();
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: ['costs:read'] });
  await keys.verify(key);
  const successor = await keys.rotate(org, record.id);
  expect(successor.record).toMatchObject({
    org,
    name: 'Portal',
    scopes: ['costs:read'],
    expiresAt: null,
    rotatedFrom: record.id,
  });
  expect(successor.key).not.toBe(key);
  later(24 * 3600 - 1);
  for (const service of [keys, elsewhere]) {
    expect(await service.verify(key)).toMatchObject({ keyId: record.id });
    expect(await service.verify(successor.key)).toMatchObject({ keyId: successor.record.id, scopes: ['costs:read'] });
  }
  later(1);
  for (const service of [keys, elsewhere]) {
    await expect(service.verify(key)).rejects.toMatchObject({ code: 'credential_expired' });
    expect(await service.verify(successor.key)).toMatchObject({ org });
  }
});

it('without an overlap the rotated key ends at once here, also when it was looked up just before', async () => {
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: [] });
  await keys.verify(key);
  await keys.rotate(org, record.id, { overlapSeconds: 0 });
  await expect(keys.verify(key)).rejects.toMatchObject({ code: 'credential_expired' });
});

it('rotation never prolongs a key, and its successor lives as long as it was to live', async () => {
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: [], expiresAt: '2026-10-01T13:00:00Z' });
  later(30 * 60);
  const successor = await keys.rotate(org, record.id);
  expect(await keys.find(org, record.id)).toMatchObject({ expiresAt: '2026-10-01T13:00:00Z' });
  expect(successor.record.expiresAt).toBe('2026-10-01T13:30:00.000Z');
  later(30 * 60);
  await expect(keys.verify(key)).rejects.toMatchObject({ code: 'credential_expired' });
});

it('only a key in force of the own organisation is rotated', async () => {
  const { record } = await keys.issue({ org, name: 'Portal', scopes: [] });
  await expect(keys.rotate(other, record.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(keys.rotate(org, 'key_nobody')).rejects.toMatchObject({ code: 'not_found' });
  await keys.revoke(org, record.id);
  await expect(keys.rotate(org, record.id)).rejects.toMatchObject({ code: 'conflict' });
  const expired = await keys.issue({ org, name: 'Portal', scopes: [], expiresAt: '2026-10-01T12:00:01Z' });
  later(1);
  await expect(keys.rotate(org, expired.record.id)).rejects.toMatchObject({ code: 'conflict' });
});

it('all keys of an organisation are revoked at once, and no other’s', async () => {
  const leaving = parseOrgSlug('leaving_inc');
  const issued = await Promise.all(['One', 'Two'].map((name) => keys.issue({ org: leaving, name, scopes: [] })));
  const { key: kept } = await keys.issue({ org: other, name: 'Portal', scopes: [] });
  for (const { key } of issued) await keys.verify(key);
  expect(await keys.revokeAll(leaving)).toBe(2);
  expect(await keys.revokeAll(leaving)).toBe(0);
  for (const { key } of issued) await expect(keys.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
  expect(await keys.verify(kept)).toMatchObject({ org: other });
});

it.each(scopes.filter((scope) => !apiKeyScopes.includes(scope)))(
  'no key carries %s, which needs a person',
  async (scope) => {
    await expect(keys.issue({ org, name: 'Portal', scopes: ['costs:read', scope] })).rejects.toMatchObject({
      code: 'request_invalid',
    });
  },
);

it('a key is found by its id in its own organisation and in no other', async () => {
  const { record } = await keys.issue({ org, name: 'Portal', scopes: ['costs:read'] });
  expect(await keys.find(org, record.id)).toMatchObject({ id: record.id, name: 'Portal' });
  expect(await keys.find(other, record.id)).toBeUndefined();
});

it('a key cannot be revoked from another organisation', async () => {
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: [] });
  await keys.revoke(other, record.id);
  later(31);
  expect(await keys.verify(key)).toMatchObject({ org });
});

it('a key expires on time, also when it was looked up just before', async () => {
  const { key } = await keys.issue({ org, name: 'Portal', scopes: [], expiresAt: '2026-10-01T12:00:10Z' });
  await keys.verify(key);
  later(10);
  await expect(keys.verify(key)).rejects.toMatchObject({ code: 'credential_expired' });
});

it('a key of an older pepper stays good while its pepper is in the ring', async () => {
  const { key } = await keys.issue({ org, name: 'Portal', scopes: [] });
  const second = 'second-'.repeat(8);
  expect(await open({ current: 2, peppers: { 1: firstPepper, 2: second } }).verify(key)).toMatchObject({ org });
  const without = open({ current: 2, peppers: { 2: second } });
  await expect(without.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
});

it('the list shows the keys of one organisation, and when each was last used', async () => {
  const quiet = parseOrgSlug('quiet_inc');
  const { key } = await keys.issue({ org: quiet, name: 'Portal', scopes: ['costs:read'] });
  later(60);
  await keys.verify(key);
  await keys.flushLastUsed();
  expect(await keys.list(quiet)).toMatchObject([
    { org: quiet, name: 'Portal', last4: key.slice(-4), revokedAt: null, lastUsedAt: '2026-10-01T12:01:00Z' },
  ]);
});

it.each<[string, PepperRing]>([
  ['too short', { current: 1, peppers: { 1: 'short' } }],
  ['missing', { current: 2, peppers: { 1: firstPepper } }],
])('a pepper that is %s stops the start', (_name, peppers) => {
  expect(() => open(peppers)).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
});

it('a scope that no key may have grants nothing, whatever a row of the table says', async () => {
  const { key, record } = await keys.issue({ org, name: 'Portal', scopes: ['costs:read'] });
  const widened = JSON.stringify(['costs:read', 'org:write', 'unheard:of']);
  await warehouse.control.write([
    {
      query: {
        name: 'widen',
        params: { id: 'string', scopes: 'string' },
        sql: (_dialect, p) => `UPDATE api_keys SET scopes = ${p.scopes} WHERE id = ${p.id}`,
      },
      params: { id: record.id, scopes: widened },
    },
  ]);
  expect((await open().verify(key)).scopes).toEqual(['costs:read']);
});
