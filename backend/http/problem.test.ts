import { connect } from 'node:net';
import { errorCatalogue } from '@cloudact/core/errors';
import type { InjectOptions } from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { listen } from '../server.ts';
import { openTestBackend, rootKey } from '../testing/backend.ts';

const backend = await openTestBackend();
const { app } = backend;
const { key } = await backend.organisation('acme_inc');
afterAll(() => backend.close());

const authorization = `Bearer ${key}`;
const root = `Bearer ${rootKey}`;
const october = { from: '2026-10-01', to: '2026-11-01' };

async function problemOf(request: InjectOptions) {
  const answer = await app.inject(request);
  const problem = answer.json();
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(problem.instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(problem.type).toBe(`urn:cloudact:problem:${problem.code}`);
  expect(problem).toMatchObject({
    status: answer.statusCode,
    title: errorCatalogue[problem.code as keyof typeof errorCatalogue].title,
  });
  return { ...problem, headers: answer.headers };
}

const post = (url: string, payload: string, headers: Record<string, string> = {}): InjectOptions => ({
  method: 'POST',
  url,
  payload,
  headers: { authorization: root, 'content-type': 'application/json', ...headers },
});

it.each<[string, InjectOptions, number, string]>([
  ['an unknown path', { url: '/v1/nothing' }, 404, 'not_found'],
  ['a path that cannot be decoded', { url: '/v1/%zz' }, 400, 'request_invalid'],
  ['a method that the path does not know', { method: 'DELETE', url: '/v1/costs' }, 405, 'method_not_allowed'],
  ['a body that is not JSON', post('/v1/admin/orgs', '{'), 400, 'request_invalid'],
  ['an empty body', post('/v1/admin/orgs', ''), 400, 'request_invalid'],
  ['a body with a poisoned prototype', post('/v1/admin/orgs', '{"__proto__":{}}'), 400, 'request_invalid'],
  ['a body that is too large', post('/v1/admin/orgs', `"${'x'.repeat(70_000)}"`), 413, 'payload_too_large'],
  [
    'a body of another kind',
    post('/v1/admin/orgs', 'a=b', { 'content-type': 'text/x' }),
    415,
    'media_type_unsupported',
  ],
  ['a slug that is none', post('/v1/admin/orgs', '{"slug":"A B","name":"A"}'), 400, 'org_slug_invalid'],
  ['no credential', { url: '/v1/costs' }, 401, 'authentication_required'],
  [
    'an odd Authorization header',
    { url: '/v1/costs', headers: { authorization: 'Basic x' } },
    401,
    'credential_invalid',
  ],
])('%s is a problem', async (_name, request, status, code) => {
  expect(await problemOf(request)).toMatchObject({ status, code, detail: expect.any(String) });
});

it('405 tells the methods that work', async () => {
  const { headers } = await problemOf({ method: 'DELETE', url: '/v1/costs' });
  expect(headers.allow).toBe('GET, HEAD');
});

it('401 asks for a bearer credential (RFC 6750)', async () => {
  expect((await problemOf({ url: '/v1/costs' })).headers['www-authenticate']).toBe('Bearer realm="cloudact"');
  const wrong = await problemOf({ url: '/v1/costs', headers: { authorization: 'Bearer nonsense' } });
  expect(wrong.headers['www-authenticate']).toBe('Bearer realm="cloudact", error="invalid_token"');
});

it('a body is never converted, and unknown members are refused by name', async () => {
  const converted = await problemOf(post('/v1/admin/orgs', '{"slug":"abc","name":7}'));
  expect(converted).toMatchObject({ code: 'request_invalid', errors: [{ pointer: '#/name' }] });
  const unknown = await problemOf(post('/v1/admin/orgs', '{"slug":"abc","name":"A","colour":"x"}'));
  expect(unknown).toMatchObject({ code: 'request_invalid', errors: [{ message: '"colour" is not known here' }] });
});

it.each<[string, Record<string, string>, string, RegExp]>([
  ['an unknown parameter', { ...october, org: 'other' }, '#/query', /"org" is not known here/],
  ['a day that is not in the calendar', { ...october, from: '2026-02-30' }, '#/query/from', /format "date"/],
  ['a range that is empty', { from: '2026-10-01', to: '2026-10-01' }, '#/query/to', /must be after/],
  ['an unknown metric', { ...october, metric: 'Cost' }, '#/query/metric', /one of BilledCost, EffectiveCost/],
  ['an unknown granularity', { ...october, granularity: 'hour' }, '#/query/granularity', /one of day, week/],
  ['an unknown date', { ...october, date: 'InvoiceDate' }, '#/query/date', /one of ChargePeriodStart, Billing/],
  [
    'days of a bill',
    { ...october, date: 'BillingPeriodStart' },
    '#/query/granularity',
    /"day" is finer than a bill; .*month, quarter, year or total/,
  ],
  [
    'weeks of a bill',
    { ...october, date: 'BillingPeriodStart', granularity: 'week' },
    '#/query/granularity',
    /"week" is finer than a bill/,
  ],
  [
    'a bill that begins within a month',
    { from: '2026-10-02', to: '2026-11-01', date: 'BillingPeriodStart', granularity: 'month' },
    '#/query/from',
    /"from" \(2026-10-02\) must be the first day of a month/,
  ],
  [
    'a bill that ends within a month',
    { from: '2026-10-01', to: '2026-10-31', date: 'BillingPeriodStart', granularity: 'total' },
    '#/query/to',
    /"to" \(2026-10-31\) must be the first day of a month/,
  ],
  ['an unknown dimension', { ...october, group_by: 'Service' }, '#/query/group_by/0', /one of .*ServiceName/],
  ['a filter without a value', { ...october, filter: 'ServiceName' }, '#/query/filter/0', /dimension:value/],
  ['top that is too large', { ...october, top: '101' }, '#/query/top', /<= 100/],
  ['top that is no number', { ...october, top: '1e1' }, '#/query/top', /integer/],
])('%s is told with its place', async (_name, query, pointer, message) => {
  const problem = await problemOf({ url: `/v1/costs?${new URLSearchParams(query)}`, headers: { authorization } });
  expect(problem).toMatchObject({ status: 400, code: 'request_invalid' });
  expect(problem.errors[0].pointer).toBe(pointer);
  expect(problem.detail).toMatch(message);
});

it('a failure of ours tells nothing but its id', async () => {
  const broken = await openTestBackend({
    metadata: { ...backend.deps.metadata, ping: () => Promise.reject(new Error('secret host')) },
  });
  try {
    const answer = await broken.app.inject({
      method: 'POST',
      url: '/v1/admin/bootstrap',
      headers: { authorization: root },
    });
    expect(answer.statusCode).toBe(500);
    expect(Object.keys(answer.json()).sort()).toEqual(['code', 'instance', 'status', 'title', 'type']);
    expect(answer.body).not.toContain('secret');
  } finally {
    await broken.close();
  }
});

it('the log has the code of a refusal, and nothing of what was asked for', async () => {
  const lines: string[] = [];
  const logged = await openTestBackend({
    logger: { level: 'trace', stream: { write: (line: string) => void lines.push(line) } },
  });
  try {
    const org = await logged.organisation('acme_inc');
    for (const query of [
      { ...october, filter: 'Erika Mustermann' },
      { ...october, group_by: 'Erika Mustermann' },
      { ...october, 'Erika Mustermann': '1' },
    ]) {
      const answer = await logged.get('/v1/costs', org.key, query);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain('Erika');
    }
    expect(lines.filter((line) => line.includes('"code":"request_invalid"'))).toHaveLength(3);
    expect(lines.join('')).not.toContain('Erika');
  } finally {
    await logged.close();
  }
});

it('bytes that are not HTTP get a problem too', async () => {
  const served = await openTestBackend();
  try {
    const url = new URL(await listen(served.app, { port: 0, host: '127.0.0.1' }));
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(url.port), url.hostname, () => socket.write('nonsense\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"request_invalid"/);
  } finally {
    await served.close();
  }
});
