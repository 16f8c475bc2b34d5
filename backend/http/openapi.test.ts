import { readFile } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { openTestBackend } from '../testing/backend.ts';
import { openApiText } from './openapi.ts';

const backend = await openTestBackend();
afterAll(() => backend.close());

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId?: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}
const document = JSON.parse(openApiText(backend.app)) as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

it('the committed document is what the application tells; otherwise run: node backend/scripts/write-openapi.ts', async () => {
  const committed = await readFile(new URL('../openapi.json', import.meta.url), 'utf8');
  expect(committed).toBe(openApiText(backend.app));
});

it('every operation has its own id, and shared schemas have their names', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(document.components.schemas).sort()).toEqual(['CostAnswer', 'Problem']);
});

it('every route but the reference pages is in it', () => {
  const told = Object.entries(document.paths).flatMap(([url, path]) =>
    Object.keys(path).map((method) => `${method.toUpperCase()} ${url}`),
  );
  const registered = backend.app.routeRegistry
    .filter(({ method, url }) => method !== 'HEAD' && !/^\/reference(\/|$)/.test(url) && url !== '/openapi.json')
    .map(({ method, url }) => `${method} ${url.replace(/:([^/]+)/g, '{$1}')}`);
  expect(told.sort()).toEqual(registered.sort());
});

it('is served, and the reference page shows it', async () => {
  const served = await backend.app.inject('/openapi.json');
  expect(served.json()).toEqual(document);
  const page = await backend.app.inject('/reference/');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
});
