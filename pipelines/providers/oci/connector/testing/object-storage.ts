import { createHash, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TENANCY = 'ocid1.tenancy.oc1..aaaalarkmoor';
export const USER = 'ocid1.user.oc1..aaaareader';

export interface ApiKey {
  pem: string;
  publicKey: KeyObject;
  fingerprint: string;
}

/** A key pair as the console makes one. */
export function makeKey(): ApiKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey,
    fingerprint: createHash('md5').update(der).digest('hex').match(/../g)!.join(':'),
  };
}

interface Stored {
  body: Buffer;
  etag: string;
  created: string;
}

export interface ObjectStorageServer {
  endpoint: string;
  /** Method and path of every request, in order. */
  requests: string[];
  /** How many objects one answer of ListObjects holds. */
  pageSize: number;
  put(name: string, body: string | Buffer, created: string): void;
  remove(name: string): void;
  /** What the next request is answered with instead, once. */
  failNext(status: number, code: string): void;
  /** GetObject says the full length and breaks off after so many bytes. */
  cutAfter: number | undefined;
  /** The tenancy whose policy lets the user in; none: everything is "not found". */
  allowed: boolean;
  close(): Promise<void>;
}

/**
 * Answers ListObjects and GetObject as the Object Storage API documents them, for the tenancy's bucket in namespace
 * `bling`, and verifies the RSA signature of each request with the public key.
 */
export async function startObjectStorage(key: ApiKey): Promise<ObjectStorageServer> {
  const objects = new Map<string, Stored>();
  let failure: { status: number; code: string } | undefined;
  const bucket = `/n/bling/b/${encodeURIComponent(TENANCY)}/o`;

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, 'http://localhost');
    server.requests.push(`${request.method} ${request.url}`);
    const fail = (status: number, code: string) => {
      response.writeHead(status, { 'content-type': 'application/json', 'opc-request-id': 'request-1' });
      response.end(JSON.stringify({ code, message: `${code} (a test)` }));
    };
    if (failure) {
      const { status, code } = failure;
      failure = undefined;
      return fail(status, code);
    }
    if (!isSigned(request, key)) return fail(401, 'NotAuthenticated');
    if (!server.allowed || !url.pathname.startsWith(bucket)) return fail(404, 'BucketNotFound');
    if (url.pathname === bucket) {
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify(page(url.searchParams)));
    }
    const object = objects.get(decodeURIComponent(url.pathname.slice(bucket.length + 1)));
    if (!object) return fail(404, 'ObjectNotFound');
    const match = request.headers['if-match'];
    if (match !== undefined && match !== object.etag) return fail(412, 'IfMatchFailed');
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const body = range ? object.body.subarray(Number(range[1]), Number(range[2]) + 1) : object.body;
    response.writeHead(range ? 206 : 200, { etag: object.etag, 'content-length': body.length });
    if (server.cutAfter === undefined) return response.end(body);
    response.write(body.subarray(0, server.cutAfter), () => response.destroy());
  };

  const page = (query: URLSearchParams) => {
    const names = [...objects.keys()]
      .filter((name) => name.startsWith(query.get('prefix') ?? '') && name >= (query.get('start') ?? ''))
      .sort();
    const size = Math.min(server.pageSize, Number(query.get('limit') ?? 1000));
    const fields = (query.get('fields') ?? 'name').split(',');
    return {
      prefixes: [],
      objects: names.slice(0, size).map((name) => {
        const { body, etag, created } = objects.get(name)!;
        const all = { name, etag, size: body.length, timeCreated: created };
        return Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)));
      }),
      nextStartWith: names[size] ?? null,
    };
  };

  const http = createServer(handle);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: ObjectStorageServer = {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests: [],
    pageSize: 1000,
    cutAfter: undefined,
    allowed: true,
    put(name, body, created) {
      const bytes = Buffer.from(body);
      objects.set(name, { body: bytes, etag: createHash('md5').update(bytes).digest('hex'), created });
    },
    remove: (name) => void objects.delete(name),
    failNext(status, code) {
      failure = { status, code };
    },
    close() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
  return server;
}

/** Verifies `Authorization: Signature …` over the headers that it names, as Oracle's signing version 1 says. */
function isSigned(request: IncomingMessage, { publicKey, fingerprint }: ApiKey): boolean {
  const given = request.headers.authorization ?? '';
  if (!given.startsWith('Signature ')) return false;
  const part = (name: string) => new RegExp(`(?:^|[ ,])${name}="([^"]*)"`).exec(given)?.[1] ?? '';
  const names = part('headers').split(' ');
  if (!['(request-target)', 'host', 'x-date'].every((name) => names.includes(name))) return false;
  if (part('version') !== '1' || part('algorithm') !== 'rsa-sha256') return false;
  if (part('keyId') !== `${TENANCY}/${USER}/${fingerprint}`) return false;
  if (Math.abs(Date.now() - Date.parse(String(request.headers['x-date']))) > 300_000) return false;
  const signed = names.map((name) =>
    name === '(request-target)'
      ? `(request-target): ${request.method!.toLowerCase()} ${request.url}`
      : `${name}: ${request.headers[name]}`,
  );
  return createVerify('RSA-SHA256').update(signed.join('\n')).verify(publicKey, part('signature'), 'base64');
}
