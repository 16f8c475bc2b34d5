import { CloudActError, type InputFault } from '@cloudact/core/errors';
import type { ConnectorDescription, ConnectorField } from '../../pipeline-service/port.ts';

type Texts = Readonly<Record<string, string>>;

/** What is kept of an integration already. */
export interface KeptValues {
  readonly settings: Texts;
  /** Names of the fields that are sealed. */
  readonly sealed: readonly string[];
  /** Of fields that we make, unless there is one. */
  readonly generated: string;
}

export interface CheckedValues {
  /** All settings that the integration has from now on. */
  readonly settings: Record<string, string>;
  /** All secrets that it has from now on; null: those that are sealed stay. */
  readonly secrets: Record<string, string> | null;
  /** Secrets go to another server than before: those that are sealed must be gone before it is written down. */
  readonly movesHost: boolean;
}

/**
 * Lays what was filled in over what is kept, and checks the whole by the connector's fields. A field that is left out stays
 * as it is; an empty one is cleared; settings that lose their place, because another field says so, go. Secrets are sealed
 * together: who sends one, clears one, or names another server that they go to, sends all that the integration is to have.
 *
 * Throws `request_invalid` with one fault per field, of the form `values/<field>`; no fault repeats a value.
 */
export function checkValues({ fields }: ConnectorDescription, given: Texts, kept: KeptValues): CheckedValues {
  const faults: InputFault[] = [];
  const fault = (name: string, reason: string) => faults.push({ column: `values/${pointerPart(name)}`, reason });

  for (const name of Object.keys(given)) {
    const field = fields.find((each) => each.name === name);
    if (!field) fault(name, 'is no field of this connector');
    else if (field.generated && given[name] !== (kept.settings[name] ?? kept.generated)) {
      fault(name, 'is made by us: leave it out');
    }
  }

  const texts = new Map<string, string>();
  for (const field of fields) {
    const text = textOf(field, given) ?? (field.kind === 'secret' ? undefined : kept.settings[field.name]);
    if (text) texts.set(field.name, text);
    else if (field.generated) texts.set(field.name, kept.generated);
  }

  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  const staying: string[] = [];
  for (const field of fields) {
    const { name, kind, required } = field;
    const text = texts.get(name);
    const isGiven = Boolean(textOf(field, given));
    if (!hasPlace(field, texts)) {
      if (isGiven) fault(name, `has no place here: leave it empty, or choose another ${field.when?.field}`);
      continue;
    }
    const isSealed = kind === 'secret' && textOf(field, given) === undefined && kept.sealed.includes(name);
    if (isSealed) staying.push(name);
    else if (text === undefined && required) fault(name, 'is missing');
    const reason = text === undefined ? undefined : reasonAgainst(field, text);
    if (reason !== undefined) fault(name, reason);
    else if (text !== undefined) (kind === 'secret' ? secrets : settings)[name] = text;
  }

  const movesHost = fields.some(({ name, decidesHost }) => decidesHost && settings[name] !== kept.settings[name]);
  const isSealedAnew = Object.keys(secrets).length > 0 || staying.length < kept.sealed.length;
  for (const name of staying) {
    if (movesHost) fault(name, 'must be sent again: it goes to another server');
    else if (isSealedAnew) fault(name, 'must be sent again: secrets are sealed together');
  }
  if (faults.length > 0) {
    const named = faults.map(({ column = '', reason }) => `${labelOf(fields, column)} ${reason}`).join('; ');
    throw new CloudActError('request_invalid', {
      detail: `The integration cannot have these values: ${named}. GET /v1/connectors tells the fields.`,
      faults,
    });
  }
  return { settings, secrets: isSealedAnew ? secrets : null, movesHost };
}

/** Undefined: left out. Spaces around a value go, except of a secret. */
function textOf({ name, kind }: ConnectorField, given: Texts): string | undefined {
  const text = Object.hasOwn(given, name) ? given[name] : undefined;
  return kind === 'secret' ? text : text?.trim();
}

function hasPlace({ when }: ConnectorField, texts: ReadonlyMap<string, string>): boolean {
  return when === undefined || when.values.includes(texts.get(when.field) ?? '');
}

function reasonAgainst({ kind, choices = [], pattern, expected }: ConnectorField, text: string): string | undefined {
  if (kind === 'choice') {
    const values = choices.map(({ value }) => value);
    return values.includes(text) ? undefined : `must be one of ${values.join(', ')}`;
  }
  if (kind === 'text' && /\p{Cc}/u.test(text)) return 'must be one line of text';
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(text)) {
    return `must be ${expected ?? `of the form ${pattern}`}`;
  }
  return undefined;
}

function labelOf(fields: readonly ConnectorField[], column: string): string {
  const name = column.slice('values/'.length);
  return fields.find((field) => field.name === name)?.label ?? JSON.stringify(name);
}

/** As RFC 6901 escapes it. Names that are no field's come from outside. */
function pointerPart(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
