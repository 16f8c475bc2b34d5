import { readFile } from 'node:fs/promises';
import { CloudActError } from '@cloudact/core/errors';
import type { Connector } from '../providers/connector.ts';
import { connectors } from '../providers/connectors.ts';

/**
 * A connector by its id, or by the first word of it where no other begins so: `openai` is `openai-organization`. Throws
 * `usage_invalid`, also for one whose rows are no cost.
 */
export function namedConnector(name: string): Connector {
  const billing = connectors.filter(({ role }) => role !== 'attribution');
  const found =
    connectors.find(({ id }) => id === name) ?? single(billing.filter(({ id }) => id.startsWith(`${name}-`)));
  if (found?.role === 'attribution') {
    throw new CloudActError('usage_invalid', {
      detail: `${found.id} tells who usage was for and bills nothing, so it makes no FOCUS file.`,
    });
  }
  if (!found) {
    throw new CloudActError('usage_invalid', {
      detail: `There is no connector "${name}". Use ${billing.map(({ id }) => id).join(', ')}.`,
    });
  }
  return found;
}

function single<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}

/** A file of settings: a JSON object of texts by field. Throws `file_not_found`, `file_unreadable`, `settings_invalid`. */
export async function settingsFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CloudActError(cause.code === 'ENOENT' ? 'file_not_found' : 'file_unreadable', {
      detail: `${path} cannot be read (${cause.code}). Check the path of the settings.`,
      cause,
    });
  });
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CloudActError('settings_invalid', {
      detail: `${path} is no JSON object. Write one text for each field, as in {"from": "2026-01-01"}.`,
    });
  }
  return value as Record<string, unknown>;
}

/** Never quotes the text: secrets are in it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the environment says of a connector's fields: `adminKey` is `CLOUDACT_ADMIN_KEY`. */
export function environmentSettings(
  { fields }: Pick<Connector, 'fields'>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = environment[environmentName(name)];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

function environmentName(field: string): string {
  return `CLOUDACT_${field.replaceAll(/([A-Z])/g, '_$1').toUpperCase()}`;
}
