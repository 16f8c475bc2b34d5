import type { CredentialField } from '../../connector.ts';
import { readSettings, settingsInvalid } from '../../settings.ts';

/** What a connection to an organisation at OpenAI needs; see `fields`. */
export interface OpenAiSettings {
  /** `sk-admin-…` */
  readonly adminKey: string;
  /** `org-…` */
  readonly organizationId: string;
  /** `YYYY-MM-DD`: its month is the first that is read. Undefined: that of a year ago. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'adminKey',
    label: 'Admin key',
    help: 'platform.openai.com, Settings, Organization, Admin keys: an owner of the organization makes it. Read rights for usage are enough; with read rights for management, names of projects, keys and users are shown too.',
    kind: 'secret',
    required: true,
    pattern: 'sk-admin-[A-Za-z0-9_-]{20,300}',
    expected:
      'an admin key, which begins with sk-admin-. An ordinary API key (sk-proj-…, sk-svcacct-…, sk-…) can use models but cannot read usage and costs; an owner makes an admin key at platform.openai.com, Settings, Organization, Admin keys',
  },
  {
    name: 'organizationId',
    label: 'Organization ID',
    help: 'platform.openai.com, Settings, Organization, General.',
    kind: 'text',
    required: true,
    pattern: 'org-[A-Za-z0-9_-]{1,100}',
    expected: 'the ID of an organization, which begins with org-',
    example: 'org-a1B2c3D4',
  },
  {
    name: 'from',
    label: 'First day',
    help: 'Its month is the first that is read. Left out: twelve months ago.',
    kind: 'text',
    required: false,
    pattern: '20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
    expected: 'a day such as 2026-01-31',
    example: '2026-01-01',
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): OpenAiSettings {
  const { adminKey, organizationId, from } = readSettings(fields, input);
  if (from !== undefined && new Date(`${from}T00:00:00Z`).toJSON()?.slice(0, 10) !== from) {
    throw settingsInvalid(fields, [{ column: 'from', value: from, reason: 'is no day of the calendar' }]);
  }
  return { adminKey: adminKey!, organizationId: organizationId!, ...(from !== undefined && { from }) };
}
