import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { generateSigningKey } from '@cloudact/core/identity';

/** What production gets from its configuration, made once for this folder. */
export interface LocalSecrets {
  rootKey: string;
  /** Keys the HMAC under which API keys are stored. */
  apiKeyPepper: string;
  /** Private JWK that signs widget tokens. */
  widgetSigningKey: Awaited<ReturnType<typeof generateSigningKey>>;
}

/** Reads the folder's secrets, or makes them on the first start (mode 0600). */
export async function localSecrets(directory: string): Promise<LocalSecrets> {
  const path = join(directory, 'secrets.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return create(path);
  try {
    return JSON.parse(text) as LocalSecrets;
  } catch (cause) {
    throw new CloudActError('dataset_damaged', {
      detail: `${path} is damaged. Put back a copy, or delete the data folder to start anew.`,
      cause,
    });
  }
}

async function create(path: string): Promise<LocalSecrets> {
  const secrets: LocalSecrets = {
    rootKey: `ca_root_${randomBytes(32).toString('base64url')}`,
    apiKeyPepper: randomBytes(32).toString('base64url'),
    widgetSigningKey: await generateSigningKey(),
  };
  // Written beside and renamed, so that a kill in between leaves no half a file.
  await writeFile(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
  return secrets;
}
