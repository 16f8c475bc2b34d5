import type { CredentialField } from '../../connector.ts';
import { readSettings, settingsInvalid } from '../../settings.ts';
import { readSas } from './sas.ts';

/** What a connection to a storage account needs; see `fields`. */
export interface AzureBlobSettings {
  /** `cost-details`: ActualCost and AmortizedCost exports together; `focus`: a FOCUS export. */
  readonly dataset: 'cost-details' | 'focus';
  readonly storageAccount: string;
  readonly container: string;
  /** Host suffix of the cloud, for example `core.windows.net`. */
  readonly cloud: Cloud;
  /** Folder below the container, without slashes at its ends; empty for the container itself. */
  readonly directory: string;
  /** Names of the exports by the dataset that each writes; without a name the only export of its kind is taken. */
  readonly exportNames: Partial<Record<ExportType, string>>;
  readonly access:
    | { readonly kind: 'service-principal'; tenantId: string; clientId: string; clientSecret: string }
    | { readonly kind: 'sas'; query: string; expiresAt: string };
}

/** `exportConfig.type` of a manifest. */
export type ExportType = 'ActualCost' | 'AmortizedCost' | 'FocusCost';
export type Cloud = keyof typeof clouds;

/** Clouds by the suffix of their storage hosts, with the host that signs people in. */
export const clouds = {
  'core.windows.net': 'login.microsoftonline.com',
  'core.usgovcloudapi.net': 'login.microsoftonline.us',
  'core.chinacloudapi.cn': 'login.chinacloudapi.cn',
} as const;

/** The datasets that make up one billing period. */
export function exportTypes({ dataset }: AzureBlobSettings): readonly ExportType[] {
  return dataset === 'focus' ? ['FocusCost'] : ['ActualCost', 'AmortizedCost'];
}

const GUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const EXPORT_NAME = {
  kind: 'text',
  required: false,
  pattern: '[\\w.-]{1,260}',
  expected: 'the name of an export',
} as const;
const PRINCIPAL = { when: { field: 'access', values: ['service-principal'] }, required: true } as const;

export const fields: readonly CredentialField[] = [
  {
    name: 'dataset',
    label: 'Dataset',
    help: 'What the export writes. A connection reads one of them, so that no cost is counted twice.',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'cost-details', label: 'Cost and usage details: an actual and an amortized export' },
      { value: 'focus', label: 'FOCUS cost and usage details' },
    ],
  },
  {
    name: 'access',
    label: 'Access',
    help: 'How the container is opened. A service principal can be revoked at any time; a SAS ends by itself.',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'service-principal', label: 'Service principal' },
      { value: 'sas', label: 'Shared access signature (SAS) of the container' },
    ],
  },
  {
    ...PRINCIPAL,
    name: 'tenantId',
    label: 'Directory (tenant) ID',
    help: 'Microsoft Entra ID, App registrations, your application, Overview.',
    kind: 'text',
    pattern: GUID,
    expected: 'a GUID such as 00000000-0000-0000-0000-000000000000',
  },
  {
    ...PRINCIPAL,
    name: 'clientId',
    label: 'Application (client) ID',
    help: 'On the same page as the directory ID.',
    kind: 'text',
    pattern: GUID,
    expected: 'a GUID such as 00000000-0000-0000-0000-000000000000',
  },
  {
    ...PRINCIPAL,
    name: 'clientSecret',
    label: 'Client secret',
    help: 'Certificates & secrets, Client secrets, the value and not the ID.',
    kind: 'secret',
  },
  {
    ...PRINCIPAL,
    name: 'storageAccount',
    label: 'Storage account',
    help: 'The account that the export writes to.',
    kind: 'text',
    pattern: '[a-z0-9]{3,24}',
    expected: '3 to 24 lower-case letters and digits',
    example: 'larkmoorbilling',
  },
  {
    ...PRINCIPAL,
    name: 'container',
    label: 'Container',
    help: 'The container that the export writes to.',
    kind: 'text',
    pattern: '[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]',
    expected: '3 to 63 lower-case letters, digits and single hyphens',
    example: 'cost-exports',
  },
  {
    name: 'cloud',
    label: 'Cloud',
    help: 'Which Azure the storage account is in. Left out: the public one.',
    kind: 'choice',
    required: false,
    when: { field: 'access', values: ['service-principal'] },
    choices: [
      { value: 'core.windows.net', label: 'Azure' },
      { value: 'core.usgovcloudapi.net', label: 'Azure Government' },
      { value: 'core.chinacloudapi.cn', label: 'Azure operated by 21Vianet' },
    ],
  },
  {
    name: 'sasUrl',
    label: 'SAS URL of the container',
    help: 'Storage account, Containers, the container, Shared access tokens: permissions Read and List, HTTPS only.',
    kind: 'secret',
    required: true,
    when: { field: 'access', values: ['sas'] },
    pattern:
      'https://[a-z0-9]{3,24}\\.blob\\.core\\.(windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)/[a-z0-9-]{3,63}/?\\?.*\\bsig=.+',
    expected: 'a URL such as https://account.blob.core.windows.net/container?…&sig=…',
  },
  {
    name: 'directory',
    label: 'Directory',
    help: 'The folder that the export writes to, as it says there. Left out: the whole container.',
    kind: 'text',
    required: false,
    pattern: '(?!.*\\.\\.)[^\\\\?#*]{1,500}',
    expected: 'a path without .. and without \\ ? # *',
    example: 'cost/exports',
  },
  {
    ...EXPORT_NAME,
    name: 'actualExportName',
    label: 'Name of the ActualCost export',
    help: 'Needed when the directory holds several of them.',
    when: { field: 'dataset', values: ['cost-details'] },
  },
  {
    ...EXPORT_NAME,
    name: 'amortizedExportName',
    label: 'Name of the AmortizedCost export',
    help: 'Needed when the directory holds several of them.',
    when: { field: 'dataset', values: ['cost-details'] },
  },
  {
    ...EXPORT_NAME,
    name: 'focusExportName',
    label: 'Name of the FOCUS export',
    help: 'Needed when the directory holds several of them.',
    when: { field: 'dataset', values: ['focus'] },
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): AzureBlobSettings {
  const filled = readSettings(fields, input);
  const names = {
    ActualCost: filled.actualExportName,
    AmortizedCost: filled.amortizedExportName,
    FocusCost: filled.focusExportName,
  };
  const common = {
    dataset: filled.dataset as AzureBlobSettings['dataset'],
    directory: (filled.directory ?? '').replace(/^\/+|\/+$/g, ''),
    exportNames: Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined)),
  };
  if (filled.access === 'sas') {
    const { fault, ...sas } = readSas(filled.sasUrl!);
    if (fault) throw settingsInvalid(fields, [{ column: 'sasUrl', reason: fault }]);
    const { storageAccount, container, cloud, query, expiresAt } = sas;
    return { ...common, storageAccount, container, cloud: cloud as Cloud, access: { kind: 'sas', query, expiresAt } };
  }
  return {
    ...common,
    storageAccount: filled.storageAccount!,
    container: filled.container!,
    cloud: (filled.cloud ?? 'core.windows.net') as Cloud,
    access: {
      kind: 'service-principal',
      tenantId: filled.tenantId!,
      clientId: filled.clientId!,
      clientSecret: filled.clientSecret!,
    },
  };
}
