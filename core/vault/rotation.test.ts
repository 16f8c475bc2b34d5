import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ControlWarehouse } from '../warehouse/port.ts';
import { addLocalWrappingKey, pruneLocalWrappingKeys } from './local-keyring.ts';
import { openVault } from './opening.ts';
import { openSealingVault } from './sealing.ts';
import { acme, authenticationKey, bill, globex, openVaults, type Vaults } from './vault-testing.ts';

let at: Vaults;
beforeEach(async () => {
  at = await openVaults();
  for (const org of [acme, globex]) {
    await at.sealing.createDataKey(org);
    for (const integrationId of ['int_1', 'int_2', 'int_3']) {
      await at.sealing.seal({ ...bill, org, integrationId }, { user: 'u', password: `${org} ${integrationId}` });
    }
  }
});
afterEach(() => at.remove());

async function expectAllOpen(): Promise<void> {
  for (const org of [acme, globex]) {
    for (const integrationId of ['int_1', 'int_2', 'int_3']) {
      const fields = await at.opening.open({ ...bill, org, integrationId });
      expect(fields).toEqual({ user: 'u', password: `${org} ${integrationId}` });
    }
  }
}

/** The same control dataset, except that something happens just before the first write, or a later one. */
function withBeforeWrite(happens: () => Promise<unknown>, which = 1): ControlWarehouse {
  let writes = 0;
  return {
    rows: (query, params) => at.control.rows(query, params),
    async write(statements) {
      writes++;
      if (writes === which) await happens();
      return at.control.write(statements);
    },
  };
}

