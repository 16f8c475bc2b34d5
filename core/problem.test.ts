import { describe, expect, test } from 'vitest';
import { CloudActError } from './errors.ts';
import { noSuchRoute, problemAnswer, toCloudActError, toProblem } from './problem.ts';

const id = '0b5f7f5e-9d7f-4a44-8f2a-5a1a3f1f0c11';

describe('toProblem', () => {
  test('a fault of the request says what is wrong and where', () => {
    const faults = [{ column: 'files/0', reason: 'is not a name' }, { reason: 'is empty' }];
    expect(toProblem(new CloudActError('request_invalid', { detail: 'Name a file.', faults }), id)).toEqual({
      type: 'urn:cloudact:problem:request_invalid',
      title: 'Request not valid',
      status: 400,
      detail: 'Name a file.',
      instance: `urn:uuid:${id}`,
      code: 'request_invalid',
      errors: [
        { pointer: '#/files/0', message: 'is not a name' },
        { pointer: '#', message: 'is empty' },
      ],
    });
  });

  test('a fault of ours says nothing about the inside', () => {
    const error = new CloudActError('internal', {
      detail: 'the table _loads is gone',
      faults: [{ column: 'password', reason: 'is "hunter2"' }],
    });
    expect(toProblem(error, id)).toEqual({
      type: 'urn:cloudact:problem:internal',
      title: 'Internal error',
      status: 500,
      instance: `urn:uuid:${id}`,
      code: 'internal',
    });
  });
});

describe('problemAnswer', () => {
  test('is kept by nobody, and a 401 asks for a bearer credential (RFC 6750)', () => {
    const missing = problemAnswer(new CloudActError('authentication_required', { detail: 'Send a key.' }), id);
    expect(missing).toMatchObject({
      status: 401,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
    expect(missing.headers['www-authenticate']).toBe('Bearer realm="cloudact"');
    const wrong = problemAnswer(new CloudActError('credential_expired', { detail: 'Mint a new one.' }), id);
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="cloudact", error="invalid_token"');
    const forbidden = problemAnswer(new CloudActError('forbidden', { detail: 'No.' }), id);
    expect(forbidden.headers).not.toHaveProperty('www-authenticate');
    expect(JSON.parse(forbidden.body)).toEqual(toProblem(new CloudActError('forbidden', { detail: 'No.' }), id));
  });
});

test('an error that knows when to ask again says so in Retry-After', () => {
  const refused = problemAnswer(new CloudActError('rate_limited', { detail: 'Wait.', retryAfterSeconds: 7 }), id);
  expect(refused.headers['retry-after']).toBe('7');
  const other = problemAnswer(new CloudActError('rate_limited', { detail: 'Wait.' }), id);
  expect(other.headers).not.toHaveProperty('retry-after');
});

describe('toCloudActError', () => {
  const pointerOf = (validationContext: string, instancePath: string) => {
    const validation = [{ instancePath, keyword: 'type', params: {}, message: 'must be string' }];
    return toProblem(toCloudActError({ validation, validationContext }), id).errors![0]!.pointer;
  };

  test.each([
    ['body', '/files/0', '#/files/0'],
    ['body', '', '#'],
    ['querystring', '/from', '#/query/from'],
    ['querystring', '', '#/query'],
    ['params', '/id', '#/path/id'],
  ])('a fault of the %s at %j is pointed at as %s', (context, path, pointer) => {
    expect(pointerOf(context, path)).toBe(pointer);
  });

  test('an unknown member is named, and of a closed list all is said', () => {
    const validation = [
      { instancePath: '', keyword: 'additionalProperties', params: { additionalProperty: 'plan' } },
      { instancePath: '/from', keyword: 'enum', params: { allowedValues: ['a', 'b'] } },
    ];
    expect(toCloudActError({ validation }).detail).toBe('body: "plan" is not known here; from: must be one of a, b.');
  });

  test.each([
    [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }, 'payload_too_large'],
    [{ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }, 'media_type_unsupported'],
    [{ code: 'FST_ERR_CTP_INVALID_JSON_BODY', statusCode: 400 }, 'request_invalid'],
    [{ code: 'FST_ERR_HANDLER_TIMEOUT', statusCode: 503 }, 'unavailable'],
    [new DOMException('gone', 'TimeoutError'), 'unavailable'],
    [{ statusCode: 404 }, 'request_invalid'],
    [{ statusCode: 500 }, 'internal'],
    [new TypeError('x is undefined'), 'internal'],
    ['thrown text', 'internal'],
    [undefined, 'internal'],
    [new CloudActError('conflict', { detail: 'Twice.' }), 'conflict'],
  ])('%o is %s', (thrown, code) => {
    expect(toCloudActError(thrown).code).toBe(code);
  });
});

describe('noSuchRoute', () => {
  const routes = [
    { method: 'GET', url: '/v1/orgs/:org' },
    { method: 'HEAD', url: '/v1/orgs/:org' },
    { method: 'POST', url: '/v1/orgs' },
    { method: 'OPTIONS', url: '*' },
  ];

  test.each([
    ['/v1/orgs/acme', 'method_not_allowed', 'GET, HEAD'],
    ['/v1/orgs?x=1', 'method_not_allowed', 'POST'],
    ['/v1/orgs/acme/keys', 'not_found', undefined],
    ['/v1.orgs', 'not_found', undefined],
  ])('DELETE %s is %s, and the methods that work are %s', (url, code, allow) => {
    const { error, ...rest } = noSuchRoute({ method: 'DELETE', url }, routes);
    expect([error.code, rest.allow]).toEqual([code, allow]);
    expect(error.detail).not.toContain('?');
  });
});
