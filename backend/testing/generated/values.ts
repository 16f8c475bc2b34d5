import type { Schema } from './operations.ts';
import type { Random } from './random.ts';

/** What values are made from. */
export interface Pool {
  /** Texts that mean something in this installation: ids, slugs, names; those of others among them. */
  readonly known: readonly string[];
  /** What the field of this name usually holds. */
  readonly byField: Readonly<Record<string, readonly string[]>>;
  /** Probability that a part of a value is not what its schema asks for. */
  readonly wildness: number;
}

/** A value for the schema: mostly one that it allows, else one at its limits, beyond them, or of another type. */
export function anyValueOf(schema: Schema, pool: Pool, random: Random, field = ''): unknown {
  if (random.chance(pool.wildness)) return random.chance(0.4) ? random.pick(OTHER_TYPES) : hostileText(random);
  if (schema.anyOf !== undefined) return anyValueOf(random.pick(schema.anyOf), pool, random, field);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectOf(schema, pool, random, field);
    case 'array':
      return arrayOf(schema, pool, random, field);
    case 'integer':
    case 'number':
      return numberOf(schema, pool, random);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return textOf(schema, pool, random, field);
  }
}

/** A text for the schema, without the quotes and types of JSON: for paths and query strings. */
export function textOf(schema: Schema, pool: Pool, random: Random, field: string): string {
  if (schema.enum !== undefined && !random.chance(pool.wildness)) return String(random.pick(schema.enum));
  if (random.chance(pool.wildness)) return hostileText(random);
  if (random.chance(pool.wildness)) return edgeText(schema, random);
  const named = pool.byField[field] ?? [];
  const examples = (schema.examples ?? []).flat().map(String);
  const places = [named, named, examples, pool.known, ORDINARY].map((texts) =>
    texts.filter((text) => isAllowed(schema, text)),
  );
  const fitting = places.filter((texts) => texts.length > 0);
  return fitting.length === 0 ? random.text(12) : random.pick(random.pick(fitting));
}

/** Texts that break programs: of SQL, paths, HTTP, JavaScript, Unicode, and sheer size. */
export function hostileText(random: Random): string {
  return random.chance(0.05) ? 'x'.repeat(random.pick([1_000, 8_192, 70_000])) : random.pick(HOSTILE);
}

const HOSTILE = [
  '',
  ' ',
  "' OR '1'='1",
  "'; DROP TABLE api_keys; --",
  '1) UNION SELECT * FROM control.api_keys --',
  '../../../etc/passwd',
  '..%2f..%2fcontrol',
  '%00',
  '\u0000',
  'a\u0000b',
  '\u202e\u200b\ufeff',
  'İ\u0301ß\u0130',
  '\ud800',
  '🧨'.repeat(40),
  '__proto__',
  'constructor',
  '{"$ne":null}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template engine would read
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  'a\r\nSet-Cookie: a=b',
  '*',
  'null',
  'undefined',
  '-1',
  '1e309',
  '9007199254740993',
  '2026-02-30',
  '0000-00-00',
  'tag:%zz:x',
  'tag::',
  'ServiceName:',
  'ServiceName:%',
  'in.(a,b)',
  'eq.x&or=(id.gt.0)',
  'a,b;c=d',
  '\\',
  '"',
  '`',
  '$1',
];

const ORDINARY = [
  'Acme & Söhne',
  'Acme Inc.',
  '0.5',
  '1.15',
  'USD',
  'EUR',
  'cloudact-cost-trend',
  '2026-01-01',
  '2026-10-01',
  '2027-01-01T00:00:00Z',
  'somebody@example.com',
  'https://portal.example.com',
  '00000000-0000-4000-8000-000000000000',
  'A'.repeat(43),
];

const OTHER_TYPES: readonly unknown[] = [null, true, 0, -1, 1.5, 1e308, [], {}, [[]], { __proto: 1 }, [null], ['a', 1]];

function objectOf(schema: Schema, pool: Pool, random: Random, field: string): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isWanted = schema.required?.includes(name) ? !random.chance(pool.wildness) : random.chance(0.4);
    if (isWanted) made[name] = anyValueOf(property, pool, random, name);
  }
  const isEmpty = Object.keys(made).length === 0 && (schema.minProperties ?? 0) > 0;
  if (isEmpty && !random.chance(pool.wildness)) {
    const [name, property] = random.pick(Object.entries(schema.properties ?? {}));
    made[name] = anyValueOf(property, pool, random, name);
  }
  for (const [pattern, property] of Object.entries(schema.patternProperties ?? {})) {
    const usual = pool.byField[field] ?? [];
    const names = (usual.length > 0 && !random.chance(pool.wildness) ? usual : [...ORDINARY, ...pool.known]).filter(
      (text) => new RegExp(pattern, 'u').test(text),
    );
    for (const name of names.slice(0, random.below(3))) made[name] = anyValueOf(property, pool, random, name);
  }
  const isOpen = schema.additionalProperties !== false || random.chance(pool.wildness);
  if (isOpen && random.chance(0.3)) made[random.pick([...pool.known, 'org', 'org_slug', 'role'])] = hostileText(random);
  return made;
}

function arrayOf(schema: Schema, pool: Pool, random: Random, field: string): unknown[] {
  const { minItems = 0, maxItems = 20, items = {} } = schema;
  const few = minItems + random.below(Math.max(1, Math.min(maxItems - minItems, 3) + 1));
  const length = random.chance(pool.wildness) ? random.pick([0, minItems, maxItems, maxItems + 1]) : few;
  const made = Array.from({ length }, () => anyValueOf(items, pool, random, field));
  return schema.uniqueItems && !random.chance(pool.wildness) ? [...new Set(made)] : made;
}

function numberOf({ minimum = 0, maximum = 1000 }: Schema, pool: Pool, random: Random): number {
  if (random.chance(pool.wildness)) return random.pick([minimum - 1, maximum + 1, 0.5, -0, 2 ** 53, 1e300]);
  return random.chance(0.2) ? random.pick([minimum, maximum]) : minimum + random.below(maximum - minimum + 1);
}

function edgeText({ minLength = 0, maxLength = 300 }: Schema, random: Random): string {
  return random.text(random.pick([Math.max(0, minLength - 1), minLength, maxLength, maxLength + 1]));
}

function isAllowed({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, format }: Schema, text: string) {
  if (text.length < minLength || text.length > maxLength) return false;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return false;
  return format === undefined || (FORMATS[format]?.test(text) ?? true);
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT/,
  email: /^\S+@\S+$/,
  uuid: /^[0-9a-f-]{36}$/,
  uri: /^https?:/,
};
