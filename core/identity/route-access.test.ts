import { parseOrgSlug } from '@cloudact/core/org';
import { describe, expect, it } from 'vitest';
import { type Principal, type Scope, scopes } from './principal.ts';
import { authorise, registeredRoutes } from './route-access.ts';

const org = parseOrgSlug('acme_inc');
const keyWith = (...held: Scope[]): Principal => ({ kind: 'api_key', org, scopes: held, keyId: 'one' });
const widget: Principal = { kind: 'widget', org, scopes: ['costs:read'], filters: [], jti: 'one' };

describe('a route', () => {
  it('that does not say who may call it stops the start', () => {
    expect(() => registeredRoutes({ method: ['GET', 'HEAD'], url: '/v1/secret' }, undefined)).toThrow(
      'GET, HEAD /v1/secret does not declare config.auth',
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

  it('that may start runs may read them, not the other way round, and no other scope holds another', () => {
    const including = scopes.flatMap((held) =>
      scopes
        .filter((asked) => asked !== held)
        .filter((asked) => {
          try {
            authorise(keyWith(held), { principals: ['api_key'], scopes: [asked] });
            return true;
          } catch {
            return false;
          }
        })
        .map((asked) => [held, asked]),
    );
    expect(including).toEqual([['runs:write', 'runs:read']]);
  });
});
