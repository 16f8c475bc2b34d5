import Fastify from 'fastify';
import { expect, it } from 'vitest';
import type { App } from './app-type.ts';
import { registerRouteGuard } from './routes.ts';

it('a route that does not say who may call it stops the start', () => {
  const app = Fastify() as App;
  registerRouteGuard(app, { publicPrefix: '/reference' });
  expect(() => app.get('/v1/secret', async () => 'secret')).toThrow('GET /v1/secret does not declare config.auth');
});

it('only pages under the public prefix are public without saying so, and a declared access wins', () => {
  const app = Fastify() as App;
  registerRouteGuard(app, { publicPrefix: '/reference' });
  const auth = { principals: ['root'], scopes: [] } as const;
  app.route({ method: 'POST', url: '/reference', handler: async () => 'page' });
  app.route({ method: 'POST', url: '/reference/static/*', handler: async () => 'page' });
  app.route({ method: 'POST', url: '/reference-prices', config: { auth }, handler: async () => 'prices' });
  app.route({ method: 'POST', url: '/reference/keys', config: { auth }, handler: async () => 'keys' });
  expect(app.routeRegistry.map(({ url, auth }) => [url, auth])).toEqual([
    ['/reference', 'public'],
    ['/reference/static/*', 'public'],
    ['/reference-prices', auth],
    ['/reference/keys', auth],
  ]);
  expect(() => app.get('/referenceX', async () => 'secret')).toThrow('GET /referenceX does not declare config.auth');
});
