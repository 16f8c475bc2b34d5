import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to an OpenRouter account needs; see `fields`. */
export interface OpenRouterSettings {
  readonly managementKey: string;
  /** What the account is called on the bill. */
  readonly account: string;
  /** First day to fetch, `YYYY-MM-DD`; undefined: all that OpenRouter still tells. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'managementKey',
    label: 'Management key',
    help: 'OpenRouter, Settings, Management keys (formerly provisioning keys). A key for inference does not see the activity of the account.',
    kind: 'secret',
    required: true,
    pattern: 'sk-or-[A-Za-z0-9_-]{8,200}',
    expected: 'a management key of OpenRouter, sk-or-…; make one under Settings, Management keys',
  },
  {
    name: 'account',
    label: 'Account',
    help: 'The name of the account or organisation: OpenRouter’s API does not tell it, and the charges are filed under it.',
    kind: 'text',
    required: true,
    pattern: '.{1,200}',
    expected: 'a name of at most 200 characters',
  },
  {
    name: 'from',
    label: 'First day',
    help: 'Left out: everything that OpenRouter still tells, which is 30 days.',
    kind: 'text',
    required: false,
    pattern: '20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
    expected: 'a day, YYYY-MM-DD',
    example: '2026-11-01',
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): OpenRouterSettings {
  const { managementKey, account, from } = readSettings(fields, input);
  return { managementKey: managementKey!, account: account!, ...(from !== undefined && { from }) };
}
