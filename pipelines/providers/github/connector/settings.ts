import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to an organisation's billing needs; see `fields`. */
export interface GithubSettings {
  readonly token: string;
  /** The organisation's name in addresses, its login. */
  readonly organization: string;
  /** First day of the first month to fetch, `YYYY-MM-01`; undefined: all that GitHub still tells. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'token',
    label: 'Access token',
    help: 'GitHub, Settings, Developer settings, Fine-grained tokens: resource owner is the organisation, organisation permission Administration: read. Its owner administers the organisation.',
    kind: 'secret',
    required: true,
    pattern: '(github_pat_|ghp_|ghs_|ghu_|gho_)[A-Za-z0-9_]{10,300}',
    expected: 'an access token of GitHub, github_pat_… or ghp_…',
  },
  {
    name: 'organization',
    label: 'Organisation',
    help: 'As it stands in the address github.com/….',
    kind: 'text',
    required: true,
    pattern: '[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?',
    expected: 'the name of an organisation in addresses: letters, digits and hyphens',
    example: 'larkmoor',
  },
  {
    name: 'from',
    label: 'First month',
    help: 'Left out: everything that GitHub still tells, which is 24 months.',
    kind: 'text',
    required: false,
    pattern: '20\\d\\d-(0[1-9]|1[0-2])',
    expected: 'a month, YYYY-MM',
    example: '2026-01',
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): GithubSettings {
  const { token, organization, from } = readSettings(fields, input);
  return { token: token!, organization: organization!, ...(from !== undefined && { from: `${from}-01` }) };
}
