import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { CredentialField } from './connector.ts';

/** Longest value of one field, in characters: a private key fits, a file does not. */
const LONGEST = 20_000;

/**
 * Reads what was filled in for a connector: texts by field name, without the fields that are left empty. Spaces around
 * a value go, except of a secret; `null`, `undefined` and the empty text are "left empty".
 *
 * Throws `settings_invalid` with one fault per field: missing, not one of the choices, not of the pattern, filled in
 * although another field says it has no place, or no field at all. No fault repeats a secret.
 */
export function readSettings(
  fields: readonly CredentialField[],
  input: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const values = new Map<string, unknown>();
  for (const field of fields) {
    const value = Object.hasOwn(input, field.name) ? input[field.name] : undefined;
    const text = typeof value === 'string' && field.kind !== 'secret' ? value.trim() : value;
    if (text !== undefined && text !== null && text !== '') values.set(field.name, text);
  }
  const faults: InputFault[] = [];
  const settings: Record<string, string> = {};
  for (const field of fields) {
    const value = values.get(field.name);
    const reason = faultOf(field, value, values);
    if (reason) faults.push({ column: field.name, reason, ...shown(field, value) });
    else if (value !== undefined) settings[field.name] = value as string;
  }
  for (const name of Object.keys(input)) {
    if (!fields.some((field) => field.name === name)) {
      faults.push({ column: name.slice(0, 100), reason: 'is not a setting of this connection' });
    }
  }
  if (faults.length > 0) throw settingsInvalid(fields, faults);
  return settings;
}

/** `settings_invalid` for faults that only a connector itself can find, with the labels of its fields. */
export function settingsInvalid(fields: readonly CredentialField[], faults: readonly InputFault[]): CloudActError {
  const lines = faults.map(({ column, reason }) => {
    const label = fields.find(({ name }) => name === column)?.label ?? JSON.stringify(column);
    return `${label} ${reason}`;
  });
  return new CloudActError('settings_invalid', {
    detail: `The connection cannot be made with these settings: ${lines.join('; ')}. Correct them.`,
    faults,
  });
}

function faultOf(field: CredentialField, value: unknown, values: ReadonlyMap<string, unknown>): string | undefined {
  const { when } = field;
  const applies = when === undefined || when.values.includes(String(values.get(when.field) ?? ''));
  if (value === undefined) return applies && field.required ? 'is missing' : undefined;
  if (!applies) return `has no place here: leave it empty, or choose another ${when.field}`;
  if (typeof value !== 'string') return 'must be text';
  if (value.length > LONGEST) return `must have at most ${LONGEST} characters`;
  if (field.kind === 'choice') {
    const choices = (field.choices ?? []).map((choice) => choice.value);
    return choices.includes(value) ? undefined : `must be one of ${choices.join(', ')}`;
  }
  if (field.kind === 'text' && /\p{Cc}/u.test(value)) return 'must be one line of text';
  if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`).test(value)) {
    return `must be ${field.expected ?? `of the form ${field.pattern}`}`;
  }
  return undefined;
}

function shown(field: CredentialField, value: unknown): { value?: string } {
  return typeof value === 'string' && field.kind !== 'secret' ? { value: value.slice(0, 200) } : {};
}
