import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to an organisation at Anthropic needs; see `fields`. */
export interface AnthropicSettings {
  /** `analytics`: cost for each key, with list prices; `reports`: the Admin API's usage and cost reports. */
  readonly dataset: 'analytics' | 'reports';
  readonly adminKey: string;
  /** First day of usage to read, `YYYY-MM-DD`. */
  readonly from?: string;
}

/** Also of the connector that reads Claude Code's analytics with the same class of key. */
export const adminKeyField: CredentialField = {
  name: 'adminKey',
  label: 'Admin API key',
  help: 'Claude Console, Settings, Admin keys, Create: only an admin of the organisation can. Individual accounts have none.',
  kind: 'secret',
  required: true,
  pattern: '\\s*sk-ant-admin[0-9]*-[A-Za-z0-9_-]{8,}\\s*',
  expected:
    'an Admin API key, which starts with sk-ant-admin; a key that starts with sk-ant-api is for requests to models and is not allowed to read costs',
};

export const fromField: CredentialField = {
  name: 'from',
  label: 'First day',
  help: 'The first day of usage to read, UTC. Left out: as far back as Anthropic tells.',
  kind: 'text',
  required: false,
  pattern: '20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])',
  expected: 'a day, YYYY-MM-DD',
  example: '2026-01-01',
};

export const fields: readonly CredentialField[] = [
  {
    name: 'dataset',
    label: 'Dataset',
    help: 'Both hold all costs: a connection reads one of them, so that none is counted twice. Analytics tells the cost of each key and the list price, but is not open to every organisation.',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'analytics', label: 'Usage and cost analytics' },
      { value: 'reports', label: 'Usage and cost reports' },
    ],
  },
  adminKeyField,
  fromField,
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): AnthropicSettings {
  const { dataset, adminKey, from } = readSettings(fields, input);
  return {
    dataset: dataset as AnthropicSettings['dataset'],
    adminKey: adminKey!.trim(),
    ...(from !== undefined && { from }),
  };
}
