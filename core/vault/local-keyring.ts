import { CloudActError } from '../errors.ts';
import { changeKeyFile, type LocalKey, makeLocalKey, readKeyFile } from './key-file.ts';
import type { KeyUnwrapper, KeyWrapper } from './port.ts';

/**
 * Wraps data keys with the keys of a file (mode 0600), as messages of the AWS Encryption SDK: AES-256-GCM with key
 * commitment; the context is authenticated, and compared after unwrapping. The file is made with one key if it is not
 * there, and read anew each time, so that a rotation by another process is seen.
 *
 * Throws `configuration_invalid` when others can read the file, or it is not a key file.
 */
export async function openLocalKeyring(path: string): Promise<KeyWrapper & KeyUnwrapper> {
  if ((await readKeyFile(path)) === undefined) {
    await changeKeyFile(path, (keys) => (keys.length > 0 ? keys : [makeLocalKey(1)]));
  }
  const sdk = await loadEncryptionSdk();

  async function keys(): Promise<LocalKey[]> {
    const read = await readKeyFile(path);
    if (read !== undefined) return read;
    throw new CloudActError('vault_unavailable', {
      detail: `The key file ${path} is gone. Put back a copy of it from a backup; without it no credential opens.`,
    });
  }

  return {
    async wrap(key, context) {
      const newest = (await keys())[0]!;
      return { wrappingKey: nameOf(newest), wrapped: await sdk.encrypt(newest, key, context) };
    },
    async unwrap({ wrappingKey, wrapped }, context) {
      const own = (await keys()).find((one) => nameOf(one) === wrappingKey);
      if (own === undefined) {
        throw new CloudActError('vault_sealed', {
          detail: `The key file ${path} does not hold the wrapping key ${JSON.stringify(wrappingKey)}. Put back a copy of the file that holds it.`,
        });
      }
      try {
        return await sdk.decrypt(own, wrapped, context);
      } catch (error) {
        throw new CloudActError('vault_sealed', {
          detail: `The data key of ${Object.values(context).join(', ')} does not unwrap with ${wrappingKey} of ${path}: it is damaged or was moved, or the key file is another one. Put back copies of both from one time.`,
          cause: error,
        });
      }
    },
    async isNewest({ wrappingKey }) {
      return nameOf((await keys())[0]!) === wrappingKey;
    },
  };
}

/** Adds a newer wrapping key to the key file, or makes the file. Returns its name. Keyrings that are open see it. */
export async function addLocalWrappingKey(path: string): Promise<string> {
  let version = 1;
  await changeKeyFile(path, (keys) => {
    version = Math.max(0, ...keys.map((key) => key.version)) + 1;
    return [...keys, makeLocalKey(version)];
  });
  return nameOf({ version });
}

/**
 * Deletes the wrapping keys that are neither the newest nor in use. Returns their names. Copies of the control dataset
 * from before the rotation do not open any more.
 */
export async function pruneLocalWrappingKeys(path: string, inUse: readonly string[]): Promise<string[]> {
  let pruned: string[] = [];
  await changeKeyFile(path, (keys) => {
    const newest = Math.max(...keys.map((key) => key.version));
    const kept = keys.filter((key) => key.version === newest || inUse.includes(nameOf(key)));
    pruned = keys.filter((key) => !kept.includes(key)).map(nameOf);
    return kept;
  });
  return pruned;
}

function nameOf({ version }: { version: number }): string {
  return `local:${version}`;
}

/** Loaded when it is needed: whoever uses Cloud KMS does without. */
async function loadEncryptionSdk() {
  const { AlgorithmSuiteIdentifier, buildClient, CommitmentPolicy, RawAesKeyringNode, RawAesWrappingSuiteIdentifier } =
    await import('@aws-crypto/client-node');
  const client = buildClient({
    commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
    maxEncryptedDataKeys: 1,
  });
  const keyring = (own: LocalKey) =>
    new RawAesKeyringNode({
      keyNamespace: 'cloudact',
      keyName: nameOf(own),
      unencryptedMasterKey: own.key,
      wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    });
  return {
    async encrypt(own: LocalKey, plaintext: Uint8Array, context: Readonly<Record<string, string>>): Promise<string> {
      const { result } = await client.encrypt(keyring(own), plaintext, {
        encryptionContext: { ...context },
        // Whoever can unwrap can wrap, so a signature would prove nothing.
        suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
      });
      return result.toString('base64');
    },
    async decrypt(own: LocalKey, wrapped: string, context: Readonly<Record<string, string>>): Promise<Uint8Array> {
      const message = Buffer.from(wrapped, 'base64');
      if (message.toString('base64') !== wrapped) throw new Error('The wrapped key is not base64.');
      const { plaintext, messageHeader } = await client.decrypt(keyring(own), message);
      const found = Object.entries(messageHeader.encryptionContext);
      const same =
        found.length === Object.keys(context).length && found.every(([name, value]) => context[name] === value);
      if (!same) throw new Error('The wrapped key belongs to another place.');
      const key = Uint8Array.from(plaintext);
      plaintext.fill(0);
      return key;
    },
  };
}
