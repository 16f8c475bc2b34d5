import type { lookup } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SafeFetchRules, safeFetch } from './safe-fetch.ts';

let server: Server;
let port: number;
let connections: number;
let answer: RequestListener;

beforeEach(async () => {
  connections = 0;
  answer = (_request, response) => response.end('ok');
  server = createServer((request, response) => answer(request, response));
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const rules: SafeFetchRules = { hosts: ['127.0.0.1'], maximumBytes: 1000, milliseconds: 5000 };
/** The servers of these tests are on this machine. */
const own: SafeFetchRules = { ...rules, privateNetwork: true };
const here = (path = '/') => new URL(`http://127.0.0.1:${port}${path}`);

/** Answers the n-th question for a name with the n-th list of addresses. */
function answering(...answers: readonly string[][]): typeof lookup {
  let asked = 0;
  return ((_name: string, _options: object, done: (error: null, found: object[]) => void) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)]!;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as typeof lookup;
}

describe('what is never called', () => {
  const strangers = { ...rules, hosts: ['gateway.example.com'] };

  test.each([
    ['this machine', ['127.0.0.1']],
    ['this machine in IPv6', ['::1']],
    ["the cloud's metadata, mapped into IPv6", ['::ffff:169.254.169.254']],
    ['a public address beside a private one', ['93.184.215.14', '10.0.0.1']],
  ])('a name that stands for %s', async (_, addresses) => {
    const url = new URL(`https://gateway.example.com:${port}/`);
    await expect(safeFetch(url, {}, { ...strangers, lookup: answering(addresses) })).rejects.toMatchObject({
      code: 'source_denied',
      detail: expect.stringContaining('private network'),
    });
    expect(connections).toBe(0);
  });

  test('a name that stood for a public address when somebody looked, and for this machine at the call', async () => {
    const rebinding = answering(['93.184.215.14'], ['127.0.0.1']);
    const looked = await new Promise((resolve) => {
      rebinding('gateway.example.com', { all: true }, (_error, addresses) => resolve(addresses));
    });
    expect(looked).toEqual([{ address: '93.184.215.14', family: 4 }]);
    const url = new URL(`https://gateway.example.com:${port}/`);
    await expect(safeFetch(url, {}, { ...strangers, lookup: rebinding })).rejects.toMatchObject({
      code: 'source_denied',
    });
    expect(connections).toBe(0);
  });

  test('a name that the machine itself resolves to itself', async () => {
    const url = new URL(`https://localhost:${port}/`);
    await expect(safeFetch(url, {}, { ...rules, hosts: [url.hostname] })).rejects.toMatchObject({
      code: 'source_denied',
    });
    expect(connections).toBe(0);
  });

  test.each(['https://[::1]', 'https://[::ffff:127.0.0.1]', 'https://[fe80::1]', 'https://169.254.169.254'])(
    'the private address %s itself',
    async (origin) => {
      const url = new URL(`${origin}:${port}/`);
      await expect(safeFetch(url, {}, { ...rules, hosts: [url.hostname] })).rejects.toMatchObject({
        code: 'source_denied',
      });
      expect(connections).toBe(0);
    },
  );

  test('this machine in any spelling of its numbers', async () => {
    const part = fc.constantFrom<(n: number) => string>(
      String,
      (n) => `0${n.toString(8)}`,
      (n) => `0x${n.toString(16)}`,
    );
    const spelling = fc.record({ last: fc.integer({ min: 1, max: 254 }), parts: fc.integer({ min: 1, max: 4 }), part });
    await fc.assert(
      fc.asyncProperty(spelling, async ({ last, parts, part }) => {
        const numbers = { 1: [0x7f000000 + last], 2: [127, last], 3: [127, 0, last], 4: [127, 0, 0, last] }[parts]!;
        const url = new URL(`https://${numbers.map(part).join('.')}:${port}/`);
        await expect(safeFetch(url, {}, { ...rules, hosts: [url.hostname] })).rejects.toMatchObject({
          code: 'source_denied',
        });
      }),
    );
    expect(connections).toBe(0);
  });

  test.each([
    ['another host', 'https://other.example.com/'],
    ['a host that only ends like it', 'https://gateway.example.com.evil.example/'],
    ['a server without TLS', 'http://gateway.example.com/'],
    ['a file', 'file://gateway.example.com/etc/passwd'],
  ])('%s', async (_, url) => {
    const untouched = { ...strangers, lookup: answering(['127.0.0.1']) };
    await expect(safeFetch(new URL(url), {}, untouched)).rejects.toMatchObject({ code: 'source_denied' });
    expect(connections).toBe(0);
  });

  test('an address with a user, and the error repeats no password', async () => {
    const url = new URL(`http://user:hunter2@127.0.0.1:${port}/`);
    const error = await safeFetch(url, {}, own).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'source_denied', detail: expect.not.stringContaining('hunter2') });
    expect(connections).toBe(0);
  });

  test('a plain server elsewhere, though private networks may be asked', async () => {
    const url = new URL('http://192.168.0.1/');
    await expect(safeFetch(url, {}, { ...own, hosts: [url.hostname] })).rejects.toMatchObject({
      code: 'source_denied',
    });
  });

  test('a host that nobody knows', async () => {
    const url = new URL('https://no-such-host.invalid/');
    await expect(safeFetch(url, {}, { ...rules, hosts: [url.hostname] })).rejects.toMatchObject({
      code: 'source_unavailable',
    });
  });
});

