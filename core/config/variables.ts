import { Type } from 'typebox';

const text = (description: string) => Type.Optional(Type.String({ description }));

/** The type of a variable that is never shown. Ours are at least 32 bytes of randomness; others make theirs. */
export function secret(description: string, { minLength = 32 } = {}) {
  return Type.String({ minLength, isSecret: true, description });
}

/** What both services read, under the same names. The descriptions are those of `.env.example`. */
export const serviceVariables = {
  CLOUDACT_ENVIRONMENT: Type.Union([Type.Literal('local'), Type.Literal('stage'), Type.Literal('prod')], {
    description: 'local, stage or prod. stage and prod refuse to start with anything that is only good for a test.',
  }),
  CLOUDACT_HOST: Type.String({
    default: '127.0.0.1',
    description: 'Address to listen on; 0.0.0.0 in a container.',
  }),
  CLOUDACT_LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info', description: 'fatal, error, warn, info, debug, trace or silent.' },
  ),
  CLOUDACT_API_ORIGIN: Type.String({
    description: 'Origin under which the API is reached, for example https://api.example.com. It issues all tokens.',
  }),
  CLOUDACT_TRUSTED_PROXIES: Type.Integer({
    minimum: 0,
    maximum: 10,
    default: 0,
    description: 'How many proxies in front of the service add to X-Forwarded-For. 0: the header is not believed.',
  }),
  CLOUDACT_REQUESTS_PER_MINUTE: Type.Integer({
    minimum: 1,
    default: 1200,
    description: 'Requests of one address in a minute, counted in each process.',
  }),
  CLOUDACT_WAREHOUSE: Type.Union([Type.Literal('duckdb'), Type.Literal('bigquery')], {
    default: 'duckdb',
    description: 'duckdb or bigquery.',
  }),
  CLOUDACT_WAREHOUSE_DIR: text('Folder of the DuckDB warehouse. One process owns it.'),
  CLOUDACT_BIGQUERY_PROJECT: text('Google Cloud project of the BigQuery warehouse.'),
  CLOUDACT_BIGQUERY_LOCATION: text('Location of its datasets, for example EU.'),
  SUPABASE_URL: Type.String({ description: 'Origin of the Supabase project, for example https://abc.supabase.co.' }),
  SUPABASE_SERVICE_ROLE_KEY: secret('Its secret key. It passes every policy, so it never leaves the servers.'),
  CLOUDACT_API_KEY_PEPPERS: secret(
    'Secrets under which API keys are hashed, by version: 1:<secret>,2:<secret>. The highest version hashes new keys; older ones stay as long as keys use them.',
  ),
  CLOUDACT_SERVICE_SIGNING_KEYS: secret(
    'Private keys with which our services sign tokens for each other: a JSON array of EC P-256 JWKs with a kid. The first signs, all verify.',
  ),
  CLOUDACT_VAULT_KMS_KEY: text(
    'Cloud KMS key that wraps the data keys: projects/…/locations/…/keyRings/…/cryptoKeys/….',
  ),
  CLOUDACT_VAULT_KEY_FILE: text('Without Cloud KMS: file with the wrapping keys, mode 0600.'),
  CLOUDACT_VAULT_AUTHENTICATION_KEY: secret('Proves that the public halves of data keys are ours.'),
  K_SERVICE: text(
    'Set by Cloud Run, where DuckDB is refused (its disks are forgotten), and so are local and no trusted proxy.',
  ),
};
