import Fastify from 'fastify';
import { expect, it } from 'vitest';
import type { App } from './app-type.ts';
import { allowedMethods, registerRouteGuard } from './routes.ts';

it('a route that does not say who may call it stops the start', () => {
  const app = Fastify() as App;
  registerRouteGuard(app, { publicPrefix: '/reference' });
  expect(() => app.get('/v1/secret', async () => 'secret')).toThrow('GET /v1/secret does not declare config.auth');
});

it('the methods of a path are found, and those of other paths are not', () => {
  const registry = [
    { method: 'GET', url: '/v1/orgs/:org', auth: 'public' },
    { method: 'POST', url: '/v1/orgs', auth: 'public' },
    { method: 'OPTIONS', url: '*', auth: 'public' },
  ] as const;
  expect(allowedMethods(registry, '/v1/orgs/acme')).toEqual(['GET']);
  expect(allowedMethods(registry, '/v1/orgs')).toEqual(['POST']);
  expect(allowedMethods(registry, '/v1/orgs/acme/keys')).toEqual([]);
  expect(allowedMethods(registry, '/v1.orgs')).toEqual([]);
});
