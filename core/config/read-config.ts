import type { Static, TObject } from 'typebox';
import { Clean, Convert, Default, Errors } from 'typebox/value';
import { CloudActError } from '../errors.ts';

/**
 * Reads the configuration of a service, once, from environment variables. `schema` names every variable with its
 * type; text becomes numbers and booleans as the schema says, an empty variable counts as not set, defaults of the
 * schema fill in, and variables that the schema does not name are left out.
 *
 * Throws `configuration_invalid` with every missing or wrong name in one message. Values are never shown, because
 * some of them are secrets.
 */
export function readConfig<Schema extends TObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): Static<Schema> {
  const given = Object.fromEntries(
    Object.keys(schema.properties).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const config = Clean(schema, Convert(schema, Default(schema, given)));
  const wrong = wrongNames(schema, config, given);
  if (wrong.length > 0) throw configurationInvalid(wrong);
  return config as Static<Schema>;
}

/** What is wrong with one variable, as it reads after its name: `is missing`. Never holds the value. */
export interface ConfigFault {
  readonly name: string;
  readonly reason: string;
}

export function configurationInvalid(faults: readonly ConfigFault[]): CloudActError {
  return new CloudActError('configuration_invalid', {
    detail: `Set these environment variables and start again: ${faults.map(({ name, reason }) => `${name} ${reason}`).join('; ')}.`,
    faults: faults.map(({ name, reason }) => ({ column: name, reason })),
  });
}

/** In the order of the schema, each name once. */
function wrongNames(schema: TObject, config: unknown, given: Record<string, unknown>): ConfigFault[] {
  const faulty = new Map<string, string>();
  for (const error of Errors(schema, config)) {
    const name = error.instancePath.split('/')[1];
    if (name && !faulty.has(name)) faulty.set(name, error.message);
  }
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const hint = (property as { description?: string }).description;
    const why = hint ? ` (${hint})` : '';
    if (faulty.has(name)) return [{ name, reason: `is not valid: ${faulty.get(name)}${why}` }];
    const missing = schema.required.includes(name) && !(name in given) && !(name in (config as object));
    return missing ? [{ name, reason: `is missing${why}` }] : [];
  });
}
