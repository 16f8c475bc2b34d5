import type { RouteAuth } from '@cloudact/core/identity';
import type { App } from '../../http/app-type.ts';
import type { Method } from '../requests.ts';

/** As much of JSON Schema as the API's own schemas use. */
export interface Schema {
  type?: string | string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  patternProperties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  minProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  examples?: readonly unknown[];
  $ref?: string;
}

/** One method of one path, as the OpenAPI document has it. */
export interface Operation {
  readonly method: Method;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly auth: RouteAuth;
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: Schema }[];
  readonly body: Schema | undefined;
  /** Statuses that the document lists. */
  readonly statuses: readonly number[];
}

interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
}
interface DocumentedOperation {
  parameters?: Operation['parameters'];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
}

/** Every operation of the API. Throws for a route that is registered and in no document: nothing would ask it. */
export function operationsOf(app: App): Operation[] {
  const { paths } = app.swagger() as unknown as Document;
  return app.routeRegistry.flatMap(({ method, url, auth }) => {
    if (method === 'HEAD' || UNDOCUMENTED.some((prefix) => url.startsWith(prefix))) return [];
    const path = url.replaceAll(/:([a-z_]+)/g, '{$1}');
    const documented = paths[path]?.[method.toLowerCase()];
    if (documented === undefined) throw new TypeError(`${method} ${url} is not in the OpenAPI document`);
    const content = Object.values(documented.requestBody?.content ?? {});
    return {
      method: method as Method,
      path,
      auth,
      parameters: documented.parameters ?? [],
      body: content[0]?.schema,
      statuses: Object.keys(documented.responses).map(Number),
    };
  });
}

const UNDOCUMENTED = ['/reference', '/openapi.json'];
