import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app-type.ts';

/** Where the reference page lives. */
export const referencePrefix = '/reference';

/** Collects the routes that follow into an OpenAPI 3.1 document. */
export async function registerOpenApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'CloudAct API',
        version,
        description:
          'Exact cloud, AI and software cost. Costs are decimals as text, dates are UTC, and errors are RFC 9457 problems.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'API key of one organisation: ca_live_…' },
          session: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'Access token of a signed-in person, from Supabase Auth. Where the route is about an organisation, the header CloudAct-Org names it by its slug, and the person’s role there decides.',
          },
          widgetToken: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'Widget token, ten minutes.',
          },
          rootKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'Key of the operator, CA_ROOT_API_KEY. It issues keys of any organisation.',
          },
        },
      },
    },
    // Without this, shared schemas are called def-0, def-1 and so on.
    refResolver: { buildLocalReference: (json, _baseUri, _fragment, index) => String(json.$id ?? `def-${index}`) },
  });
}

/** `GET /openapi.json` and the reference page. */
export async function registerReference(app: App): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: referencePrefix,
    staticCSP: REFERENCE_CSP,
    theme: {
      title: 'CloudAct API',
      css: [{ filename: 'cloudact.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  });
  app.get('/openapi.json', { config: { auth: 'public' }, schema: { hide: true } }, async () => app.swagger());
}

/** The OpenAPI document as it is committed. */
export function openApiText(app: App): string {
  return `${JSON.stringify(app.swagger(), null, 2)}\n`;
}

const REFERENCE_CSP =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
