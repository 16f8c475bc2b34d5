import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to an organisation's usage needs; see `fields`. */
export interface MistralSettings {
  readonly adminKey: string;
  /** The answers do not name the organisation; this is its id on every charge. */
  readonly organizationId: string;
  /** Only this workspace; undefined: the whole organisation. */
  readonly workspaceId?: string;
  /** First day of the first month to fetch, `YYYY-MM-DD`; undefined: a year back. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'adminKey',
    label: 'Admin API key',
    help: 'Admin console, API keys of the organization. Mistral gives admin keys to Enterprise organizations on request; a key for models is refused.',
    kind: 'secret',
    required: true,
    pattern: '[!-~]{16,200}',
    expected: 'a key of 16 characters or more, without spaces',
  },
  {
    name: 'organizationId',
    label: 'Organization ID',
    help: 'Admin console, Organization, Settings. The usage does not name it: it becomes the billing account of every charge.',
    kind: 'text',
    required: true,
    pattern: '[A-Za-z0-9_-]{1,100}',
    expected: 'an ID of letters, digits and hyphens',
  },
  {
    name: 'workspaceId',
    label: 'Workspace ID',
    help: 'Only the usage of this workspace. Left out: the whole organization, which does not tell its workspaces apart. Never connect both.',
    kind: 'text',
    required: false,
    pattern: '[A-Za-z0-9_-]{1,100}',
    expected: 'an ID of letters, digits and hyphens',
  },
  {
    name: 'from',
    label: 'First month',
    help: 'Usage of earlier months is not fetched. Left out: a year back.',
    kind: 'text',
    required: false,
    pattern: '20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
    expected: 'a day such as 2026-01-01',
    example: '2026-01-01',
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): MistralSettings {
  const { adminKey, organizationId, workspaceId, from } = readSettings(fields, input);
  return {
    adminKey: adminKey!,
    organizationId: organizationId!,
    ...(workspaceId !== undefined && { workspaceId }),
    ...(from !== undefined && { from }),
  };
}
