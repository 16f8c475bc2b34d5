import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to a team's usage needs; see `fields`. */
export interface CursorSettings {
  readonly adminKey: string;
  /** What the team is called on the bill. */
  readonly team: string;
  /** First day of the first month to fetch, `YYYY-MM-01`; undefined: the last three months. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'adminKey',
    label: 'Admin API key',
    help: 'Cursor, Dashboard, Settings, Admin API keys: a key of the team, which an administrator makes. A key of a user is not enough.',
    kind: 'secret',
    required: true,
    pattern: '(key|crsr)_[A-Za-z0-9_-]{8,200}',
    expected: 'an Admin API key of Cursor, key_… or crsr_…',
  },
  {
    name: 'team',
    label: 'Team',
    help: 'The name of the team: Cursor’s API does not tell it, and the charges are filed under it.',
    kind: 'text',
    required: true,
    pattern: '.{1,200}',
    expected: 'a name of at most 200 characters',
  },
  {
    name: 'from',
    label: 'First month',
    help: 'Left out: this month and the three before it. How far back Cursor tells of usage is not documented.',
    kind: 'text',
    required: false,
    pattern: '20\\d\\d-(0[1-9]|1[0-2])',
    expected: 'a month, YYYY-MM',
    example: '2026-08',
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): CursorSettings {
  const { adminKey, team, from } = readSettings(fields, input);
  return { adminKey: adminKey!, team: team!, ...(from !== undefined && { from: `${from}-01` }) };
}
