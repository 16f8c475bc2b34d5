import { parseOrgSlug } from '@cloudact/core/org';
import { describe, expect, it } from 'vitest';
import type { Principal } from './principal.ts';
import { roleScopes, roles } from './roles.ts';
import { authorise, registeredRoutes } from './route-access.ts';
import { type Scope, scopes } from './scopes.ts';

const org = parseOrgSlug('acme_inc');
const keyWith = (...held: Scope[]): Principal => ({
  kind: 'api_key',
  org,
  scopes: held,
  keyId: 'one',
  expiresAt: null,
});
const person = { userId: '01a20b05-86bc-736c-8470-c4726fc0047e', email: 'ada@example.com' };
const widget: Principal = {
  kind: 'widget',
  org,
  scopes: ['costs:read'],
  filters: [],
  widgets: [],
  origins: [],
  markUp: null,
  displayCurrency: null,
  subject: 'org:acme_inc',
  mintedBy: null,
  jti: 'one',
  issuedAt: 0,
};

describe('a route', () => {
  it('that does not say who may call it stops the start', () => {
    expect(() => registeredRoutes({ method: ['GET', 'HEAD'], url: '/v1/secret' }, undefined)).toThrow(
      'GET, HEAD /v1/secret does not declare config.auth',
    );
  });

  it.each([
    ['members', { principals: ['user', 'member'], scopes: [] }],
    ['scopes', { principals: ['user'], scopes: ['org:write'] }],
  ] as const)('that serves people as such and asks for %s too stops the start', (_name, auth) => {
    expect(() => registeredRoutes({ method: 'DELETE', url: '/v1/thing' }, auth)).toThrow(
      'DELETE /v1/thing serves people as such',
    );
  });

  it('is listed once for each of its methods', () => {
    expect(registeredRoutes({ method: ['GET', 'HEAD'], url: '/v1/open' }, 'public')).toEqual([
      { method: 'GET', url: '/v1/open', auth: 'public' },
      { method: 'HEAD', url: '/v1/open', auth: 'public' },
    ]);
  });
});

describe('a principal', () => {
  it.each<[string, Principal]>([
    ['the root key', { kind: 'root' }],
    ['a widget token', widget],
    ['a person’s session', { kind: 'user', ...person }],
    ['a member’s session', { kind: 'member', ...person, org, role: 'owner', scopes }],
    ['a service token', { kind: 'service', service: 'scheduler', org }],
  ])('of another kind is refused whatever its scopes are: %s', (name, principal) => {
    expect(() => authorise(principal, { principals: ['api_key'], scopes: [] })).toThrow(`an API key, not ${name}`);
  });

  it.each(scopes)('needs the scope %s where a route asks for it', (scope) => {
    const auth = { principals: ['api_key'], scopes: [scope] } as const;
    expect(() => authorise(keyWith(scope), auth)).not.toThrow();
    expect(() => authorise(keyWith(), auth)).toThrow(`lacks the scope ${scope}`);
  });

  it('needs all the scopes that a route asks for', () => {
    const auth = { principals: ['api_key'], scopes: ['costs:read', 'widgets:mint'] } as const;
    expect(() => authorise(keyWith('costs:read'), auth)).toThrow('lacks the scope widgets:mint');
  });

  it('that may change a thing may read it, and no other scope holds another', () => {
    const including = scopes.flatMap((held) =>
      scopes
        .filter((asked) => asked !== held)
        .filter((asked) => isAllowed(keyWith(held), asked))
        .map((asked) => `${held} → ${asked}`),
    );
    const pairs = scopes
      .filter((scope) => scope.endsWith(':write'))
      .map((scope) => [scope, scope.replace('write', 'read')]);
    expect(including).toEqual(pairs.map(([write, read]) => `${write} → ${read}`));
  });

  it.each(roles)('who is %s of an organisation may do what the role says and no more', (role) => {
    const member: Principal = { kind: 'member', ...person, org, role, scopes: roleScopes[role] };
    const allowed = scopes.filter((scope) => isAllowed(member, scope));
    expect(allowed).toEqual(
      scopes.filter(
        (scope) =>
          roleScopes[role].includes(scope) || roleScopes[role].includes(scope.replace(':read', ':write') as Scope),
      ),
    );
  });
});

it('roles go from much to little', () => {
  const held = roles.map((role) =>
    scopes.filter((scope) => isAllowed({ kind: 'member', ...person, org, role, scopes: roleScopes[role] }, scope)),
  );
  for (const [index, less] of held.slice(1).entries()) {
    expect(held[index]).toEqual(expect.arrayContaining(less));
    expect(held[index]!.length).toBeGreaterThan(less.length);
  }
  expect(held.at(-1)!.filter((scope) => scope.endsWith(':write'))).toEqual([]);
});

function isAllowed(principal: Principal, scope: Scope): boolean {
  try {
    authorise(principal, { principals: [principal.kind], scopes: [scope] });
    return true;
  } catch {
    return false;
  }
}
