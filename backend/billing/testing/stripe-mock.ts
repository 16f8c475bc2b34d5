import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import type { StripeOptions } from '../stripe-client.ts';

/** Stripe's own judge of requests: it checks every parameter by Stripe's specification, and answers with samples. */
interface StripeMock {
  readonly options: StripeOptions;
  /** What was asked and how it was judged, oldest first: `POST /v1/customers 200`. */
  readonly judged: string[];
  /** Why requests were refused. */
  readonly refusals: string[];
  /** Changes a sample that is on its way back, because samples have no state. */
  change: (call: string, sample: Record<string, unknown>) => void;
}

/** Starts stripe-mock behind a server that passes everything on; it stands for the rest of a test file. */
export async function openStripeMock(program: string): Promise<StripeMock> {
  const child = spawn(program, ['-http-addr', '127.0.0.1:', '-https-addr', '127.0.0.1:'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await originOf(createInterface(child.stdout));
  const mock: Omit<StripeMock, 'options'> = { judged: [], refusals: [], change: () => {} };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { host, connection, 'content-length': length, ...headers } = request.headers;
    const answer = await fetch(`${origin}${request.url}`, {
      method: request.method!,
      headers: headers as Record<string, string>,
      ...(body !== '' && { body }),
    });
    const sample = (await answer.json()) as Record<string, unknown>;
    const call = `${request.method} ${new URL(request.url!, origin).pathname.replace(/\b(cus|sub|cs)_\w+/g, ':id')}`;
    mock.judged.push(`${call} ${answer.status}`);
    if (!answer.ok) mock.refusals.push(`${call}: ${JSON.stringify(sample)}`);
    mock.change(call, sample);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(sample));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    child.kill();
    await once(child, 'exit');
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(mock, {
    options: {
      secretKey: 'sk_test_mock',
      webhookSecret: 'whsec_of_the_tests',
      edge: { host: '127.0.0.1', port, protocol: 'http' },
    } as const,
  });
}

async function originOf(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /Listening for HTTP at address: (\S+)/.exec(line)?.[1];
    if (address !== undefined) return `http://${address}`;
  }
  throw new Error('stripe-mock ended before it listened');
}
