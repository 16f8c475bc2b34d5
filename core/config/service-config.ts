import type { Static, TObject } from 'typebox';
import { CloudActError } from '../errors.ts';
import { type Environment, productionFaults } from './production.ts';
import { type ConfigFault, configurationInvalid, readConfig } from './read-config.ts';
import { isOrigin, originList, pepperRing, signingKeys } from './values.ts';

/**
 * Reads the configuration of a service. Throws `configuration_invalid` with everything that is wrong, in one message
 * and without a value: by the schema, by `faults` of the service itself, and in `stage` and `prod` whatever is only good
 * for a test.
 */
export function readServiceConfig<Schema extends TObject>(
  schema: Schema,
  environment: Environment,
  faults: readonly ConfigFault[],
): Static<Schema> {
  const further = [...faults, ...productionFaults(schema, environment)];
  try {
    const config = readConfig(schema, environment);
    if (further.length === 0) return config;
  } catch (error) {
    if (!(error instanceof CloudActError)) throw error;
    const bySchema = error.faults.map(({ column, reason }) => ({ name: column!, reason }));
    const named = new Set(bySchema.map(({ name }) => name));
    throw configurationInvalid([...bySchema, ...further.filter(({ name }) => !named.has(name))]);
  }
  throw configurationInvalid(further);
}

/** What is wrong with the variables that both services read, beyond their types. */
export function commonFaults(schema: TObject, environment: Environment): ConfigFault[] {
  const { CLOUDACT_WAREHOUSE = 'duckdb', CLOUDACT_VAULT_KMS_KEY, CLOUDACT_VAULT_KEY_FILE } = environment;
  const warehouse =
    CLOUDACT_WAREHOUSE === 'bigquery'
      ? ['CLOUDACT_BIGQUERY_PROJECT', 'CLOUDACT_BIGQUERY_LOCATION']
      : ['CLOUDACT_WAREHOUSE_DIR'];
  return [
    ...warehouse
      .filter((name) => !environment[name])
      .map((name) => ({ name, reason: `is missing: CLOUDACT_WAREHOUSE is ${CLOUDACT_WAREHOUSE}` })),
    ...(CLOUDACT_VAULT_KMS_KEY && CLOUDACT_VAULT_KEY_FILE
      ? [
          {
            name: 'CLOUDACT_VAULT_KEY_FILE',
            reason: 'must not be set beside CLOUDACT_VAULT_KMS_KEY: one of them wraps',
          },
        ]
      : []),
    ...(!CLOUDACT_VAULT_KMS_KEY && !CLOUDACT_VAULT_KEY_FILE
      ? [{ name: 'CLOUDACT_VAULT_KEY_FILE', reason: 'is missing, and so is CLOUDACT_VAULT_KMS_KEY: one of them wraps' }]
      : []),
    ...Object.keys(schema.properties).flatMap((name) => {
      const value = environment[name];
      const reason = value ? unreadable(name, value) : undefined;
      return reason === undefined ? [] : [{ name, reason }];
    }),
  ];
}

/** Why the text of the variable cannot be read, by the end of its name. */
function unreadable(name: string, value: string): string | undefined {
  try {
    if (name.endsWith('_PEPPERS')) pepperRing(value);
    if (name.endsWith('_SIGNING_KEYS')) signingKeys(value);
  } catch (error) {
    return (error as Error).message;
  }
  const origins = /_ORIGIN$|^SUPABASE_URL$/.test(name) ? [value] : name.endsWith('_ORIGINS') ? originList(value) : [];
  return origins.every((origin) => isOrigin(origin) || (origin === '*' && name.endsWith('_ORIGINS')))
    ? undefined
    : 'must be an origin such as https://app.example.com, without a path or a slash at the end';
}
