import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { generateSigningKey, type SigningKey } from '@cloudact/core/identity';

/** What production gets from its configuration, made once for this folder. */
export interface LocalSecrets {
  rootKey: string;
  /** Keys the HMAC under which API keys are stored. */
  apiKeyPepper: string;
  /** Private JWK that signs widget tokens. */
  widgetSigningKey: SigningKey;
  /** Private JWK with which the API proves itself to the pipeline service. */
  serviceSigningKey: SigningKey;
  /** Keys the HMAC over the vault's public keys. */
  vaultAuthenticationKey: string;
  /** Seals answers that are kept for Idempotency-Keys. */
  idempotencySecret: string;
}

/** Reads the folder's secrets. Makes those that are not there yet: all on the first start, later those of a newer version. */
export async function localSecrets(directory: string): Promise<LocalSecrets> {
  const path = join(directory, 'secrets.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const known = read(path, text);
  const secrets: LocalSecrets = {
    rootKey: `ca_root_${random()}`,
    apiKeyPepper: random(),
    widgetSigningKey: await generateSigningKey(),
    serviceSigningKey: await generateSigningKey(),
    vaultAuthenticationKey: random(),
    idempotencySecret: random(),
    ...known,
  };
  if (Object.keys(known).length < Object.keys(secrets).length) await write(path, secrets);
  return secrets;
}

function read(path: string, text: string): Partial<LocalSecrets> {
  try {
    return JSON.parse(text) as Partial<LocalSecrets>;
  } catch (cause) {
    throw new CloudActError('dataset_damaged', {
      detail: `${path} is damaged. Put back a copy, or delete the data folder to start anew.`,
      cause,
    });
  }
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

/** Written beside and renamed, so that a kill in between leaves no half a file. */
async function write(path: string, secrets: LocalSecrets): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
}
