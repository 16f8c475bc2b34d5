import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';

export const BUCKET = 'larkmoor-billing';
export const ROLE = 'arn:aws:iam::123456789012:role/cloudact-billing';
export const EXTERNAL_ID = '0b1f6a52-7a7e-4a3a-9d2c-5c4f0f6b8a11';

export interface AwsServer {
  readonly endpoint: string;
  /** `GET key` or `AssumeRole`, in the order of the requests; of listings `LIST prefix`. */
  readonly requests: string[];
  /** Requests for which it answers 403, as S3 does. */
  deny(request: (line: string) => boolean): void;
  /** Requests whose answer breaks off after its first bytes. */
  breakOff(request: (line: string) => boolean): void;
  /** Runs before a request is answered. */
  before(hook: (line: string) => unknown): void;
  put(key: string, body: string | Uint8Array): Promise<void>;
  remove(key: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * S3 as s3rver speaks it, and STS's AssumeRole as AWS documents its answer, at one address. The role is given to those
 * who name it and its external ID.
 */
export async function startAwsServer(): Promise<AwsServer> {
  const directory = await mkdtemp(join(tmpdir(), 'aws-server-'));
  const s3 = new S3rver({ directory, silent: true, configureBuckets: [{ name: BUCKET }] });
  await s3.configureBuckets();
  const answer = s3.callback();
  const requests: string[] = [];
  let denied: (line: string) => boolean = () => false;
  let breaking: (line: string) => boolean = () => false;
  let hook: (line: string) => unknown = () => undefined;

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://localhost');
    if (request.method === 'POST' && url.pathname === '/') return assumeRole(request, response);
    if (request.headers['user-agent']?.includes('test-writer')) {
      answer(request, response);
      return;
    }
    const line = lineOf(request.method!, url);
    requests.push(line);
    await hook(line);
    if (denied(line)) return refuse(response, request.method!);
    if (breaking(line)) cutAfterFirstBytes(response);
    answer(request, response);
  }
  async function assumeRole(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    requests.push(form.get('Action') ?? '');
    const granted = form.get('RoleArn') === ROLE && form.get('ExternalId') === EXTERNAL_ID && !denied('AssumeRole');
    response.writeHead(granted ? 200 : 403, { 'content-type': 'text/xml' });
    response.end(granted ? ASSUMED : DENIED_ROLE);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const writer = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    customUserAgent: 'test-writer',
  });

  return {
    endpoint,
    requests,
    deny(request) {
      denied = request;
    },
    breakOff(request) {
      breaking = request;
    },
    before(next) {
      hook = next;
    },
    async put(Key, Body) {
      await writer.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
    },
    async remove(Key) {
      await writer.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    },
    async close() {
      writer.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** S3 tells times in whole seconds; what is written after this is younger than what was written before. */
export async function nextSecond(): Promise<void> {
  await wait(1010 - (Date.now() % 1000));
}

function lineOf(method: string, url: URL): string {
  const key = decodeURIComponent(url.pathname).replace(`/${BUCKET}`, '').replace(/^\//, '');
  if (url.searchParams.has('location')) return 'LOCATION';
  return url.searchParams.has('list-type') ? `LIST ${url.searchParams.get('prefix')}` : `${method} ${key}`;
}

function refuse(response: ServerResponse, method: string): void {
  response.writeHead(403, { 'content-type': 'application/xml' });
  response.end(
    method === 'HEAD'
      ? undefined
      : '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  );
}

function cutAfterFirstBytes(response: ServerResponse): void {
  const write = response.write.bind(response) as (chunk: Uint8Array) => boolean;
  response.write = ((chunk: Uint8Array) => {
    setImmediate(() => response.socket?.destroy());
    return write(chunk.subarray(0, 10));
  }) as typeof response.write;
}

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/cloudact-billing/cloudact-billing</Arn>
  <AssumedRoleId>AROA123EXAMPLE123:cloudact-billing</AssumedRoleId></AssumedRoleUser>
  <Credentials><AccessKeyId>S3RVER</AccessKeyId><SecretAccessKey>S3RVER</SecretAccessKey>
  <SessionToken>session-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
  </AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>`;
const DENIED_ROLE = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
  <Code>AccessDenied</Code><Message>User is not authorized to perform: sts:AssumeRole on the role</Message></Error>
  <RequestId>1</RequestId></ErrorResponse>`;
