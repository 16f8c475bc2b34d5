import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface GivenAnswer {
  /** Default 200. */
  readonly status?: number;
  /** Written by `JSON.stringify`: numbers of `parseExact` keep their digits. */
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AnswerServer {
  readonly endpoint: string;
  /** Method, path and query of every request, in order. */
  readonly requests: string[];
  /** The next requests, so many, are answered with this status instead. */
  failNext(times: number, status: number, headers?: Readonly<Record<string, string>>, json?: unknown): void;
  /** The next answer ends in the middle, always quietly: its length is that of the shorter text. */
  cutNext(how?: 'quietly'): void;
  close(): Promise<void>;
}

/** A real HTTP server on this machine that answers as `answer` says, for tests of connectors and for replays. */
export async function startAnswerServer(answer: (request: AskedRequest) => GivenAnswer): Promise<AnswerServer> {
  const failures: GivenAnswer[] = [];
  const requests: string[] = [];
  let isCut = false;

  const send = (response: ServerResponse, { status = 200, json, headers }: GivenAnswer) => {
    const whole = Buffer.from(JSON.stringify(json));
    const text = isCut && status === 200 ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
    if (status === 200) isCut = false;
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length, ...headers });
    response.end(text);
  };

  const http = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const failure = failures.shift();
    if (failure) return send(response, failure);
    const text = Buffer.concat(chunks).toString('utf8');
    send(
      response,
      answer({
        method: request.method!,
        url: new URL(request.url!, 'http://localhost'),
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    failNext(times, status, headers = {}, json = { error: { message: 'a test', code: status } }) {
      for (let count = 0; count < times; count += 1) failures.push({ status, headers, json });
    },
    cutNext() {
      isCut = true;
    },
    close() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}
