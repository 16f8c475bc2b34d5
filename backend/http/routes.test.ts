import Fastify from 'fastify';
import { expect, it } from 'vitest';
import type { App } from './app-type.ts';
import { registerRouteGuard } from './routes.ts';

function guarded(): App {
  const app = Fastify() as App;
  registerRouteGuard(app, { publicPrefix: '/reference' });
  return app;
}
const auth = { principals: ['root'], scopes: [] } as const;
const handler = async () => 'answer';

it('a route that does not say who may call it stops the start', () => {
  expect(() => guarded().get('/v1/secret', handler)).toThrow('GET /v1/secret does not declare config.auth');
});

it('only pages under the public prefix are public without saying so, and a declared access wins', () => {
  const app = guarded();
  app.route({ method: 'POST', url: '/reference', handler });
  app.route({ method: 'POST', url: '/reference/static/*', handler });
  app.route({ method: 'POST', url: '/reference-prices', config: { auth, audit: 'price.ask' }, handler });
  app.route({ method: 'DELETE', url: '/reference/keys', config: { auth, audit: 'key.remove' }, handler });
  expect(app.routeRegistry.map(({ url, auth }) => [url, auth])).toEqual([
    ['/reference', 'public'],
    ['/reference/static/*', 'public'],
    ['/reference-prices', auth],
    ['/reference/keys', auth],
  ]);
  expect(() => app.get('/referenceX', handler)).toThrow('GET /referenceX does not declare config.auth');
});

it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'a guarded route that changes something by %s and does not say what the audit log calls it stops the start',
  (method) => {
    const route = { method, url: '/v1/things', handler };
    expect(() => guarded().route({ ...route, config: { auth } })).toThrow(
      `${method} /v1/things changes something and does not declare config.audit`,
    );
    expect(() => guarded().route({ ...route, config: { auth, audit: 'Thing created' } })).toThrow(
      'which is no noun.verb',
    );
    expect(() => guarded().route({ ...route, config: { auth, audit: 'thing.create' } })).not.toThrow();
  },
);

it('routes that read, that are public, or that prove themselves by a signature need no name in the audit log', () => {
  const app = guarded();
  app.get('/v1/things', { config: { auth } }, handler);
  app.post('/v1/open', { config: { auth: 'public' } }, handler);
  app.post('/v1/webhooks', { config: { auth: 'signature' } }, handler);
  expect(app.routeRegistry.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'POST', 'POST']);
});
