import { readFile, stat } from 'node:fs/promises';
import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { type Static, Type } from 'typebox';
import { Errors } from 'typebox/value';
import { isMeterId, meterIds } from './meters.ts';
import { sharedDays } from './timeline.ts';

/**
 * An organisation's own prices: what it negotiated, what its own models cost, and what its deployments are called.
 * Days are `YYYY-MM-DD`, UTC. Prices and percentages are decimal text. No key but these.
 */
const closed = { additionalProperties: false } as const;
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a date, as in "2026-01-31"' });
const name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f]*$',
  description: 'text of 1 to 200 characters',
});

const ownPrice = Type.Object(
  {
    /** Id of the provider's price list. */
    provider: name,
    /** As delivered, or the list's id; `*`: every model. */
    model: name,
    /** A meter, for example `input_tokens`; `*` with `percent_off` alone. */
    meter: name,
    /** Default: `standard` of a price, every tier of a percentage. */
    tier: Type.Optional(name),
    /** As the source delivers it. Default: the base length of a price, every length of a percentage. */
    context_window: Type.Optional(name),
    /** Of `per` units of the meter. Either this or `percent_off`. */
    price: Type.Optional(
      Type.String({
        pattern: '^\\d{1,12}(\\.\\d{1,12})?$',
        description: 'a price as text, not negative, with at most 12 decimals, as in "2.10"',
      }),
    ),
    /** ISO 4217; with `price`. */
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency code of three capital letters, as in "USD"' }),
    ),
    /** Off the list price. */
    percent_off: Type.Optional(
      Type.String({
        pattern: '^(100(\\.0{1,4})?|\\d{1,2}(\\.\\d{1,4})?)$',
        description: 'a percentage from 0 to 100 as text, with at most 4 decimals, as in "12.5"',
      }),
    ),
    /** First day in force; default: since ever. */
    valid_from: Type.Optional(day),
    /** First day no longer in force; default: until further notice. */
    valid_to: Type.Optional(day),
    /** When it became known here; default: always was. A later record supersedes an earlier one. */
    recorded_on: Type.Optional(day),
    /** For people: the contract. */
    source: name,
  },
  closed,
);

const deployment = Type.Object(
  {
    provider: name,
    /** The name that the usage shows; upper and lower case are the same. */
    deployment: name,
    /** The model behind it. */
    model: name,
  },
  closed,
);

const overridesSchema = Type.Object(
  {
    prices: Type.Array(ownPrice, { maxItems: 10_000 }),
    deployments: Type.Array(deployment, { maxItems: 10_000 }),
  },
  closed,
);

export type OwnPrice = Readonly<Static<typeof ownPrice>>;
export interface Overrides {
  readonly prices: readonly OwnPrice[];
  readonly deployments: readonly Readonly<Static<typeof deployment>>[];
}

/** No document of prices is larger. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_FAULTS = 100;

/**
 * Reads an organisation's prices from a JSON file.
 *
 * Throws `file_not_found`, `file_unreadable` when it is no JSON, and `settings_invalid` as {@link readOverrides} does.
 */
export async function readOverridesFile(path: string): Promise<Overrides> {
  const json = await textOf(path);
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new CloudActError('file_unreadable', { detail: `${path} is no JSON: ${message}. Correct it there.`, cause });
  }
  return readOverrides(value, path);
}

/**
 * Reads an organisation's prices. Nothing is filled in or changed: what is returned is the document, checked.
 *
 * Throws `settings_invalid` with one fault per place: `column` is its JSON path (`/prices/0/price`); keys that do not
 * exist are among them. `file` names the document in the message.
 */
export function readOverrides(value: unknown, file = 'The price document'): Overrides {
  const shape = shapeFaults(value);
  const faults = shape.length > 0 ? shape : contentFaults(value as Overrides);
  if (faults.length === 0) return value as Overrides;
  const [first] = faults;
  const more = faults.length > 1 ? `, and ${faults.length - 1} more` : '';
  throw new CloudActError('settings_invalid', {
    detail: `${file} cannot be used: ${first!.column || 'the document'} ${first!.reason}${more}. Correct the document there and try again.`,
    faults: faults.slice(0, MOST_FAULTS).map((fault) => ({ file, ...fault })),
  });
}

