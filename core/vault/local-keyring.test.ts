import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addLocalWrappingKey, openLocalKeyring, pruneLocalWrappingKeys } from './local-keyring.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keyring-test-'));
  path = join(directory, 'keys', 'keyring.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
const context = { org: 'acme_inc', data_key: 'dk_acme_inc_1' };

describe('a wrapped data key', () => {
  test('comes back in its context, and differs each time', async () => {
    const keyring = await openLocalKeyring(path);
    const [one, other] = [await keyring.wrap(dataKey, context), await keyring.wrap(dataKey, context)];
    expect(await keyring.unwrap(one, context)).toEqual(dataKey);
    expect(one.wrapped).not.toBe(other.wrapped);
    expect(await (await openLocalKeyring(path)).unwrap(other, context)).toEqual(dataKey);
  });

  test.each([
    ['another organisation', { ...context, org: 'globex' }],
    ['another data key', { ...context, data_key: 'dk_acme_inc_2' }],
    ['less context', { org: 'acme_inc' }],
    ['more context', { ...context, more: 'x' }],
  ])('does not unwrap for %s', async (_, other) => {
    const keyring = await openLocalKeyring(path);
    const wrapped = await keyring.wrap(dataKey, context);
    await expect(keyring.unwrap(wrapped, other as typeof context)).rejects.toMatchObject({ code: 'vault_sealed' });
  });

  test('does not unwrap when a bit of it is flipped', async () => {
    const keyring = await openLocalKeyring(path);
    const wrapped = await keyring.wrap(dataKey, context);
    const length = Buffer.from(wrapped.wrapped, 'base64').length;
    for (let byte = 0; byte < length; byte++) {
      const flipped = Buffer.from(wrapped.wrapped, 'base64');
      flipped[byte]! ^= 1 << (byte & 7);
      const damaged = { ...wrapped, wrapped: flipped.toString('base64') };
      await expect(keyring.unwrap(damaged, context)).rejects.toMatchObject({ code: 'vault_sealed' });
    }
    for (const text of ['', 'AAAA', '%%%', `${wrapped.wrapped} `]) {
      await expect(keyring.unwrap({ ...wrapped, wrapped: text }, context)).rejects.toMatchObject({
        code: 'vault_sealed',
      });
    }
  });

  test('does not unwrap with the key file of somebody else', async () => {
    const wrapped = await (await openLocalKeyring(path)).wrap(dataKey, context);
    const other = await openLocalKeyring(join(directory, 'other.json'));
    await expect(other.unwrap(wrapped, context)).rejects.toMatchObject({ code: 'vault_sealed' });
  });
});

describe('rotation', () => {
  test('an open keyring sees a new key; the old one unwraps until it is pruned', async () => {
    const keyring = await openLocalKeyring(path);
    const old = await keyring.wrap(dataKey, context);
    expect([old.wrappingKey, await keyring.isNewest(old)]).toEqual(['local:1', true]);
    expect(await addLocalWrappingKey(path)).toBe('local:2');
    expect(await keyring.isNewest(old)).toBe(false);
    const wrapped = await keyring.wrap(dataKey, context);
    expect(wrapped.wrappingKey).toBe('local:2');
    expect(await pruneLocalWrappingKeys(path, ['local:1', 'local:2'])).toEqual([]);
    expect(await keyring.unwrap(old, context)).toEqual(dataKey);
    expect(await pruneLocalWrappingKeys(path, ['local:2'])).toEqual(['local:1']);
    await expect(keyring.unwrap(old, context)).rejects.toMatchObject({ code: 'vault_sealed' });
    expect(await keyring.unwrap(wrapped, context)).toEqual(dataKey);
  });

  test('keys that are added at once are all kept', async () => {
    const names = await Promise.all(Array.from({ length: 10 }, () => addLocalWrappingKey(path)));
    expect(new Set(names).size).toBe(10);
    expect(JSON.parse(await readFile(path, 'utf8')).keys).toHaveLength(10);
    expect(await readdir(join(directory, 'keys'))).toEqual(['keyring.json']);
  });
});

describe('the key file', () => {
  test('is for its owner alone, and is refused when others can read it', async () => {
    const keyring = await openLocalKeyring(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const wrapped = await keyring.wrap(dataKey, context);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(path, mode);
      const refused = { code: 'configuration_invalid', detail: expect.stringContaining(`chmod 600 ${path}`) };
      await expect(openLocalKeyring(path)).rejects.toMatchObject(refused);
      await expect(keyring.unwrap(wrapped, context)).rejects.toMatchObject(refused);
      await expect(addLocalWrappingKey(path)).rejects.toMatchObject(refused);
    }
  });

  test.each([
    '',
    'null',
    '{"format":"cloudact-wrapping-keys:v1","keys":[]}',
    '{"format":"cloudact-wrapping-keys:v1","keys":[{"version":1,"key":"c2VjcmV0"}]}',
    '{"keys": topsecret',
  ])('that is none is refused, unchanged, and nothing of it is repeated: %j', async (text) => {
    const file = join(directory, 'none.json');
    await writeFile(file, text, { mode: 0o600 });
    const error = await openLocalKeyring(file).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'configuration_invalid', cause: undefined });
    expect(error.message).not.toMatch(/secret|c2Vj/);
    await expect(addLocalWrappingKey(file)).rejects.toMatchObject({ code: 'configuration_invalid' });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('that goes away is missed, and not made anew under an open keyring', async () => {
    const keyring = await openLocalKeyring(path);
    await rm(path);
    await expect(keyring.wrap(dataKey, context)).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  test('a process that was killed while it wrote leaves the old file, and the next one goes on', async () => {
    await openLocalKeyring(path);
    await writeFile(`${path}.new`, '{"format":"cloudact-wra');
    await utimes(`${path}.new`, new Date(0), new Date(0));
    expect(await addLocalWrappingKey(path)).toBe('local:2');
  });
});
