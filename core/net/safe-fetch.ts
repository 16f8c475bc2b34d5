import { lookup as resolveName } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { CloudActError } from '../errors.ts';
import { refuseOtherHosts } from './allowed-hosts.ts';
import { guardedLookup, privateHost } from './guarded-lookup.ts';
import { isPrivateAddress } from './private-addresses.ts';

export interface SafeFetchRules {
  /** The hosts that may be called, and no others; `*` stands for one label. */
  readonly hosts: readonly string[];
  /** Of the answer's body. */
  readonly maximumBytes: number;
  /** For all of it, from looking up the name to the last byte. */
  readonly milliseconds: number;
  /**
   * Servers in private networks may be asked, and those of this machine without TLS. Right on a machine of one's own, never
   * where others choose the address. Default false.
   */
  readonly privateNetwork?: boolean;
  /** PEM of the authority that signed the server's certificate, in place of the public ones. */
  readonly certificateAuthority?: string;
  /** How names become addresses; tests replace it. */
  readonly lookup?: typeof resolveName;
}

export interface SafeFetchInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/**
 * Asks a server whose address somebody else chose. Nothing but HTTPS to the hosts of the rules is called; the addresses that
 * a name stands for are checked as the connection is made, so that a name that changes its mind between check and call gains
 * nothing; redirects are not followed; proxies of the environment are not used, which would look names up unchecked.
 *
 * Returns the answer with its whole body. Throws `source_denied` before anything is sent (another host, a private network,
 * no TLS, a user in the address) and for a redirect; `source_unavailable` when nobody knows the host; `source_incomplete`
 * for an answer that is too large or encoded; a `TimeoutError` when the time is over; the signal's reason; errors of the
 * connection as Node has them.
 */
export async function safeFetch(url: URL, init: SafeFetchInit, rules: SafeFetchRules): Promise<Response> {
  refuseAddress(url, rules);
  const timeout = AbortSignal.timeout(rules.milliseconds);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    signal.throwIfAborted();
    return await answerOf(url, await send(url, init, rules, signal), rules.maximumBytes);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What an address says by itself; names are checked when they are looked up. */
function refuseAddress(url: URL, { hosts, privateNetwork = false }: SafeFetchRules): void {
  refuseOtherHosts(url.hostname, hosts);
  if (url.username !== '' || url.password !== '') {
    throw refused(url, 'names a user in its address, where keys would be written down. Take it out');
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!privateNetwork && isIP(literal) !== 0 && isPrivateAddress(literal)) throw privateHost(literal);
  const isPlain = url.protocol === 'http:' && privateNetwork && THIS_MACHINE.has(url.hostname);
  if (url.protocol !== 'https:' && !isPlain) throw refused(url, 'is not called with https://. Correct its address');
}

const THIS_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function send(url: URL, init: SafeFetchInit, rules: SafeFetchRules, signal: AbortSignal): Promise<IncomingMessage> {
  const { privateNetwork = false, certificateAuthority, lookup = resolveName } = rules;
  const { method = 'GET', headers = {}, body } = init;
  const options = {
    method,
    // The size of a body that unfolds is known too late.
    headers: { ...headers, 'accept-encoding': 'identity' },
    signal,
    lookup: guardedLookup(lookup, { privateNetwork }),
    // A connection of its own: one that is kept was checked by the rules of another call.
    agent: false as const,
    ...(certificateAuthority !== undefined && { ca: certificateAuthority }),
  };
  return new Promise((resolve, reject) => {
    const request: ClientRequest = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    request.on('response', resolve).on('error', reject);
    request.end(body);
  });
}

async function answerOf(url: URL, message: IncomingMessage, maximumBytes: number): Promise<Response> {
  try {
    const status = message.statusCode ?? 0;
    if (REDIRECTS.has(status)) {
      throw refused(url, 'sends the request elsewhere, where it is not followed. Enter the address that it leads to');
    }
    if (status < 200 || status > 599) throw incomplete(url, `answers with status ${status}, which HTTP does not have`);
    const encoding = message.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw incomplete(url, 'encodes its answer, though it was asked not to');
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of message as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maximumBytes) throw incomplete(url, `answers with more than ${maximumBytes} bytes`);
      chunks.push(chunk);
    }
    const headers = Object.entries(message.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    return new Response(BODILESS.has(status) ? null : Buffer.concat(chunks), { status, headers });
  } finally {
    message.destroy();
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

function refused({ hostname }: URL, reason: string): CloudActError {
  return new CloudActError('source_denied', { detail: `The server ${hostname} ${reason}.` });
}

function incomplete({ hostname }: URL, reason: string): CloudActError {
  return new CloudActError('source_incomplete', { detail: `The server ${hostname} ${reason}. Nothing is loaded.` });
}
