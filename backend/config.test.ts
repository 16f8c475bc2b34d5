import { randomBytes } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import { generateSigningKey } from '@cloudact/core/identity';
import { expect, it } from 'vitest';
import { backendVariables, describeBackendConfig, readBackendConfig } from './config.ts';

const random = () => randomBytes(32).toString('base64url');

/** A configuration that production starts with. */
const production: Readonly<Record<string, string>> = {
  CLOUDACT_ENVIRONMENT: 'prod',
  CLOUDACT_API_ORIGIN: 'https://api.larkmoor.test',
  CLOUDACT_APP_ORIGIN: 'https://app.larkmoor.test',
  CLOUDACT_PIPELINES_ORIGIN: 'https://pipelines.larkmoor.test',
  CLOUDACT_ALLOWED_ORIGINS: 'https://portal.larkmoor.test,https://www.larkmoor.test',
  CLOUDACT_WAREHOUSE_DIR: '/data/warehouse',
  CLOUDACT_EXPORT_DIR: '/data/exports',
  SUPABASE_URL: 'https://larkmoor.supabase.co',
  SUPABASE_SERVICE_ROLE_KEY: `sb_secret_${random()}`,
  CA_ROOT_API_KEY: `ca_root_${random()}`,
  CLOUDACT_API_KEY_PEPPERS: `1:${random()},2:${random()}`,
  CLOUDACT_WIDGET_SIGNING_KEYS: JSON.stringify([await generateSigningKey()]),
  CLOUDACT_SERVICE_SIGNING_KEYS: JSON.stringify([await generateSigningKey()]),
  CLOUDACT_VAULT_KMS_KEY: 'projects/larkmoor/locations/eu/keyRings/cloudact/cryptoKeys/vault',
  CLOUDACT_VAULT_AUTHENTICATION_KEY: random(),
  CLOUDACT_IDEMPOTENCY_SECRET: random(),
  STRIPE_SECRET_KEY: `sk_live_${random()}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${random()}`,
  CLOUDACT_PLANS_FILE: '/etc/cloudact/plans.json',
  SMTP_HOST: 'smtp.larkmoor.test',
  SMTP_USER: 'cloudact',
  SMTP_PASSWORD: random(),
  SMTP_FROM: 'CloudAct <no-reply@larkmoor.test>',
};

/** By variable, why the configuration is refused; empty when it is taken. */
function refusals(changes: Record<string, string | undefined>): Record<string, string> {
  try {
    readBackendConfig({ ...production, ...changes });
    return {};
  } catch (error) {
    if (!(error instanceof CloudActError)) throw error;
    expect(error.code).toBe('configuration_invalid');
    for (const value of Object.values(changes)) {
      if (value !== undefined && value.length >= 16)
        expect(JSON.stringify([error, error.message])).not.toContain(value);
    }
    for (const { column } of error.faults) expect(error.message).toContain(column);
    return Object.fromEntries(error.faults.map(({ column, reason }) => [column!, reason]));
  }
}

