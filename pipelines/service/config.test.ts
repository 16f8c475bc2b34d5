import { randomBytes } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import { generateSigningKey } from '@cloudact/core/identity';
import { expect, it } from 'vitest';
import { describePipelineServiceConfig, readPipelineServiceConfig } from './config.ts';

const random = () => randomBytes(32).toString('base64url');
/** A configuration that production starts with. */
const production: Readonly<Record<string, string>> = {
  CLOUDACT_ENVIRONMENT: 'prod',
  CLOUDACT_API_ORIGIN: 'https://api.larkmoor.test',
  CLOUDACT_WAREHOUSE_DIR: '/data/warehouse',
  CLOUDACT_INBOX_DIR: '/data/inbox',
  SUPABASE_URL: 'https://larkmoor.supabase.co',
  SUPABASE_SERVICE_ROLE_KEY: `sb_secret_${random()}`,
  CLOUDACT_API_KEY_PEPPERS: `1:${random()}`,
  CLOUDACT_SERVICE_SIGNING_KEYS: JSON.stringify([await generateSigningKey()]),
  CLOUDACT_VAULT_KMS_KEY: 'projects/larkmoor/locations/eu/keyRings/cloudact/cryptoKeys/vault',
  CLOUDACT_VAULT_AUTHENTICATION_KEY: random(),
};

function refused(changes: Record<string, string | undefined>): (string | undefined)[] {
  try {
    readPipelineServiceConfig({ ...production, ...changes });
    return [];
  } catch (error) {
    if (error instanceof CloudActError) return error.faults.map(({ column }) => column);
    throw error;
  }
}

it('production starts with a complete configuration and refuses one for a test, with all reasons at once', () => {
  expect(refused({})).toEqual([]);
  const forTests = {
    CLOUDACT_INBOX_DIR: undefined,
    CLOUDACT_VAULT_KMS_KEY: undefined,
    CLOUDACT_VAULT_KEY_FILE: '/data/keyring.json',
    SUPABASE_URL: 'http://127.0.0.1:54321',
    K_SERVICE: 'pipelines',
  };
  expect(refused(forTests).sort()).toEqual([
    'CLOUDACT_INBOX_DIR',
    'CLOUDACT_TRUSTED_PROXIES',
    'CLOUDACT_VAULT_KMS_KEY',
    'CLOUDACT_WAREHOUSE',
    'SUPABASE_URL',
  ]);
});

it('what is shown of the configuration holds no secret', () => {
  const shown = JSON.stringify(describePipelineServiceConfig(readPipelineServiceConfig(production)));
  expect(shown).toContain('"CLOUDACT_PIPELINES_PORT":8001');
  for (const [name, value] of Object.entries(production)) {
    if (/KEYS?$|PEPPERS/.test(name) && name !== 'CLOUDACT_VAULT_KMS_KEY') expect(shown).not.toContain(value);
  }
});