async function textOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size <= MOST_BYTES) return await readFile(path, 'utf8');
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CloudActError(isMissing ? 'file_not_found' : 'file_unreadable', {
      detail: `${path} ${isMissing ? 'does not exist' : 'cannot be read'}. Name the JSON file with the prices.`,
      cause,
    });
  }
  throw new CloudActError('file_unreadable', {
    detail: `${path} is larger than 32 MiB, which no document of prices is. Name the file with the prices.`,
  });
}

/** One fault per path, in the words of the schema. */
function shapeFaults(value: unknown): InputFault[] {
  const faults = new Map<string, InputFault>();
  const add = (column: string, reason: string) => {
    if (!faults.has(column)) faults.set(column, { column, reason });
  };
  for (const error of Errors(overridesSchema, value)) {
    const { keyword, instancePath, message, params, schemaPath } = error;
    const told = params as { requiredProperties?: string[]; additionalProperties?: string[] };
    if (keyword === 'required') {
      for (const missing of told.requiredProperties ?? []) add(`${instancePath}/${missing}`, 'is missing');
    } else if (keyword === 'additionalProperties') {
      for (const key of told.additionalProperties ?? []) {
        add(`${instancePath}/${key.slice(0, 100)}`, 'is no key of a price document; check its spelling or remove it');
      }
    } else if (keyword === 'pattern') add(instancePath, `must be ${describedAt(schemaPath)}`);
    else if (keyword !== 'boolean') add(instancePath, message);
  }
  return [...faults.values()];
}

function describedAt(schemaPath: string): string {
  const found = schemaPath
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], overridesSchema);
  return (found as { description?: string } | undefined)?.description ?? 'of another form';
}

function contentFaults({ prices, deployments }: Overrides): InputFault[] {
  return [
    ...prices.flatMap((price, at) => priceFaults(price, `/prices/${at}`)),
    ...overlapFaults(prices),
    ...repeatedFaults(deployments),
  ];
}

function priceFaults(price: OwnPrice, path: string): InputFault[] {
  const faults: InputFault[] = [];
  const add = (key: string, reason: string) => faults.push({ column: `${path}/${key}`, reason });
  const isPercent = price.percent_off !== undefined;
  if (isPercent === (price.price !== undefined)) add('price', 'or percent_off must be there, and not both');
  if (price.price !== undefined && price.currency === undefined) add('currency', 'is missing');
  if (isPercent && price.currency !== undefined) {
    add('currency', 'belongs to a price; a percentage is in the currency of the list');
  }
  if (price.meter === '*' && !isPercent) add('meter', 'must be one meter: only a percentage is for all of them');
  else if (price.meter !== '*' && !isMeterId(price.meter)) add('meter', `must be one of *, ${meterIds.join(', ')}`);
  for (const key of ['valid_from', 'valid_to', 'recorded_on'] as const) {
    if (price[key] !== undefined && !isDay(price[key])) add(key, 'is no day of the calendar');
  }
  if (price.valid_from !== undefined && price.valid_to !== undefined && price.valid_from >= price.valid_to) {
    add('valid_to', 'must be after valid_from: it is the first day no longer in force');
  }
  return faults;
}

/** Two prices for the same on the same day, of which none is the later record. */
function overlapFaults(prices: readonly OwnPrice[]): InputFault[] {
  const byKey = new Map<string, number[]>();
  const faults: InputFault[] = [];
  for (const [at, price] of prices.entries()) {
    const { provider, model, meter, tier, context_window, recorded_on } = price;
    const key = JSON.stringify([provider, model.toLowerCase(), meter, tier, context_window, recorded_on]);
    const others = byKey.get(key) ?? [];
    const other = others.find((index) => sharedDays(ownDays(prices[index]!), ownDays(price)));
    if (other !== undefined) {
      faults.push({ column: `/prices/${at}`, reason: `is for the same on the same days as /prices/${other}` });
    }
    byKey.set(key, [...others, at]);
  }
  return faults;
}

function repeatedFaults(deployments: Overrides['deployments']): InputFault[] {
  const first = new Map<string, number>();
  return deployments.flatMap(({ provider, deployment: called }, at) => {
    const key = JSON.stringify([provider, called.toLowerCase()]);
    const other = first.get(key);
    if (other === undefined) first.set(key, at);
    return other === undefined
      ? []
      : [{ column: `/deployments/${at}/deployment`, reason: `is there twice, first at /deployments/${other}` }];
  });
}

/** The days for which an own price is in force. */
export function ownDays({ valid_from, valid_to }: OwnPrice): { validFrom: string | null; validTo: string | null } {
  return { validFrom: valid_from ?? null, validTo: valid_to ?? null };
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
