import type { Caller } from './callers.ts';
import type { Operation } from './operations.ts';
import type { Random } from './random.ts';
import type { Tenant } from './tenant.ts';
import { anyValueOf, hostileText, type Pool, textOf } from './values.ts';

export interface GeneratedRequest {
  readonly caller: Caller;
  readonly operation: Operation;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** What requests are made from. `made`: ids of things that earlier answers of the caller's side told of. */
export interface Material {
  readonly own: Tenant;
  readonly other: Tenant;
  readonly made: readonly string[];
  readonly etags: readonly string[];
}

/** One request of the caller to the operation, whatever it may be good for. */
export function requestOf(operation: Operation, caller: Caller, material: Material, random: Random): GeneratedRequest {
  const pool = poolOf(operation, material, random.pick([0, 0, 0.03, 0.15]));
  const { parameters } = operation;
  let path = operation.path;
  const query: [string, string][] = [];
  for (const { name, in: where, required, schema } of parameters) {
    if (where === 'path') {
      const text = textOf(schema, pool, random, name);
      path = path.replace(`{${name}}`, () => (random.chance(0.02) ? text : encodeURIComponent(text.toWellFormed())));
    } else if (where === 'query' && (required || random.chance(0.4))) {
      for (const value of [anyValueOf(schema, pool, random, name)].flat()) query.push([name, asText(value)]);
    }
  }
  if (random.chance(pool.wildness)) query.push([random.pick(['org', 'org_slug', 'limit']), random.pick(pool.known)]);
  const hasBody = operation.method !== 'GET' && (operation.body !== undefined || random.chance(0.1));
  const headers = headersOf(operation, caller, material, pool, random, hasBody);
  if (!hasBody) return { caller, operation, path, query, headers };
  const body = random.chance(0.03) ? random.pick(BROKEN) : anyValueOf(operation.body ?? {}, pool, random);
  return { caller, operation, path, query, headers, body };
}

/** The request with less of everything in turn, for finding out which part of it matters. */
export function smallerRequests(request: GeneratedRequest): GeneratedRequest[] {
  const { headers, query, body } = request;
  const smaller: GeneratedRequest[] = [];
  for (const name of Object.keys(headers)) {
    const { [name]: _, ...rest } = headers;
    smaller.push({ ...request, headers: rest });
  }
  for (const index of query.keys()) smaller.push({ ...request, query: query.toSpliced(index, 1) });
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    for (const name of Object.keys(body)) {
      const { [name]: _, ...rest } = body as Record<string, unknown>;
      smaller.push({ ...request, body: rest });
    }
  }
  return smaller;
}

const BROKEN = ['', '{', '[]', 'null', '"text"', '{"__proto__":{"role":"owner"}}', '{"constructor":{"prototype":1}}'];

/** Whose ids a path is mostly asked with; now and then it is those of everything. */
const COLLECTIONS: Readonly<Record<string, keyof Tenant['known']>> = {
  '/v1/api-keys': 'key',
  '/v1/invitations': 'invitation',
  '/v1/integrations': 'integration',
};

function poolOf({ path }: Operation, { own, other, made }: Material, wildness: number): Pool {
  const kinds = [own.known, other.known];
  const all = (kind: keyof Tenant['known']) => kinds.flatMap((known) => known[kind]);
  const ids = [...made, ...all('key'), ...all('invitation'), ...all('integration')];
  const slices = [own.sliceFilter, `x_IntegrationId:${other.known.integration[0]}`, 'RegionId:', 'tag:team:search'];
  return {
    wildness,
    known: [...ids, ...all('member'), ...all('event'), ...all('value')],
    byField: {
      id: Object.entries(COLLECTIONS).flatMap(([prefix, kind]) =>
        path.startsWith(prefix)
          ? [...all(kind), ...made.filter((id) => id.startsWith('key_') === (kind === 'key'))]
          : [],
      ),
      values: ['bucket', 'secret'],
      user_id: all('member'),
      before: all('event'),
      slug: [own.org, other.org],
      confirm: [other.org],
      token: all('token'),
      token_id: made,
      subject: all('value'),
      from: ['2026-01-01', '2026-10-01'],
      to: ['2027-01-01', '2026-11-01'],
      group_by: ['ServiceName', 'SubAccountId', 'ResourceId', 'RegionId', 'x_IntegrationId', 'BillingAccountId'],
      filter: slices,
      filters: slices,
      connector: ['stand-in'],
      role: ['viewer', 'analyst'],
      origins: ['https://portal.example.com'],
      allowed_origins: ['https://portal.example.com', 'https://other.example.com'],
      plan: ['self_hosted'],
    },
  };
}

function headersOf(
  { method }: Operation,
  { authorization, org }: Caller,
  { other, etags }: Material,
  pool: Pool,
  random: Random,
  hasBody: boolean,
): Record<string, string> {
  const isWild = random.chance(pool.wildness);
  const named = isWild ? random.pick([undefined, hostileText(random)]) : random.chance(0.15) ? other.org : org;
  const headers: Record<string, string | undefined> = { authorization, 'cloudact-org': named };
  if (random.chance(0.2)) headers.origin = random.pick([...pool.known, 'https://portal.example.com', 'null']);
  if (random.chance(0.2)) headers['if-none-match'] = random.pick([...etags, '*', 'W/"x"', hostileText(random)]);
  if (random.chance(0.1)) headers.accept = random.pick(['application/x-ndjson', 'text/html', '*/*', '']);
  if (method === 'POST' && random.chance(0.3)) {
    headers['idempotency-key'] = random.chance(0.8) ? `key-${random.below(40)}` : hostileText(random);
  }
  if (hasBody) headers['content-type'] = isWild ? random.pick(['text/plain', '', 'application/xml']) : JSON_TYPE;
  return Object.fromEntries(
    // Node takes nothing else in a header, so neither does any server on it.
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, latin(value)]])),
  );
}

const JSON_TYPE = 'application/json';

function latin(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 8_000);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? '');
}
