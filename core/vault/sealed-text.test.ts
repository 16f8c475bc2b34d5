import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { parseOrgSlug } from '../org.ts';
import type { SecretPlace } from './port.ts';
import { type KeyPair, makeKeyPair, openText, sealText } from './sealed-text.ts';
import { bill } from './vault-testing.ts';

const place: SecretPlace = { ...bill, field: 'adminKey' };
let keys: KeyPair;
beforeAll(async () => {
  keys = await makeKeyPair();
});

const opened = (sealed: string, at: SecretPlace = place) =>
  openText(keys.privateKey, at, sealed).catch((error: { code?: string }) => error.code);

test('every text comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
      expect(await openText(keys.privateKey, place, await sealText(keys.publicKey, place, value))).toBe(value);
    }),
  );
});

test('one flipped bit anywhere does not open', async () => {
  const sealed = Buffer.from(await sealText(keys.publicKey, place, 'secret'));
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(await opened(flipped.toString('latin1'))).toBe('vault_sealed');
  }
});

test('whatever is no sealed text is vault_sealed, and never crashes', async () => {
  const sealed = await sealText(keys.publicKey, place, 'secret');
  const prefix = sealed.slice(0, sealed.lastIndexOf('.') + 1);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.base64String().map((text) => prefix + text),
        fc.uint8Array({ maxLength: 100 }).map((bytes) => prefix + Buffer.from(bytes).toString('base64')),
        fc.nat({ max: sealed.length - 1 }).map((length) => sealed.slice(0, length)),
        fc.string({ minLength: 1 }).map((more) => sealed + more),
      ),
      async (text) => {
        expect(await opened(text)).toBe('vault_sealed');
      },
    ),
    { numRuns: 500 },
  );
});

test('two places never share a sealed text, however their names are cut', async () => {
  const name = fc.stringMatching(/^[a-z|",\][:=]{1,6}$/);
  const places = fc.record({ integrationId: name, provider: name, field: name });
  await fc.assert(
    fc.asyncProperty(places, places, async (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      const sealed = await sealText(keys.publicKey, { ...place, ...one }, 'secret');
      expect(await opened(sealed, { ...place, ...other })).toBe('vault_sealed');
    }),
  );
});

test('another key does not open it', async () => {
  const { privateKey } = await makeKeyPair();
  const sealed = await sealText(keys.publicKey, place, 'secret');
  await expect(openText(privateKey, place, sealed)).rejects.toMatchObject({ code: 'vault_sealed' });
});

test('a text sealed for one organisation does not open in the place of another, even with the same key', async () => {
  const sealed = await sealText(keys.publicKey, place, 'secret');
  expect(await opened(sealed, { ...place, org: parseOrgSlug('somebody_else') })).toBe('vault_sealed');
});