function stopper() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('a new wrapping key', () => {
  test('wraps every data key once, and the old one can go', async () => {
    const before = await at.dataKeys();
    expect(await at.opening.rotateWrappingKey()).toEqual({ dataKeys: 0, credentials: 0 });
    expect(await addLocalWrappingKey(at.keyFile)).toBe('local:2');
    await expectAllOpen();
    const progress: string[] = [];
    const onProgress = (done: number, all: number) => void progress.push(`${done}/${all}`);
    expect(await at.opening.rotateWrappingKey({ onProgress })).toEqual({ dataKeys: 2, credentials: 0 });
    expect(progress).toEqual(['0/2', '1/2', '2/2']);
    expect(await at.opening.rotateWrappingKey()).toEqual({ dataKeys: 0, credentials: 0 });
    expect(await at.opening.wrappingKeysInUse()).toEqual(['local:2']);
    expect(await pruneLocalWrappingKeys(at.keyFile, ['local:2'])).toEqual(['local:1']);
    await expectAllOpen();
    for (const { org_slug, id, wrapping_key, wrapped_private_key } of before) {
      const old = { wrappingKey: wrapping_key, wrapped: wrapped_private_key };
      await expect(at.keyring.unwrap(old, { org: org_slug, data_key: id })).rejects.toMatchObject({
        code: 'vault_sealed',
      });
    }
  });

  test('passes by a damaged data key, does all others, and says which it was', async () => {
    await at.tamper("UPDATE data_keys SET wrapped_private_key = 'AAAA' WHERE org_slug = 'acme_inc'");
    await addLocalWrappingKey(at.keyFile);
    await expect(at.opening.rotateWrappingKey()).rejects.toMatchObject({
      code: 'vault_sealed',
      detail: expect.stringContaining('dk_acme_inc_1'),
    });
    expect(await at.opening.wrappingKeysInUse()).toEqual(['local:1', 'local:2']);
  });

  test('can be stopped, and goes on', async () => {
    await addLocalWrappingKey(at.keyFile);
    const controller = new AbortController();
    const onProgress = (done: number) => done === 1 && controller.abort();
    await expect(at.opening.rotateWrappingKey({ onProgress, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await at.opening.rotateWrappingKey()).toEqual({ dataKeys: 1, credentials: 0 });
  });
});

describe('new data keys', () => {
  test('seal everything anew, and what the old ones sealed opens with nothing', async () => {
    const old = await at.credentials();
    const sealedAt = await at.sealing.describe(acme, 'int_1');
    expect(await at.opening.rotateDataKeys()).toEqual({ dataKeys: 2, credentials: 12 });
    await expectAllOpen();
    expect((await at.dataKeys()).map(({ id }) => id)).toEqual(['dk_acme_inc_2', 'dk_globex_2']);
    expect(await at.sealing.describe(acme, 'int_1')).toEqual(sealedAt);
    await at.tamper(
      `UPDATE credentials SET sealed = '${old[0]!.sealed}' WHERE org_slug = 'acme_inc' AND integration_id = 'int_1'`,
    );
    await expect(at.opening.open(bill)).rejects.toMatchObject({ code: 'vault_sealed' });
  });

  test('of one organisation leave the others as they are; of one that is not there are refused', async () => {
    expect(await at.opening.rotateDataKeys({ org: globex })).toEqual({ dataKeys: 1, credentials: 6 });
    expect((await at.dataKeys()).map(({ id }) => id)).toEqual(['dk_acme_inc_1', 'dk_globex_2']);
    await at.sealing.destroy(globex);
    await expect(at.opening.rotateDataKeys({ org: globex })).rejects.toMatchObject({ code: 'not_found' });
    await at.sealing.createDataKey(globex);
  });

  test('wait for what was left of the rotation before', async () => {
    const { signal, abort } = stopper();
    await expect(at.opening.rotateDataKeys({ onProgress: abort, signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await at.dataKeys()).toHaveLength(4);
    await expectAllOpen();
    expect(await at.opening.rotateDataKeys()).toEqual({ dataKeys: 0, credentials: 12 });
    await expectAllOpen();
    expect(await at.dataKeys()).toHaveLength(2);
  });

  test('lose nothing when two processes rotate at once while credentials are entered', async () => {
    const entered = Array.from({ length: 20 }, (_, index) => ({ ...bill, integrationId: `new_${index}` }));
    await Promise.all([
      at.opening.rotateDataKeys(),
      at.opening.rotateDataKeys(),
      ...entered.map((place) => at.sealing.seal(place, { password: place.integrationId })),
    ]);
    await expectAllOpen();
    for (const place of entered) expect(await at.opening.open(place)).toEqual({ password: place.integrationId });
    await at.opening.rotateDataKeys();
    expect((await at.dataKeys()).filter(({ retired_at }) => retired_at !== null)).toEqual([]);
    for (const place of entered) expect(await at.opening.open(place)).toEqual({ password: place.integrationId });
  });

  test('that come between reading the old key and writing do not swallow what is sealed', async () => {
    const control = withBeforeWrite(() => at.opening.rotateDataKeys());
    const sealing = openSealingVault({ control, wrapper: at.keyring, authenticationKey, now: () => new Date() });
    await sealing.seal(bill, { password: 'entered meanwhile' });
    expect(await at.opening.open(bill)).toEqual({ password: 'entered meanwhile' });
    expect(new Set((await at.credentials()).map((row) => row.data_key_id))).toEqual(new Set(['dk_acme_inc_2']));
  });

  test('that have only begun take what is sealed from then on', async () => {
    const begin = async () => {
      const { signal, abort } = stopper();
      await expect(at.opening.rotateDataKeys({ onProgress: abort, signal })).rejects.toMatchObject({
        name: 'AbortError',
      });
    };
    const control = withBeforeWrite(begin);
    const sealing = openSealingVault({ control, wrapper: at.keyring, authenticationKey, now: () => new Date() });
    await sealing.seal(bill, { password: 'entered meanwhile' });
    expect((await at.credentials()).find(({ integration_id }) => integration_id === 'int_1')?.data_key_id).toBe(
      'dk_acme_inc_2',
    );
    expect(await at.opening.open(bill)).toEqual({ password: 'entered meanwhile' });
  });

  test('that seal an old value anew do not undo what was entered meanwhile', async () => {
    // The first write begins the rotation, the second one moves this organisation's first credential.
    const control = withBeforeWrite(() => at.sealing.seal(bill, { password: 'entered meanwhile' }), 2);
    const options = { wrapper: at.keyring, unwrapper: at.keyring, authenticationKey, now: () => new Date() };
    const report = await openVault({ control, ...options }).rotateDataKeys({ org: acme });
    expect(report).toEqual({ dataKeys: 1, credentials: 4 });
    expect(await at.opening.open(bill)).toEqual({ password: 'entered meanwhile' });
  });

  test('an organisation that is destroyed meanwhile stays destroyed', async () => {
    const control = withBeforeWrite(() => at.sealing.destroy(acme));
    const sealing = openSealingVault({ control, wrapper: at.keyring, authenticationKey, now: () => new Date() });
    await expect(sealing.seal(bill, { password: 'late' })).rejects.toMatchObject({ code: 'vault_unavailable' });
    await at.sealing.createDataKey(acme);
    const rotating = withBeforeWrite(() => at.sealing.destroy(acme));
    const options = { wrapper: at.keyring, unwrapper: at.keyring, authenticationKey, now: () => new Date() };
    await openVault({ control: rotating, ...options }).rotateDataKeys();
    expect(await at.credentials()).toEqual([]);
    expect((await at.dataKeys()).map(({ org_slug }) => org_slug)).toEqual([globex]);
  });

  test('carry the server that a credential was entered for', async () => {
    const place = { ...bill, integrationId: 'own', host: 'hash of its address' };
    await at.sealing.seal(place, { password: 'of the server' });
    expect(await at.opening.rotateDataKeys({ org: acme })).toEqual({ dataKeys: 1, credentials: 7 });
    expect(await at.opening.open(place)).toEqual({ password: 'of the server' });
    await expect(at.opening.open({ ...place, host: null })).rejects.toMatchObject({ code: 'vault_sealed' });
  });

  test('pass by an organisation with a planted data key, and do all others', async () => {
    await at.tamper(
      `INSERT INTO data_keys SELECT 'dk_acme_inc_9', org_slug, public_key, public_key_hmac, wrapped_private_key, wrapping_key, created_at, now()
      FROM data_keys WHERE org_slug = 'acme_inc'`,
    );
    await expect(at.opening.rotateDataKeys()).rejects.toMatchObject({
      code: 'vault_sealed',
      detail: expect.stringMatching(/1 did not open.*dk_acme_inc_9/),
    });
    expect((await at.dataKeys()).map(({ id }) => id)).toEqual(['dk_acme_inc_1', 'dk_acme_inc_9', 'dk_globex_2']);
    await at.tamper("DELETE FROM data_keys WHERE id = 'dk_acme_inc_9'");
    await expectAllOpen();
  });

  test('pass by what does not open, keep it with its key, and go on when it was entered again', async () => {
    await at.tamper(
      "UPDATE credentials SET sealed = 'damaged' WHERE org_slug = 'acme_inc' AND integration_id = 'int_2' AND field = 'password'",
    );
    for (let time = 0; time < 2; time++) {
      await expect(at.opening.rotateDataKeys()).rejects.toMatchObject({
        code: 'vault_sealed',
        detail: expect.stringMatching(/1 did not open.*"password" of integration int_2 of acme_inc/),
      });
      expect((await at.dataKeys()).map(({ id }) => id)).toEqual(['dk_acme_inc_1', 'dk_acme_inc_2', 'dk_globex_2']);
    }
    await at.sealing.seal({ ...bill, integrationId: 'int_2' }, { user: 'u', password: 'acme_inc int_2' });
    expect(await at.opening.rotateDataKeys()).toEqual({ dataKeys: 0, credentials: 0 });
    await expectAllOpen();
    expect(await at.opening.rotateDataKeys()).toEqual({ dataKeys: 2, credentials: 12 });
  });
});
