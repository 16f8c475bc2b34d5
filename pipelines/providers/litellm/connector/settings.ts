import { firstDayField } from '../../attribution-file/delivering.ts';
import { addressField, parseAddress } from '../../attribution-file/own-server.ts';
import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to a LiteLLM proxy needs; see `fields`. */
export interface LiteLlmSettings {
  readonly address: URL;
  readonly adminKey: string;
  /** `keys`: sums per day, virtual key and team; `requests`: the log of requests, with end users and tags. */
  readonly detail: 'keys' | 'requests';
  /** First day, `YYYY-MM-DD`. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  addressField('Where the proxy of your organisation answers.', 'https://litellm.example.com'),
  {
    name: 'adminKey',
    label: 'Admin key',
    help: "The proxy's master key, or a virtual key of a user with the role proxy_admin_viewer, which may read and change nothing.",
    kind: 'secret',
    required: true,
    pattern: '\\S{8,500}',
    expected: 'a key of the proxy, without spaces',
  },
  {
    name: 'detail',
    label: 'Detail',
    help: 'The log of requests also tells the end user and the tags of a request; it takes longer to read, and a proxy can be set to keep none.',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'keys', label: 'Virtual keys and teams' },
      { value: 'requests', label: 'Virtual keys, teams, end users and tags' },
    ],
  },
  firstDayField,
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): LiteLlmSettings {
  const { address, adminKey, detail, from } = readSettings(fields, input);
  return {
    address: parseAddress(fields, address!),
    adminKey: adminKey!,
    detail: detail as LiteLlmSettings['detail'],
    ...(from !== undefined && { from }),
  };
}