describe('what is answered', () => {
  test('arrives whole, with its status and headers, and what was sent arrived there', async () => {
    answer = async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.writeHead(418, { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] });
      response.end(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    };
    const init = { method: 'POST', headers: { authorization: 'Bearer key' }, body: 'hello' };
    const response = await safeFetch(here('/path?x=1'), init, own);
    expect([response.status, response.headers.get('x-one')]).toEqual([418, '1']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('POST /path?x=1 Bearer key hello');
  });

  test('may have no body', async () => {
    answer = (_request, response) => response.writeHead(204).end();
    expect((await safeFetch(here(), {}, own)).status).toBe(204);
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is refused, and the key goes nowhere else', async (status) => {
    const paths: (string | undefined)[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.writeHead(status, { location: '/elsewhere' }).end();
    };
    const call = safeFetch(here('/asked'), { headers: { authorization: 'Bearer key' } }, own);
    await expect(call).rejects.toMatchObject({ code: 'source_denied' });
    expect(paths).toEqual(['/asked']);
  });

  test.each([
    ['says so', { 'content-length': '1001' }],
    ['does not say so', {}],
  ])('more than the rules allow is given up where the server %s', async (_, headers) => {
    answer = (_request, response) => response.writeHead(200, headers).end('x'.repeat(1001));
    await expect(safeFetch(here(), {}, own)).rejects.toMatchObject({ code: 'source_incomplete' });
    answer = (_request, response) => response.end('x'.repeat(1000));
    expect((await (await safeFetch(here(), {}, own)).text()).length).toBe(1000);
  });

  test('an answer that would unfold is refused', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    await expect(safeFetch(here(), {}, own)).rejects.toMatchObject({ code: 'source_incomplete' });
  });

  test('an answer that is cut off is an error', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x', () => response.destroy());
    };
    await expect(safeFetch(here(), {}, own)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test.each([
    ['never comes', () => undefined],
    ['comes without an end', (_request, response) => response.write('x')],
  ] as [string, RequestListener][])('an answer that %s is given up when the time is over', async (_, never) => {
    answer = never;
    const call = safeFetch(here(), {}, { ...own, milliseconds: 50 });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('stops when it is told to, with the reason', async () => {
    const stop = new AbortController();
    answer = () => stop.abort(new Error('stopped'));
    await expect(safeFetch(here(), { signal: stop.signal }, own)).rejects.toThrow('stopped');
  });
});
