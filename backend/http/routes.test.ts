import Fastify from 'fastify';
import { expect, it } from 'vitest';
import type { App } from './app-type.ts';
import { registerRouteGuard } from './routes.ts';

it('a route that does not say who may call it stops the start', () => {
  const app = Fastify() as App;
  registerRouteGuard(app, { publicPrefix: '/reference' });
  expect(() => app.get('/v1/secret', async () => 'secret')).toThrow('GET /v1/secret does not declare config.auth');
});
