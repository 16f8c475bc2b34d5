import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeKeyPair } from './sealed-text.ts';
import { openSealingVault } from './sealing.ts';
import { acme, authenticationKey, bill, globex, openVaults, type Vaults } from './vault-testing.ts';

let at: Vaults;
beforeEach(async () => {
  at = await openVaults();
});
afterEach(() => at.remove());

const CANARY = 'sk-canary-7a1f-plaintext';

describe('credentials', () => {
  test('come back as they were sealed, whatever letters they have', async () => {
    await at.sealing.createDataKey(acme);
    const fields = { adminKey: CANARY, empty: '', unicode: '\uFEFFpässwörd \u{1F511}\n', long: 'x'.repeat(100_000) };
    await at.sealing.seal(bill, fields);
    expect(await at.opening.open(bill)).toEqual(fields);
  });

  test('of one integration replace those that it had, and no others', async () => {
    await at.sealing.createDataKey(acme);
    const other = { ...bill, integrationId: 'int_2' };
    await at.sealing.seal(bill, { user: 'a', password: 'b' });
    await at.sealing.seal(other, { password: 'other' });
    await at.sealing.seal(bill, { password: 'c', token: 'd' });
    expect(await at.opening.open(bill)).toEqual({ password: 'c', token: 'd' });
    expect(await at.opening.open(other)).toEqual({ password: 'other' });
    await at.sealing.seal(bill, {});
    expect(await at.opening.open(bill)).toEqual({});
  });

  test('are described by field and time, and never by what they are', async () => {
    await at.sealing.createDataKey(acme);
    await at.sealing.seal(bill, { adminKey: CANARY });
    const described = await at.sealing.describe(acme, 'int_1');
    expect(described).toEqual([{ field: 'adminKey', sealedAt: expect.stringMatching(/^\d{4}-.*Z$/) }]);
    expect(await at.sealing.describe(globex, 'int_1')).toEqual([]);
    await at.sealing.forget(acme, 'int_1');
    await at.sealing.forget(acme, 'int_1');
    expect(await at.sealing.describe(acme, 'int_1')).toEqual([]);
  });

  test('without a data key there is nothing to seal with', async () => {
    await expect(at.sealing.seal(bill, { adminKey: CANARY })).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  test('one data key is in force when many make it at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => at.sealing.createDataKey(acme)));
    await at.sealing.createDataKey(acme);
    expect(await at.dataKeys()).toHaveLength(1);
    await at.sealing.seal(bill, { adminKey: CANARY });
    expect(await at.opening.open(bill)).toEqual({ adminKey: CANARY });
  });

  test('destroying leaves nothing to open with, and another organisation as it was', async () => {
    for (const org of [acme, globex]) {
      await at.sealing.createDataKey(org);
      await at.sealing.seal({ ...bill, org }, { user: 'a', password: CANARY });
    }
    const rows = await at.credentials();
    expect(await at.sealing.destroy(acme)).toEqual({ dataKeys: 1, credentials: 2 });
    expect(await at.sealing.destroy(acme)).toEqual({ dataKeys: 0, credentials: 0 });
    expect(await at.opening.open(bill)).toEqual({});
    expect((await at.opening.open({ ...bill, org: globex })).password).toBe(CANARY);
    // Nor does it help to put the sealed texts back, or to begin anew under the same name.
    await at.sealing.createDataKey(acme);
    for (const row of rows) await at.tamper(insertOf(row));
    await expect(at.opening.open(bill)).rejects.toMatchObject({ code: 'vault_sealed' });
  });
});

describe('a value opens in its own place alone', () => {
  test.each([
    ['organisation', "UPDATE credentials SET org_slug = 'globex'", { ...bill, org: globex }],
    [
      'organisation, with the data key',
      "UPDATE credentials SET org_slug = 'globex', data_key_id = 'dk_globex_1'",
      { ...bill, org: globex },
    ],
    ['integration', "UPDATE credentials SET integration_id = 'int_2'", { ...bill, integrationId: 'int_2' }],
    ['provider', "UPDATE credentials SET provider = 'gcp'", { ...bill, provider: 'gcp' }],
    ['field', "UPDATE credentials SET field = 'endpoint'", bill],
    ['server', "UPDATE credentials SET host_hash = 'other'", { ...bill, host: 'other' }],
    ['server, as settings that were changed', 'UPDATE credentials SET sealed = sealed', { ...bill, host: 'other' }],
  ])('not in that of another %s', async (_, sql, place) => {
    for (const org of [acme, globex]) await at.sealing.createDataKey(org);
    await at.sealing.seal(bill, { adminKey: CANARY });
    await at.tamper(sql);
    const error = await at.opening.open(place).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'vault_sealed' });
    expectNoPlaintext(error);
  });

  test('nor when a data key is put into the place of another organisation’s', async () => {
    for (const org of [acme, globex]) await at.sealing.createDataKey(org);
    await at.sealing.seal(bill, { adminKey: CANARY });
    await at.tamper("DELETE FROM data_keys WHERE org_slug = 'globex'");
    await at.tamper("UPDATE data_keys SET org_slug = 'globex', id = 'dk_globex_1'");
    await at.tamper("UPDATE credentials SET org_slug = 'globex', data_key_id = 'dk_globex_1'");
    await expect(at.opening.open({ ...bill, org: globex })).rejects.toMatchObject({ code: 'vault_sealed' });
  });
});

