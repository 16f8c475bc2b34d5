import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { CloudActError, type ErrorCode, type InputFault } from './errors.ts';

/** An error as HTTP APIs send it: RFC 9457 problem details, with our stable `code`. */
export interface Problem {
  /** `urn:cloudact:problem:<code>`. */
  type: string;
  title: string;
  status: number;
  /** What is wrong, where, and what to do. Not sent for 5xx: what broke inside is for the log. */
  detail?: string;
  /** `urn:uuid:<request id>`; the log knows the request by it. */
  instance: string;
  code: string;
  /** JSON Pointers into the body, or `#/query/<parameter>`. */
  errors?: { pointer: string; message: string }[];
}

export const problemMediaType = 'application/problem+json';

/** The problem that an error of the catalogue is shown as. `requestId` is a UUID. */
export function toProblem(error: CloudActError, requestId: string): Problem {
  const errors = error.faults.slice(0, MAXIMUM_ERRORS).map(({ column, reason }) => ({
    pointer: column === undefined ? '#' : `#/${column}`,
    message: reason,
  }));
  return {
    type: `urn:cloudact:problem:${error.code}`,
    title: error.title,
    status: error.status,
    ...(error.status < 500 && { detail: error.detail }),
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    ...(error.status < 500 && errors.length > 0 && { errors }),
  };
}

/**
 * A whole answer that shows the error: nobody may keep it, a 401 asks for a bearer credential (RFC 6750), and `Retry-After`
 * says when to ask again, where the error knows.
 */
export function problemAnswer(
  error: CloudActError,
  requestId: string,
): { status: number; headers: Record<string, string>; body: string } {
  const invalidToken = error.code === 'authentication_required' ? '' : ', error="invalid_token"';
  return {
    status: error.status,
    headers: {
      'content-type': problemMediaType,
      'cache-control': 'no-store',
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(error.status === 401 && { 'www-authenticate': `Bearer realm="cloudact"${invalidToken}` }),
    },
    body: JSON.stringify(toProblem(error, requestId)),
  };
}

/**
 * What was thrown while a request was served, as an error of the catalogue: ours as they are, and those of Fastify
 * and its validator, known by their shape. Anything else is `internal`.
 */
export function toCloudActError(error: unknown): CloudActError {
  if (error instanceof CloudActError) return error;
  const { validation, validationContext, code = '', statusCode, name } = (error ?? {}) as ServerError;
  if (validation !== undefined) return invalidRequest(validation, validationContext);
  const refusal = REFUSALS[code];
  if (refusal !== undefined) return new CloudActError(refusal[0], { detail: refusal[1], cause: error });
  if (name === 'TimeoutError') {
    return new CloudActError('unavailable', { detail: 'The request took too long.', cause: error });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new CloudActError('request_invalid', { detail: 'The request cannot be read.', cause: error });
  }
  return new CloudActError('internal', { detail: 'An unexpected error.', cause: error });
}

/**
 * What is wrong when no route answers: `method_not_allowed`, with the value of the `Allow` header, where the path is
 * known by other methods, else `not_found`. `hint` says where the routes are listed.
 */
export function noSuchRoute(
  { method, url }: { method: string; url: string },
  routes: readonly { readonly method: string; readonly url: string }[],
  hint = '',
): { error: CloudActError; allow?: string } {
  const path = url.split('?', 1)[0]!;
  const shown = path.slice(0, 200);
  const matching = routes.filter((route) => route.url !== '*' && pathPattern(route.url).test(path));
  if (matching.length === 0) {
    const detail = `There is no ${method} ${shown}. ${hint}`.trim();
    return { error: new CloudActError('not_found', { detail }) };
  }
  const allow = [...new Set(matching.map((route) => route.method))].sort().join(', ');
  const detail = `${shown} answers ${allow}, not ${method}.`;
  return { error: new CloudActError('method_not_allowed', { detail }), allow };
}

/** Answers bytes that are not an HTTP request, for `clientError` of Node's server. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const detail = 'The request is not valid HTTP, or its header is too large.';
  const { headers, body } = problemAnswer(new CloudActError('request_invalid', { detail }), randomUUID());
  const fields = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  const lines = fields.map(([name, value]) => `${name}: ${value}`);
  socket.end(['HTTP/1.1 400 Bad Request', ...lines, '', body].join('\r\n'));
}

const MAXIMUM_ERRORS = 20;

/** The parts of FastifyError that are read here. */
interface ServerError {
  name?: string;
  code?: string;
  statusCode?: number;
  validation?: readonly ValidationFault[];
  validationContext?: string;
}

/** The parts of Ajv's ErrorObject that are read here. */
interface ValidationFault {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string | undefined;
}

/** Refusals by Fastify itself, before a route is reached. */
const REFUSALS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body may be at most 64 KiB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media_type_unsupported', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request_invalid', 'The body is empty. Send a JSON object, or no Content-Type.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['request_invalid', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request_invalid', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['request_invalid', 'The path cannot be read. Percent-encode it (RFC 3986).'],
  FST_ERR_HANDLER_TIMEOUT: ['unavailable', 'The request took too long.'],
};

/** Places of the pointers; what is in the body stands at the root. */
const PLACES: Readonly<Record<string, string>> = { body: '', querystring: 'query', params: 'path' };

function invalidRequest(validation: readonly ValidationFault[], context = 'body'): CloudActError {
  const faults = validation.map((fault): InputFault => {
    const place = `${PLACES[context] ?? context}${fault.instancePath}`.replace(/^\//, '');
    return { ...(place !== '' && { column: place }), reason: reasonOf(fault) };
  });
  const detail = faults.map(({ column, reason }) => `${column ?? context}: ${reason}`).join('; ');
  return new CloudActError('request_invalid', { detail: `${detail}.`, faults });
}

function reasonOf({ keyword, params, message = 'is not valid' }: ValidationFault): string {
  if (keyword === 'additionalProperties')
    return `"${String(params.additionalProperty).slice(0, 60)}" is not known here`;
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as readonly string[]).join(', ')}`;
  return message;
}

function pathPattern(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:[^/]+/g, '[^/]+').replace(/\*/g, '.*')}$`);
}

/** What a refused request of a rate limit says; `after` is the wait in words. */
export function rateLimited({ max, after }: { max: number; after: string }): CloudActError {
  return new CloudActError('rate_limited', {
    detail: `More than ${max} requests came from this address within a minute. Wait ${after}.`,
  });
}

/** What a service throws that could not listen: `port_taken` where somebody else does, the error itself otherwise. */
export function listenFailure(error: unknown, { port, host }: { port: number; host: string }): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return new CloudActError('port_taken', {
    detail: `Port ${port} on ${host} is in use. Stop what listens there (lsof -i :${port}), or choose another port.`,
    cause: error,
  });
}
