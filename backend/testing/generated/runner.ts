import { isGuarded } from '@cloudact/core/identity';
import type { TestBackend } from '../backend.ts';
import type { Answer } from '../requests.ts';
import { randomSlug } from '../tenants.ts';
import { type Caller, openCallers } from './callers.ts';
import { type Operation, operationsOf } from './operations.ts';
import { type Random, randomOf } from './random.ts';
import { type GeneratedRequest, requestOf, smallerRequests } from './request.ts';
import type { Tenant } from './tenant.ts';
import { faultsOf } from './verdict.ts';

export interface Runner {
  /** Asks `count` times as callers of the side. Returns what was wrong, each with the least request that shows it. */
  ask(side: Caller['side'], count: number): Promise<string[]>;
  /** How often each status came, by caller's side. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations that answered with success at least once. */
  readonly succeeded: ReadonlySet<string>;
  readonly operations: readonly string[];
}

/** Makes and judges requests; the same seed makes the same ones, apart from ids. */
export async function openRunner(
  backend: TestBackend,
  tenants: { a: Tenant; b: Tenant },
  seed: number,
): Promise<Runner> {
  const { a, b } = tenants;
  const callers = await openCallers(backend, tenants);
  const operations = operationsOf(backend.app);
  const statuses: Record<string, number> = {};
  const succeeded = new Set<string>();
  const made = { a: [] as string[], b: [] as string[], nobody: [] as string[], operator: [] as string[] };
  const etags = new Map<string, Caller['side']>();
  /** What each caller was answered to requests that may be repeated. */
  const answered = new Map<string, Set<string>>();
  let index = 0;

  function judge(request: GeneratedRequest, answer: Answer): string[] {
    const { side, name } = request.caller;
    const faults = faultsOf(request, answer);
    const from = etags.get(request.headers['if-none-match'] ?? '');
    if (answer.statusCode === 304 && from !== undefined && from !== side)
      faults.push(`confirmed an ETag of ${from} to ${name}`);
    if (request.headers['idempotency-key'] !== undefined) {
      const bodies = answered.get(name) ?? new Set();
      answered.set(name, bodies);
      const isReplay = answer.headers['idempotent-replayed'] !== undefined;
      if (isReplay && !bodies.has(answer.body)) faults.push(`repeated to ${name} what others were answered`);
      bodies.add(answer.body);
    }
    return faults;
  }

  function remember({ caller: { side }, operation }: GeneratedRequest, { statusCode, headers, body }: Answer): void {
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    if (statusCode < 300) succeeded.add(`${operation.method} ${operation.path}`);
    if (typeof headers.etag === 'string') etags.set(headers.etag, side);
    if (operation.method === 'POST' && statusCode < 300) {
      for (const [, id] of body.matchAll(IDS)) made[side] = [id!, ...made[side]].slice(0, 20);
    }
  }

  async function least(request: GeneratedRequest, random: Random): Promise<GeneratedRequest> {
    for (const smaller of smallerRequests(request)) {
      if (faultsOf(smaller, await send(backend, smaller)).length > 0) return least(smaller, random);
    }
    return request;
  }

  return {
    statuses,
    succeeded,
    operations: operations.map(({ method, path }) => `${method} ${path}`),
    async ask(side, count) {
      // Tokens that were taken back count again only from the next second on.
      backend.clock.time = new Date(Math.max(Date.now(), backend.clock.time.getTime() + 1000));
      const asking = await callers.of(side);
      const failures: string[] = [];
      for (const end = index + count; index < end; index++) {
        const random = randomOf(seed, index);
        const [own, other] = side === 'b' ? [b, a] : [a, b];
        const material = { own, other, made: made[side], etags: [...etags.keys()].slice(-20) };
        const [operation, caller] = pair(operations, asking, random);
        const request = spare(requestOf(operation, caller, material, random), tenants);
        const answer = await send(backend, request);
        const faults = judge(request, answer);
        remember(request, answer);
        if (faults.length > 0) {
          const told = describe(await least(request, random));
          failures.push(`request ${index} of seed ${seed} ${faults.join('; ')}\n  ${told}`);
        }
      }
      return failures;
    },
  };
}

const IDS = /"(?:id|token_id)":"([^"]+)"/g;

function send({ app }: TestBackend, { operation, path, query, headers, body }: GeneratedRequest): Promise<Answer> {
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return app.inject({
    method: operation.method,
    url: search === '' ? path : `${path}?${search}`,
    headers: { ...headers },
    ...(payload !== undefined && { payload }),
  });
}

/** Mostly a caller who is let in: what is behind the door has to be tried too. */
function pair(operations: readonly Operation[], asking: readonly Caller[], random: Random): [Operation, Caller] {
  for (let tries = random.below(8); tries > 0; tries--) {
    const operation = random.pick(operations);
    const { auth } = operation;
    const fitting = asking.filter(
      ({ kinds }) => isGuarded(auth) && kinds.some((kind) => auth.principals.includes(kind)),
    );
    if (fitting.length > 0) return [operation, random.pick(fitting)];
  }
  return [random.pick(operations), random.pick(asking)];
}

/**
 * The tenants and their people have to be there until the end, so what would delete one of them is confirmed wrongly
 * (others may try). Slugs of new organisations are for this test alone: other tests have theirs in the same Supabase.
 */
function spare(request: GeneratedRequest, { a, b }: { a: Tenant; b: Tenant }): GeneratedRequest {
  const { operation, caller, body } = request;
  if (typeof body !== 'object' || body === null) return request;
  const { confirm, slug } = body as Record<string, unknown>;
  if (
    operation.method === 'POST' &&
    typeof slug === 'string' &&
    NEW_SLUG.test(slug) &&
    slug !== a.org &&
    slug !== b.org
  ) {
    return { ...request, body: { ...body, slug: randomSlug('generated') } };
  }
  const standing = [a, b].flatMap(({ org, people }) => [org, ...Object.values(people).map(({ email }) => email)]);
  const isAttack = caller.side !== 'operator' && confirm === (caller.side === 'a' ? b.org : a.org);
  if (operation.method !== 'DELETE' || isAttack || !standing.includes(String(confirm).trim().toLowerCase())) {
    return request;
  }
  return { ...request, body: { ...body, confirm: 'another' } };
}

const NEW_SLUG = /^[a-z][a-z0-9_]{2,39}$/;

function describe({ caller, operation, path, query, headers, body }: GeneratedRequest): string {
  const { authorization: _, ...others } = headers;
  return JSON.stringify({ by: caller.name, asks: `${operation.method} ${path}`, query, headers: others, body }).slice(
    0,
    1500,
  );
}
