import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to a team's bills needs; see `fields`. */
export interface XaiSettings {
  readonly managementKey: string;
  /** Undefined: the team that the key belongs to. */
  readonly teamId?: string;
  /** First day of the first month to fetch, `YYYY-MM-DD`; undefined: a year back. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'managementKey',
    label: 'Management key',
    help: 'xAI Console, Settings, Management Keys: a key with Billing Read. A key for models, xai- with 80 letters and digits, has no right to bills.',
    kind: 'secret',
    required: true,
    pattern: '(?!xai-[A-Za-z0-9]{80}$)[!-~]{16,400}',
    expected: 'a management key; keys for models are refused',
  },
  {
    name: 'teamId',
    label: 'Team ID',
    help: 'xAI Console, Settings, Team. Left out: the team of the key.',
    kind: 'text',
    required: false,
    pattern: '[A-Za-z0-9_-]{1,100}',
    expected: 'an ID of letters, digits and hyphens',
  },
  {
    name: 'from',
    label: 'First month',
    help: 'Earlier months are not fetched. Left out: a year back.',
    kind: 'text',
    required: false,
    pattern: '20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
    expected: 'a day such as 2026-01-01',
    example: '2026-01-01',
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): XaiSettings {
  const { managementKey, teamId, from } = readSettings(fields, input);
  return {
    managementKey: managementKey!,
    ...(teamId !== undefined && { teamId }),
    ...(from !== undefined && { from }),
  };
}
