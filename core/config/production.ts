import type { TObject } from 'typebox';
import { isSecret } from './describe.ts';
import type { ConfigFault } from './read-config.ts';
import { originList, pepperRing, signingKeys } from './values.ts';

/** Environment variables as they were given. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Why a service must not start in `stage` or `prod` with these variables. Only `local` is spared, and not on
 * Cloud Run: an environment that is not named is taken for production.
 */
export function productionFaults(schema: TObject, environment: Environment): ConfigFault[] {
  if (environment.CLOUDACT_ENVIRONMENT === 'local') {
    const reason = 'must not be local where K_SERVICE is set: nothing would be checked in the cloud';
    return environment.K_SERVICE ? [{ name: 'CLOUDACT_ENVIRONMENT', reason }] : [];
  }
  return [
    ...weakSecrets(schema, environment),
    ...equalSecrets(schema, environment),
    ...plainOrigins(schema, environment),
    ...Object.entries(REFUSED).flatMap(([name, refuse]) => {
      const reason = name in schema.properties ? refuse(environment) : undefined;
      return reason === undefined ? [] : [{ name, reason }];
    }),
  ];
}

/** By variable: what is wrong with it, or with its absence. */
const REFUSED: Readonly<Record<string, (environment: Environment) => string | undefined>> = {
  CLOUDACT_VAULT_KMS_KEY: ({ CLOUDACT_VAULT_KMS_KEY }) =>
    CLOUDACT_VAULT_KMS_KEY ? undefined : 'is missing: a key file beside the data protects it from nobody',
  SUPABASE_JWT_SECRET: ({ SUPABASE_JWT_SECRET }) =>
    SUPABASE_JWT_SECRET
      ? 'must not be set: whoever knows a shared secret can sign as anybody. Use the asymmetric keys of the project'
      : undefined,
  SUPABASE_SERVICE_ROLE_KEY: ({ SUPABASE_SERVICE_ROLE_KEY = '' }) =>
    isPublishedKey(SUPABASE_SERVICE_ROLE_KEY) ? 'is the published key of local Supabase projects' : undefined,
  CLOUDACT_WAREHOUSE: ({ CLOUDACT_WAREHOUSE = 'duckdb', K_SERVICE }) =>
    CLOUDACT_WAREHOUSE === 'duckdb' && K_SERVICE
      ? 'must not be duckdb where K_SERVICE is set: the disk of this host is forgotten'
      : undefined,
  CLOUDACT_TRUSTED_PROXIES: ({ CLOUDACT_TRUSTED_PROXIES, K_SERVICE }) =>
    K_SERVICE && Number(CLOUDACT_TRUSTED_PROXIES ?? 0) === 0
      ? 'must not be 0 where K_SERVICE is set: all requests would come from the address of one proxy'
      : undefined,
  CLOUDACT_ALLOWED_ORIGINS: ({ CLOUDACT_ALLOWED_ORIGINS = '' }) =>
    originList(CLOUDACT_ALLOWED_ORIGINS).includes('*') ? 'must not be *: name the origins' : undefined,
  SMTP_HOST: ({ SMTP_HOST }) => (SMTP_HOST ? undefined : 'is missing: invitations are sent by mail'),
  STRIPE_SECRET_KEY: ({ STRIPE_SECRET_KEY = '', CLOUDACT_ENVIRONMENT }) =>
    CLOUDACT_ENVIRONMENT === 'prod' && /^[sr]k_test_/.test(STRIPE_SECRET_KEY) ? 'is a test key' : undefined,
};

/** Words that stand in examples and tests, and that 32 random bytes do not spell. */
const EXAMPLE = /example|change[-_ ]?me|default|placeholder|super-secret|of-the-tests|your[-_ ]/i;
/** 32 random bytes have about 16 as hexadecimal digits, and more in any other writing. */
const DISTINCT_CHARACTERS = 10;

function weakSecrets(schema: TObject, environment: Environment): ConfigFault[] {
  return secretsIn(schema, environment).flatMap(({ name, value, isOurs }) => {
    if (EXAMPLE.test(value)) return [{ name, reason: 'is the secret of an example. Make one of your own' }];
    if (!isOurs) return [];
    if (Buffer.byteLength(value) < 32) return [{ name, reason: 'is shorter than 32 bytes' }];
    return new Set(value).size < DISTINCT_CHARACTERS
      ? [{ name, reason: 'is not random. Make it of 32 random bytes' }]
      : [];
  });
}

function equalSecrets(schema: TObject, environment: Environment): ConfigFault[] {
  const first = new Map<string, string>();
  return secretsIn(schema, environment).flatMap(({ name, value }) => {
    const other = first.get(value);
    if (other === undefined) first.set(value, name);
    return other === undefined ? [] : [{ name, reason: `is the same secret as ${other}: each needs its own` }];
  });
}

function plainOrigins(schema: TObject, environment: Environment): ConfigFault[] {
  const names = Object.keys(schema.properties).filter((name) => /_ORIGINS?$|^SUPABASE_URL$/.test(name));
  return names.flatMap((name) => {
    const plain = originList(environment[name] ?? '').some((origin) => origin.startsWith('http:'));
    return plain ? [{ name, reason: 'must be https' }] : [];
  });
}

/** Every single secret: rings taken apart, and of a key pair the private half. */
function secretsIn(schema: TObject, environment: Environment): { name: string; value: string; isOurs: boolean }[] {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const text = environment[name];
    if (!text || !isSecret(property)) return [];
    const isOurs = ((property as { minLength?: number }).minLength ?? 0) >= 32;
    return partsOf(name, text).map((value) => ({ name, value, isOurs }));
  });
}

function partsOf(name: string, text: string): string[] {
  try {
    if (name.endsWith('_PEPPERS')) return Object.values(pepperRing(text).peppers);
    if (name.endsWith('_SIGNING_KEYS')) return signingKeys(text).map(({ d }) => d);
    return [text];
  } catch {
    // That it cannot be read is told elsewhere.
    return [];
  }
}

/** Every local project of the Supabase command line has the same keys, which its documentation shows. */
function isPublishedKey(key: string): boolean {
  const payload = Buffer.from(key.split('.')[1] ?? '', 'base64url').toString('utf8');
  return payload.includes('"supabase-demo"');
}
