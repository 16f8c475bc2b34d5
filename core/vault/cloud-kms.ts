import type { KeyManagementServiceClient, protos } from '@google-cloud/kms';
import { CloudActError } from '../errors.ts';
import { crc32c } from './crc32c.ts';
import type { KeyUnwrapper, KeyWrapper } from './port.ts';

export interface CloudKmsOptions {
  /** `projects/…/locations/…/keyRings/…/cryptoKeys/…`, a symmetric key. */
  keyName: string;
  /** Default: one with the machine's own credentials (Application Default Credentials). */
  client?: KeyManagementServiceClient;
}

/**
 * Wraps data keys with a symmetric key of Google Cloud KMS; the context is its additional authenticated data. The API
 * needs the role `cloudkms.cryptoKeyEncrypter` alone, the pipeline service `cloudkms.cryptoKeyEncrypterDecrypter` and,
 * to rotate, `cloudkms.viewer`. A rotation of the key in KMS takes effect by `rotateWrappingKey`.
 *
 * CRC-32C goes along with every request, and what KMS sends of it is checked: a difference throws `vault_unavailable`.
 * KMS always sends it; servers that stand in for it in tests do not, so what is absent is not held against an answer.
 *
 * Throws `configuration_invalid` when the name is not one of a key.
 */
export function cloudKms({ keyName, client }: CloudKmsOptions): KeyWrapper & KeyUnwrapper {
  if (!KEY_NAME.test(keyName)) {
    throw new CloudActError('configuration_invalid', {
      detail: `${JSON.stringify(keyName)} is not the name of a Cloud KMS key. Write it as projects/…/locations/…/keyRings/…/cryptoKeys/….`,
    });
  }
  let opened: Promise<KeyManagementServiceClient> | undefined = client && Promise.resolve(client);
  const kms = () => {
    opened ??= import('@google-cloud/kms').then((module) => new module.KeyManagementServiceClient());
    return opened;
  };

  return {
    async wrap(key, context) {
      const aad = contextBytes(context);
      const plaintextCrc32c = { value: crc32c(key) };
      const [answer] = await answerOf(
        keyName,
        (await kms()).encrypt(
          {
            name: keyName,
            plaintext: key,
            plaintextCrc32c,
            additionalAuthenticatedData: aad,
            additionalAuthenticatedDataCrc32c: { value: crc32c(aad) },
          },
          CALL,
        ),
      );
      const ciphertext = bytesOf(answer.ciphertext);
      if (!answer.name?.startsWith(`${keyName}/`) || ciphertext.length === 0) throw garbled(keyName);
      checkSum(keyName, ciphertext, answer.ciphertextCrc32c);
      // KMS says false where it did not see our sums; then they were lost on the way.
      const seen = answer.verifiedPlaintextCrc32c && answer.verifiedAdditionalAuthenticatedDataCrc32c;
      if (answer.ciphertextCrc32c && !seen) throw garbled(keyName);
      return { wrappingKey: answer.name, wrapped: Buffer.from(ciphertext).toString('base64') };
    },

    async unwrap({ wrappingKey, wrapped }, context) {
      if (!wrappingKey.startsWith(`${keyName}/`)) {
        throw new CloudActError('vault_sealed', {
          detail: `The data key of ${Object.values(context).join(', ')} is wrapped with ${JSON.stringify(wrappingKey)}, and ${keyName} is configured. Configure the key that it was wrapped with.`,
        });
      }
      const aad = contextBytes(context);
      const ciphertext = Buffer.from(wrapped, 'base64');
      const [answer] = await answerOf(
        keyName,
        (await kms()).decrypt(
          {
            name: keyName,
            ciphertext,
            ciphertextCrc32c: { value: crc32c(ciphertext) },
            additionalAuthenticatedData: aad,
            additionalAuthenticatedDataCrc32c: { value: crc32c(aad) },
          },
          CALL,
        ),
      );
      const key = Uint8Array.from(bytesOf(answer.plaintext));
      checkSum(keyName, key, answer.plaintextCrc32c);
      return key;
    },

    async isNewest({ wrappingKey }) {
      const [key] = await answerOf(keyName, (await kms()).getCryptoKey({ name: keyName }, CALL));
      return key.primary?.name === wrappingKey;
    },
  };
}

const KEY_NAME = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;
const CALL = { timeout: 10_000 };

/** One spelling for one context, whatever the order of its names. */
function contextBytes(context: Readonly<Record<string, string>>): Uint8Array {
  const sorted = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify(sorted));
}

function bytesOf(value: Uint8Array | string | null | undefined): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : (value ?? new Uint8Array());
}

function checkSum(
  keyName: string,
  bytes: Uint8Array,
  sum: protos.google.protobuf.IInt64Value | null | undefined,
): void {
  if (sum && Number(sum.value ?? 0) !== crc32c(bytes)) throw garbled(keyName);
}

function garbled(keyName: string): CloudActError {
  return new CloudActError('vault_unavailable', {
    detail: `What Cloud KMS answered for ${keyName} did not come over whole. Try again.`,
  });
}

/** Says in our words what KMS refuses. */
async function answerOf<T>(keyName: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === INVALID_ARGUMENT) {
      throw new CloudActError('vault_sealed', {
        detail: `A data key does not unwrap with ${keyName}: it is damaged, or was moved from another organisation. Put back a copy of the control dataset.`,
        cause: error,
      });
    }
    if (code === FAILED_PRECONDITION) {
      throw new CloudActError('vault_sealed', {
        detail: `A version of ${keyName} that a data key is wrapped with is disabled or destroyed. Enable it, or restore it while its destruction is only scheduled.`,
        cause: error,
      });
    }
    throw new CloudActError('vault_unavailable', {
      detail: `Cloud KMS does not wrap or unwrap with ${keyName}. Check that the key is there, that this service's account has its role, and that the network lets it through.`,
      cause: error,
    });
  }
}

/** gRPC status codes. */
const INVALID_ARGUMENT = 3;
const FAILED_PRECONDITION = 9;