const demoServiceKey = ['{"alg":"HS256"}', '{"iss":"supabase-demo","role":"service_role"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

/** What another host needs there than a machine with a disk. */
const cloudRun = {
  K_SERVICE: 'api',
  CLOUDACT_TRUSTED_PROXIES: '1',
  CLOUDACT_WAREHOUSE: 'bigquery',
  CLOUDACT_BIGQUERY_PROJECT: 'larkmoor',
  CLOUDACT_BIGQUERY_LOCATION: 'EU',
};

it('a complete production configuration is taken, on Cloud Run too', () => {
  expect(refusals({})).toEqual({});
  expect(refusals(cloudRun)).toEqual({});
  expect(readBackendConfig(production)).toMatchObject({ CLOUDACT_API_PORT: 8000, SMTP_PORT: 587 });
});

it.each([
  [
    'an example as a secret',
    { CA_ROOT_API_KEY: 'this-is-an-example-of-a-root-key-0123' },
    'CA_ROOT_API_KEY',
    'example',
  ],
  [
    'a repeated character',
    { CLOUDACT_IDEMPOTENCY_SECRET: 'a'.repeat(64) },
    'CLOUDACT_IDEMPOTENCY_SECRET',
    'not random',
  ],
  ['a short secret', { CLOUDACT_VAULT_AUTHENTICATION_KEY: 'k3y' }, 'CLOUDACT_VAULT_AUTHENTICATION_KEY', '32'],
  ['a missing secret', { CA_ROOT_API_KEY: undefined }, 'CA_ROOT_API_KEY', 'missing'],
  [
    'one secret for two purposes',
    { CLOUDACT_IDEMPOTENCY_SECRET: production.CA_ROOT_API_KEY! },
    'CLOUDACT_IDEMPOTENCY_SECRET',
    'CA_ROOT_API_KEY',
  ],
  [
    'one signing key for two rings',
    { CLOUDACT_WIDGET_SIGNING_KEYS: production.CLOUDACT_SERVICE_SIGNING_KEYS! },
    'CLOUDACT_WIDGET_SIGNING_KEYS',
    'CLOUDACT_SERVICE_SIGNING_KEYS',
  ],
  ['a short pepper', { CLOUDACT_API_KEY_PEPPERS: `1:${random()},2:k` }, 'CLOUDACT_API_KEY_PEPPERS', '32 bytes'],
  [
    'no KMS',
    { CLOUDACT_VAULT_KMS_KEY: '', CLOUDACT_VAULT_KEY_FILE: '/data/keys' },
    'CLOUDACT_VAULT_KMS_KEY',
    'missing',
  ],
  ['KMS and a key file', { CLOUDACT_VAULT_KEY_FILE: '/data/keys' }, 'CLOUDACT_VAULT_KEY_FILE', 'one of them'],
  ['sessions under a shared secret', { SUPABASE_JWT_SECRET: random() }, 'SUPABASE_JWT_SECRET', 'must not be set'],
  [
    'the published Supabase key',
    { SUPABASE_SERVICE_ROLE_KEY: demoServiceKey },
    'SUPABASE_SERVICE_ROLE_KEY',
    'published',
  ],
  ['DuckDB without a disk', { K_SERVICE: 'api', CLOUDACT_TRUSTED_PROXIES: '1' }, 'CLOUDACT_WAREHOUSE', 'K_SERVICE'],
  ...[undefined, '', '0'].map((proxies): [string, Record<string, string | undefined>, string, string] => [
    `${JSON.stringify(proxies)} trusted proxies on Cloud Run`,
    { ...cloudRun, CLOUDACT_TRUSTED_PROXIES: proxies },
    'CLOUDACT_TRUSTED_PROXIES',
    'K_SERVICE',
  ]),
  ['nothing checked on Cloud Run', { ...cloudRun, CLOUDACT_ENVIRONMENT: 'local' }, 'CLOUDACT_ENVIRONMENT', 'K_SERVICE'],
  [
    'BigQuery without a project',
    { CLOUDACT_WAREHOUSE: 'bigquery', CLOUDACT_BIGQUERY_LOCATION: 'EU' },
    'CLOUDACT_BIGQUERY_PROJECT',
    'missing',
  ],
  ['any page', { CLOUDACT_ALLOWED_ORIGINS: '*' }, 'CLOUDACT_ALLOWED_ORIGINS', '*'],
  ['a page over http', { CLOUDACT_ALLOWED_ORIGINS: 'http://a.test' }, 'CLOUDACT_ALLOWED_ORIGINS', 'https'],
  ['the API over http', { CLOUDACT_API_ORIGIN: 'http://api.larkmoor.test' }, 'CLOUDACT_API_ORIGIN', 'https'],
  ['Supabase over http', { SUPABASE_URL: 'http://larkmoor.supabase.co' }, 'SUPABASE_URL', 'https'],
  ['an origin with a path', { CLOUDACT_APP_ORIGIN: 'https://app.larkmoor.test/x' }, 'CLOUDACT_APP_ORIGIN', 'origin'],
  ['no mail server', { SMTP_HOST: undefined }, 'SMTP_HOST', 'missing'],
  ['mail without a sender', { SMTP_FROM: '' }, 'SMTP_FROM', 'missing'],
  ['Stripe without its webhooks', { STRIPE_WEBHOOK_SECRET: undefined }, 'STRIPE_WEBHOOK_SECRET', 'missing'],
  ['Stripe’s test mode', { STRIPE_SECRET_KEY: `sk_test_${random()}` }, 'STRIPE_SECRET_KEY', 'test key'],
])('production does not start with %s', (_what, changes, variable, reason) => {
  expect(refusals(changes)).toEqual({ [variable]: expect.stringContaining(reason) });
});

it('stage refuses what production refuses, and so does an environment without a name', () => {
  expect(refusals({ CLOUDACT_ENVIRONMENT: 'stage', CLOUDACT_ALLOWED_ORIGINS: '*' })).toHaveProperty(
    'CLOUDACT_ALLOWED_ORIGINS',
  );
  expect(Object.keys(refusals({ CLOUDACT_ENVIRONMENT: undefined, SMTP_HOST: undefined }))).toEqual([
    'CLOUDACT_ENVIRONMENT',
    'SMTP_HOST',
  ]);
});

it('all reasons are told at once', () => {
  const wrong = { CA_ROOT_API_KEY: 'short', CLOUDACT_ALLOWED_ORIGINS: '*', SMTP_HOST: undefined, K_SERVICE: 'api' };
  expect(Object.keys(refusals(wrong)).sort()).toEqual([
    'CA_ROOT_API_KEY',
    'CLOUDACT_ALLOWED_ORIGINS',
    'CLOUDACT_TRUSTED_PROXIES',
    'CLOUDACT_WAREHOUSE',
    'SMTP_HOST',
  ]);
});

it('local mode takes http, a key file and a shared secret', () => {
  const local = {
    CLOUDACT_ENVIRONMENT: 'local',
    CLOUDACT_API_ORIGIN: 'http://127.0.0.1:8000',
    SUPABASE_URL: 'http://127.0.0.1:54321',
    SUPABASE_JWT_SECRET: random(),
    CLOUDACT_VAULT_KMS_KEY: '',
    CLOUDACT_VAULT_KEY_FILE: '/data/keyring.json',
    SMTP_HOST: '',
  };
  expect(refusals(local)).toEqual({});
});

it('what is shown of the configuration holds no secret', () => {
  const shown = describeBackendConfig(readBackendConfig(production));
  expect(shown).toMatchObject({ CA_ROOT_API_KEY: 'set', CLOUDACT_API_PORT: 8000, SMTP_HOST: 'smtp.larkmoor.test' });
  const secrets = Object.keys(backendVariables.properties).filter((name) =>
    /KEYS?$|SECRET|PASSWORD|PEPPERS/.test(name),
  );
  for (const name of secrets.filter((name) => name !== 'CLOUDACT_VAULT_KMS_KEY')) {
    expect(shown[name] ?? 'set').toBe('set');
  }
});
