import type { KeyManagementServiceClient } from '@google-cloud/kms';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { goJudge } from '../../scripts/judges.mjs';
import { cloudKms } from './cloud-kms.ts';
import { crc32c } from './crc32c.ts';
import { clientOf, type KmsStandIn, keyName, startKmsEmulator, startKmsStandIn } from './kms-testing.ts';

const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
const context = { org: 'acme_inc', data_key: 'dk_acme_inc_1' };

test('crc32c is that of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
});

test('a name that is not one of a key is refused before anything is sent', () => {
  for (const name of ['data-keys', `${keyName}/cryptoKeyVersions/1`, '']) {
    expect(() => cloudKms({ keyName: name })).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  }
});

describe('Cloud KMS as documented', () => {
  let server: KmsStandIn;
  let client: KeyManagementServiceClient;
  beforeAll(async () => {
    server = await startKmsStandIn();
    client = clientOf(server.port);
  });
  afterEach(() => {
    server.garble = () => undefined;
  });
  afterAll(async () => {
    await client.close();
    server.close();
  });

  test('a data key comes back in its context, whatever the order of its names', async () => {
    const kms = cloudKms({ keyName, client });
    const wrapped = await kms.wrap(dataKey, context);
    expect(wrapped.wrappingKey).toMatch(`${keyName}/cryptoKeyVersions/`);
    const turned = { data_key: context.data_key, org: context.org };
    expect(await kms.unwrap(wrapped, turned)).toEqual(dataKey);
  });

  test.each([
    ['another organisation', { ...context, org: 'globex' }],
    ['another data key', { ...context, data_key: 'dk_acme_inc_2' }],
    ['no context', {}],
  ])('it does not unwrap for %s', async (_, other) => {
    const kms = cloudKms({ keyName, client });
    const wrapped = await kms.wrap(dataKey, context);
    await expect(kms.unwrap(wrapped, other as typeof context)).rejects.toMatchObject({ code: 'vault_sealed' });
  });

  test('it does not unwrap when a bit of it is flipped, or another key wrapped it', async () => {
    const kms = cloudKms({ keyName, client });
    const wrapped = await kms.wrap(dataKey, context);
    const flipped = Buffer.from(wrapped.wrapped, 'base64');
    flipped[20]! ^= 1;
    const damaged = { ...wrapped, wrapped: flipped.toString('base64') };
    await expect(kms.unwrap(damaged, context)).rejects.toMatchObject({ code: 'vault_sealed' });
    const foreign = { ...wrapped, wrappingKey: 'local:1' };
    await expect(kms.unwrap(foreign, context)).rejects.toMatchObject({ code: 'vault_sealed' });
  });

  test('a rotation in KMS makes what is wrapped not the newest, and it still unwraps', async () => {
    const kms = cloudKms({ keyName, client });
    const wrapped = await kms.wrap(dataKey, context);
    expect(await kms.isNewest(wrapped)).toBe(true);
    server.rotate();
    expect(await kms.isNewest(wrapped)).toBe(false);
    expect(await kms.unwrap(wrapped, context)).toEqual(dataKey);
    expect(await kms.isNewest(await kms.wrap(dataKey, context))).toBe(true);
  });

  test.each<[string, KmsStandIn['garble']]>([
    ['a changed ciphertext', (answer) => flip(answer.ciphertext)],
    ['a sum that was not seen', (answer) => Object.assign(answer, { verifiedPlaintextCrc32c: false })],
    ['context’s sum not seen', (answer) => Object.assign(answer, { verifiedAdditionalAuthenticatedDataCrc32c: false })],
    ['another key’s name', (answer) => Object.assign(answer, { name: `${keyName}-2/cryptoKeyVersions/1` })],
    ['no ciphertext', (answer) => Object.assign(answer, { ciphertext: new Uint8Array() })],
  ])('an answer with %s is not kept', async (_, garble) => {
    server.garble = garble;
    await expect(cloudKms({ keyName, client }).wrap(dataKey, context)).rejects.toMatchObject({
      code: 'vault_unavailable',
    });
  });

  test('a plaintext that changed on its way is not used', async () => {
    const kms = cloudKms({ keyName, client });
    const wrapped = await kms.wrap(dataKey, context);
    server.garble = (answer) => flip(answer.plaintext);
    await expect(kms.unwrap(wrapped, context)).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  test('a key that is not there is said with what to check', async () => {
    const missing = cloudKms({ keyName: `${keyName}-2`, client });
    await expect(missing.wrap(dataKey, context)).rejects.toMatchObject({
      code: 'vault_unavailable',
      detail: expect.stringContaining('role'),
    });
  });
});

function flip(bytes: unknown): void {
  (bytes as Uint8Array)[3]! ^= 1;
}

const judge = await goJudge('gcp-kms-emulator');

// The emulator ignores the context and sends no sums: what those protect is tested above.
describe.skipIf('skipped' in judge)('gcp-kms-emulator', () => {
  test('wraps, unwraps, refuses damage, and rotates', async () => {
    if ('skipped' in judge) return;
    const { port, process } = await startKmsEmulator(judge.program);
    const client = clientOf(port);
    try {
      const kms = cloudKms({ keyName, client });
      const wrapped = await kms.wrap(dataKey, context);
      expect(await kms.unwrap(wrapped, context)).toEqual(dataKey);
      expect(await kms.isNewest(wrapped)).toBe(true);
      const flipped = Buffer.from(wrapped.wrapped, 'base64');
      flipped[flipped.length - 1]! ^= 1;
      const damaged = { ...wrapped, wrapped: flipped.toString('base64') };
      await expect(kms.unwrap(damaged, context)).rejects.toMatchObject({ code: 'vault_sealed' });
      const [version] = await client.createCryptoKeyVersion({ parent: keyName, cryptoKeyVersion: {} });
      await client.updateCryptoKeyPrimaryVersion({
        name: keyName,
        cryptoKeyVersionId: version.name?.split('/').at(-1) ?? '',
      });
      expect(await kms.isNewest(wrapped)).toBe(false);
      expect(await kms.unwrap(wrapped, context)).toEqual(dataKey);
    } finally {
      await client.close();
      process.kill();
    }
  });
});
