import type { FastifyRequest } from 'fastify';
import type { App } from './app-type.ts';

/**
 * A query string knows only text, and a parameter that stands once does not look like a list. Before validation,
 * what the route's schema calls a list becomes one, and plain digits become the integers that it asks for.
 * Nothing else is converted, and bodies are never touched.
 */
export function registerQueryString(app: App): void {
  app.addHook('preValidation', async (request) => {
    const properties = queryProperties(request);
    const query = request.query as Record<string, unknown>;
    for (const [name, { type }] of Object.entries(properties)) {
      const value = query[name];
      if (type === 'array' && typeof value === 'string') query[name] = [value];
      if (type === 'integer' && typeof value === 'string' && /^\d{1,9}$/.test(value)) query[name] = Number(value);
    }
  });
}

function queryProperties(request: FastifyRequest): Record<string, { type?: string }> {
  const schema = request.routeOptions.schema?.querystring as
    | { properties?: Record<string, { type?: string }> }
    | undefined;
  return schema?.properties ?? {};
}
