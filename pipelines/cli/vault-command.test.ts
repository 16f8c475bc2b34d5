import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOrgSlug } from '@cloudact/core/org';
import { addLocalWrappingKey, openLocalKeyring, openSealingVault } from '@cloudact/core/vault';
import { openVault } from '@cloudact/core/vault/opening';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from './run.ts';

const authenticationKey = 'an authentication key of 32 bytes or more';
const place = { org: parseOrgSlug('acme_inc'), integrationId: 'int_1', provider: 'aws-s3', host: null };
let folder: string;
let directory: string;
let keyFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-vault-test-'));
  directory = join(folder, 'warehouse');
  keyFile = join(folder, 'keys.json');
  vi.stubEnv('CLOUDACT_WAREHOUSE_DIR', directory);
  vi.stubEnv('CLOUDACT_VAULT_KEY_FILE', keyFile);
  vi.stubEnv('CLOUDACT_VAULT_KMS_KEY', '');
  vi.stubEnv('CLOUDACT_VAULT_AUTHENTICATION_KEY', authenticationKey);
  await withVaults(async ({ sealing }) => {
    for (const org of [place.org, parseOrgSlug('globex')]) {
      await sealing.createDataKey(org);
      await sealing.seal({ ...place, org }, { user: 'u', password: `secret of ${org}` });
    }
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function withVaults(
  work: (vaults: {
    sealing: ReturnType<typeof openSealingVault>;
    opening: ReturnType<typeof openVault>;
  }) => Promise<void>,
): Promise<void> {
  const warehouse = await openDuckDBWarehouse({ directory });
  try {
    const keyring = await openLocalKeyring(keyFile);
    const options = { control: warehouse.control, wrapper: keyring, authenticationKey, now: () => new Date() };
    await work({ sealing: openSealingVault(options), opening: openVault({ ...options, unwrapper: keyring }) });
  } finally {
    await warehouse.close();
  }
}

async function vault(args: string[], signal?: AbortSignal) {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = {
    out: (text: string) => out.push(text),
    error: (text: string) => error.push(text),
    screen: undefined,
  };
  const code = await run(['vault', ...args], { terminal, ...(signal && { signal }) });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

const expectOpen = () =>
  withVaults(async ({ opening }) => {
    expect(await opening.open(place)).toEqual({ user: 'u', password: 'secret of acme_inc' });
  });

describe('rotate-wrapping-key', () => {
  test('makes a key, wraps every data key with it, and deletes the old one when told so', async () => {
    const first = await vault(['rotate-wrapping-key']);
    expect(first).toMatchObject({ code: 0, out: '2 data keys wrapped anew. In use: local:2.' });
    expect(first.error).toBe('Wrapping keys');
    expect(JSON.parse(await readFile(keyFile, 'utf8')).keys).toHaveLength(2);
    const { code, out } = await vault(['rotate-wrapping-key', '--prune', '--json']);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { ok: true, dataKeys: 2, credentials: 0, wrappingKeys: ['local:3'], pruned: ['local:2', 'local:1'] },
    ]);
    await expectOpen();
  });

  test('goes on with a rotation that was interrupted, with the key that it made', async () => {
    await addLocalWrappingKey(keyFile);
    expect((await vault(['rotate-wrapping-key'])).out).toContain('In use: local:2.');
    await expectOpen();
  });

  test('that is stopped says how to go on', async () => {
    const signal = AbortSignal.abort();
    const stopped = await vault(['rotate-wrapping-key'], signal);
    expect(stopped).toMatchObject({ code: 130, error: expect.stringContaining('run it again, and it goes on') });
    const json = await vault(['rotate-wrapping-key', '--json'], signal);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, error: { code: 'stopped' } });
    await expectOpen();
  });
});

describe('rotate-data-keys', () => {
  test('seals everything anew, or what one organisation has', async () => {
    expect(await vault(['rotate-data-keys'])).toMatchObject({
      code: 0,
      out: '2 data keys made, 4 credentials sealed anew.',
    });
    const { out } = await vault(['rotate-data-keys', '--org', 'acme_inc', '--json']);
    expect(JSON.parse(out)).toEqual({ ok: true, dataKeys: 1, credentials: 2 });
    await expectOpen();
  });

  test('of an organisation that is not there is refused', async () => {
    expect(await vault(['rotate-data-keys', '--org', 'nobody'])).toMatchObject({
      code: 1,
      error: expect.stringContaining('no data key of nobody'),
    });
    expect(await vault(['rotate-data-keys', '--org', 'No Slug'])).toMatchObject({ code: 1 });
  });
});

describe('what cannot be rotated is said, and nothing is made', () => {
  test('a warehouse that is in use, with the process that has it', async () => {
    await withVaults(async () => {
      const { code, error } = await vault(['rotate-data-keys']);
      expect([code, error]).toEqual([1, expect.stringContaining('already open')]);
    });
  });

  test.each([
    [['--warehouse', 'nowhere'], 1, 'no warehouse in nowhere'],
    [['--key-file', 'nowhere.json'], 1, 'no key file nowhere.json'],
    [['--key-file', 'a', '--kms-key', 'b'], 2, 'one of the two'],
    [['--kms-key', 'b'], 1, 'not the name of a Cloud KMS key'],
  ])('%j', async (args, code, said) => {
    expect(await vault(['rotate-data-keys', ...args])).toMatchObject({ code, error: expect.stringContaining(said) });
  });

  test('another authentication key, which is not repeated', async () => {
    vi.stubEnv('CLOUDACT_VAULT_AUTHENTICATION_KEY', 'some other key that has its 32 bytes');
    const { code, error } = await vault(['rotate-data-keys']);
    expect([code, error]).toEqual([1, expect.stringContaining('not authentic')]);
    vi.stubEnv('CLOUDACT_VAULT_AUTHENTICATION_KEY', 'short secret');
    const short = await vault(['rotate-data-keys']);
    expect([short.code, short.error]).toEqual([1, expect.stringContaining('CLOUDACT_VAULT_AUTHENTICATION_KEY')]);
    expect(error + short.error).not.toMatch(/some other|short secret/);
    await expectOpen();
  });

  test('vault alone shows its commands', async () => {
    const { code, error } = await vault([]);
    expect(code).toBe(2);
    expect(error).toContain('rotate-wrapping-key');
    expect(error).not.toContain('outputHelp');
  });
});
