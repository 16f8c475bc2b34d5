import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { ControlWarehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { expireApiKey, statement } from './api-key-queries.ts';
import { type ApiKeys, openApiKeys } from './api-keys.ts';

const directory = await mkdtemp(join(tmpdir(), 'cloudact-api-key-succession-'));
const warehouse = await openDuckDBWarehouse({ directory });
afterAll(async () => {
  await warehouse.close();
  await rm(directory, { recursive: true });
});

const start = new Date('2026-10-01T12:00:00Z');
let time: Date;
let org: OrgSlug;
let keys: ApiKeys;
let elsewhere: ApiKeys;
beforeEach(() => {
  time = start;
  org = parseOrgSlug(`org_${crypto.randomUUID().slice(0, 8)}`);
  keys = open();
  elsewhere = open();
});

function open(control: ControlWarehouse = warehouse.control): ApiKeys {
  return openApiKeys({ control, peppers: { current: 1, peppers: { 1: 'pepper-'.repeat(8) } }, now: () => time });
}

/** Does something between what a process reads of keys and what it writes next. */
function interruptedBy(work: () => Promise<unknown>): ApiKeys {
  let isDone = false;
  return open({
    rows: (query, params) => warehouse.control.rows(query, params),
    async write(statements) {
      if (!isDone) {
        isDone = true;
        await work();
      }
      return warehouse.control.write(statements);
    },
  });
}

const issue = (more: { expiresAt?: string } = {}) =>
  keys.issue({ org, name: 'Portal', scopes: ['keys:write'], ...more });
const inForce = async () => (await keys.list(org)).filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id);

it('a key that is revoked while it is being rotated leaves no successor', async () => {
  const { record } = await issue();
  const interrupted = interruptedBy(() => elsewhere.revoke(org, record.id));
  await expect(interrupted.rotate(org, record.id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await inForce()).toEqual([]);
});

it('of two rotations at once one succeeds, and the other does not lengthen the overlap', async () => {
  const { record } = await issue();
  const interrupted = interruptedBy(() => elsewhere.rotate(org, record.id, { overlapSeconds: 60 }));
  await expect(interrupted.rotate(org, record.id, { overlapSeconds: 86_400 })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has a successor already'),
  });
  const first = (await keys.list(org)).toSorted(({ id }) => (id === record.id ? -1 : 1));
  expect(first).toMatchObject([{ id: record.id, expiresAt: '2026-10-01T12:01:00Z' }, { rotatedFrom: record.id }]);
});

it('a key whose successor was revoked can be rotated again, and the overlap stays as short as it was', async () => {
  const { record } = await issue();
  const successor = await keys.rotate(org, record.id, { overlapSeconds: 60 });
  await keys.revoke(org, successor.record.id);
  await keys.rotate(org, record.id, { overlapSeconds: 3600 });
  expect(await keys.find(org, record.id)).toMatchObject({ expiresAt: '2026-10-01T12:01:00Z' });
});

it('what a key makes does not outlive it', async () => {
  const { key } = await issue({ expiresAt: '2026-10-01T13:00:00.000Z' });
  const issuer = await keys.verify(key).then(({ keyId, expiresAt }) => ({ keyId, expiresAt }));
  const { record: other } = await issue();
  const expiry = async (expiresAt?: string) =>
    Date.parse((await keys.issue({ org, name: 'Made', scopes: [], issuer, expiresAt })).record.expiresAt!);
  const end = Date.parse('2026-10-01T13:00:00Z');
  expect([await expiry(), await expiry('2027-01-01T00:00:00.000Z')]).toEqual([end, end]);
  expect(await expiry('2026-10-01T12:30:00.000Z')).toBe(Date.parse('2026-10-01T12:30:00Z'));
  for (const rotated of [other.id, issuer.keyId]) {
    expect(Date.parse((await keys.rotate(org, rotated, { issuer })).record.expiresAt!)).toBe(end);
  }
});

it('a key that is revoked while it makes another one makes nothing', async () => {
  const { key, record } = await issue();
  const issuer = await keys.verify(key);
  const { record: other } = await issue();
  for (const make of [
    (each: ApiKeys) => each.issue({ org, name: 'Made', scopes: [], issuer }),
    (each: ApiKeys) => each.rotate(org, other.id, { issuer }),
  ]) {
    const interrupted = interruptedBy(() => elsewhere.revoke(org, record.id));
    await expect(make(interrupted)).rejects.toMatchObject({ code: 'credential_invalid' });
  }
  expect(await inForce()).toEqual([other.id]);
  expect(await keys.find(org, other.id)).toMatchObject({ expiresAt: null });
});

it('a key that was revoked elsewhere is known as such at once to whoever looks it up afresh', async () => {
  const { key, record } = await issue();
  await elsewhere.verify(key);
  await keys.revoke(org, record.id);
  await elsewhere.verify(key);
  await expect(elsewhere.verify(key, { fresh: true })).rejects.toMatchObject({ code: 'credential_invalid' });
  await expect(elsewhere.verify(key)).rejects.toMatchObject({ code: 'credential_invalid' });
});

it('an organisation has at most 100 keys in force; revoked and expired ones do not count', async () => {
  await issue({ expiresAt: '2026-10-01T12:00:01.000Z' });
  await keys.revoke(org, (await issue()).record.id);
  time = new Date(start.getTime() + 1000);
  const [first, second] = await Promise.all(Array.from({ length: 100 }, () => issue()));
  await expect(issue()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('100') });
  // A full organisation can still replace a key, one at a time.
  await keys.rotate(org, first!.record.id);
  await expect(keys.rotate(org, second!.record.id)).rejects.toMatchObject({ code: 'conflict' });
  await keys.revoke(org, first!.record.id);
  await keys.rotate(org, second!.record.id);
  expect(await keys.find(parseOrgSlug('other_inc'), second!.record.id)).toBeUndefined();
});

it('the end that a rotation writes reaches no key of another organisation, whatever its id', async () => {
  const { record } = await issue();
  const other = parseOrgSlug(`org_${crypto.randomUUID().slice(0, 8)}`);
  const successor = await keys.issue({ org: other, name: 'Portal', scopes: ['keys:write'] });
  const end = { org: other, id: record.id, successor: successor.record.id, expires_at: start.toISOString() };
  expect(await warehouse.control.write([statement(expireApiKey, end)])).toEqual([0]);
});