describe('somebody who can write the tables', () => {
  test('does not make the vault seal to a key of his', async () => {
    await at.sealing.createDataKey(acme);
    await at.sealing.seal(bill, { adminKey: 'before' });
    const own = Buffer.from((await makeKeyPair()).publicKey).toString('base64');
    await at.tamper(`UPDATE data_keys SET public_key = '${own}'`);
    const before = await at.credentials();
    await expect(at.sealing.seal(bill, { adminKey: CANARY })).rejects.toMatchObject({ code: 'vault_sealed' });
    await expect(at.opening.rotateDataKeys()).rejects.toMatchObject({ code: 'vault_sealed' });
    expect(await at.credentials()).toEqual(before);
  });

  test('does not make it take one organisation’s key for another’s', async () => {
    for (const org of [acme, globex]) await at.sealing.createDataKey(org);
    await at.tamper("DELETE FROM data_keys WHERE org_slug = 'globex'");
    await at.tamper("UPDATE data_keys SET org_slug = 'globex'");
    await expect(at.sealing.seal({ ...bill, org: globex }, { adminKey: CANARY })).rejects.toMatchObject({
      code: 'vault_sealed',
    });
  });

  test('has no use of an authentication key that is too short: it is refused', () => {
    expect(() =>
      openSealingVault({ control: at.control, wrapper: at.keyring, authenticationKey: 'short', now: () => new Date() }),
    ).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  });
});

test('neither plaintext nor a private key is in any file of the database', async () => {
  await at.sealing.createDataKey(acme);
  await at.sealing.seal(bill, { adminKey: CANARY });
  const files = () =>
    Promise.all(
      ['control.duckdb', 'control.duckdb.wal'].map((name) =>
        readFile(join(at.directory, 'warehouse', name)).catch(() => Buffer.alloc(0)),
      ),
    );
  const [privateKey] = await Promise.all(
    (await at.dataKeys()).map((row) =>
      at.keyring.unwrap(
        { wrappingKey: row.wrapping_key, wrapped: row.wrapped_private_key },
        { org: acme, data_key: row.id },
      ),
    ),
  );
  const secrets = [
    CANARY,
    Buffer.from(CANARY).toString('base64').slice(0, -4),
    Buffer.from(privateKey!),
    Buffer.from(privateKey!).toString('base64'),
    authenticationKey,
  ];
  const written = Buffer.concat(await files());
  expect(written.includes('dk_acme_inc_1')).toBe(true);
  await at.close();
  const closed = Buffer.concat(await files());
  expect(closed.includes('v1.hpke-')).toBe(true);
  for (const secret of secrets) expect(written.includes(secret) || closed.includes(secret)).toBe(false);
});

function insertOf(row: Awaited<ReturnType<Vaults['credentials']>>[number]): string {
  const values = [
    row.org_slug,
    row.integration_id,
    row.provider,
    row.field,
    row.data_key_id,
    row.host_hash,
    row.sealed,
    row.sealed_at,
  ];
  return `INSERT INTO credentials VALUES (${values.map((value) => (value === null ? 'NULL' : `'${value}'`)).join(', ')})`;
}

function expectNoPlaintext(error: Error): void {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    expect(`${one.stack} ${JSON.stringify(one, Object.getOwnPropertyNames(one))}`).not.toContain('canary');
  }
}
