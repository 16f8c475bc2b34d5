import { safeFetch } from '@cloudact/core/net';
import { answerLimits, type CallOptions, callJson } from '../../usage/answers/index.ts';
import type { ConnectorContext, CredentialField } from '../connector.ts';
import { settingsInvalid } from '../settings.ts';

/** The field for the address of a server that the organisation runs itself. */
export function addressField(help: string, example: string): CredentialField {
  return {
    name: 'address',
    label: 'Address',
    help,
    kind: 'text',
    required: true,
    pattern: 'https?://[^\\s?#@]{1,500}',
    expected: 'an address that begins with https://, without a user, a query or a fragment',
    example,
    decidesHost: true,
  };
}

const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

/** Throws `settings_invalid` for an address that would send the key over the network in the clear. */
export function parseAddress(fields: readonly CredentialField[], address: string): URL {
  const refuse = (reason: string) => settingsInvalid(fields, [{ column: 'address', value: address, reason }]);
  if (!URL.canParse(address)) throw refuse('is no address');
  const url = new URL(address);
  if (url.protocol !== 'https:' && !thisMachine.includes(url.hostname)) {
    throw refuse('must begin with https://: over http:// everybody on the way could read the key');
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/`;
  return url;
}

/** The address of one path of the server's API; a server below a path keeps it. */
export function apiUrl(
  address: URL,
  path: string,
  query: Readonly<Record<string, string>>,
  { endpoint }: ConnectorContext,
): URL {
  const url = new URL(path, endpoint === undefined ? address : `${endpoint}/`);
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** Asks the server that the organisation names: no host in a private network unless it may be, and no word of another answer. */
export async function askOwnServer(
  url: URL,
  context: ConnectorContext,
  options: Omit<CallOptions, 'allowedHosts' | 'signal' | 'quotesAnswers' | 'fetch'>,
): Promise<unknown> {
  const rules = {
    ...answerLimits,
    ...(context.maximumAnswerBytes !== undefined && { maximumBytes: context.maximumAnswerBytes }),
    hosts: [url.hostname],
    privateNetwork: context.privateNetwork || context.endpoint !== undefined,
    ...(context.certificateAuthority !== undefined && { certificateAuthority: context.certificateAuthority }),
  };
  return callJson(url, {
    ...options,
    allowedHosts: rules.hosts,
    maximumBytes: rules.maximumBytes,
    quotesAnswers: false,
    fetch: (to, init) => safeFetch(to, init, rules),
    ...(context.signal && { signal: context.signal }),
  });
}
