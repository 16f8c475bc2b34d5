import type { Static, TObject } from 'typebox';

/** The configuration in force, for the log: values that are set, `set` in place of a secret. */
export function describeConfig<Schema extends TObject>(
  schema: Schema,
  config: Static<Schema>,
): Record<string, string | number | boolean> {
  const values = config as Record<string, string | number | boolean | undefined>;
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([name, property]) => {
      const value = values[name];
      if (value === undefined) return [];
      return [[name, isSecret(property) ? 'set' : value]];
    }),
  );
}

export function isSecret(property: object): boolean {
  return (property as { isSecret?: boolean }).isSecret === true;
}
