import type { CredentialField } from '../../connector.ts';
import { readSettings, settingsInvalid } from '../../settings.ts';

/** What a connection to a billing export in BigQuery needs; see `fields`. */
export interface BigQuerySettings {
  readonly account: ServiceAccount;
  /** Project that pays for the queries. */
  readonly jobProject: string;
  readonly datasetProject: string;
  readonly datasetName: string;
  readonly table: string;
  /** Where the dataset is, for example `EU` or `europe-west4`. */
  readonly location: string;
  readonly dataset: BillingDataset;
}

export type BillingDataset = 'standard' | 'detailed' | 'focus';

export interface ServiceAccount {
  readonly email: string;
  /** PEM. */
  readonly privateKey: string;
  readonly keyId: string | undefined;
}

const PROJECT = '([a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]';
const PROJECT_NAME = 'the ID of a project: 6 to 30 lower-case letters, digits and hyphens';
const TABLES = {
  standard: 'gcp_billing_export_v1',
  detailed: 'gcp_billing_export_resource_v1',
  focus: 'gcp_billing_export_focus',
};

export const fields: readonly CredentialField[] = [
  {
    name: 'dataset',
    label: 'Dataset',
    help: 'Which export is read. A connection reads one of them, so that no cost is counted twice.',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'detailed', label: 'Detailed usage cost: with resources' },
      { value: 'standard', label: 'Standard usage cost' },
      { value: 'focus', label: 'FOCUS' },
    ],
  },
  {
    name: 'billingAccountId',
    label: 'Billing account ID',
    help: 'Billing, Account management.',
    kind: 'text',
    required: true,
    pattern: '[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}',
    expected: 'three groups of six capital hexadecimal digits',
    example: '01AB23-CD45EF-678901',
  },
  {
    name: 'datasetProject',
    label: 'Project of the dataset',
    help: 'Billing, Billing export, the project beside the export.',
    kind: 'text',
    required: true,
    pattern: PROJECT,
    expected: PROJECT_NAME,
    example: 'larkmoor-billing',
  },
  {
    name: 'datasetName',
    label: 'Name of the dataset',
    help: 'On the same page, beside the project.',
    kind: 'text',
    required: true,
    pattern: '[A-Za-z0-9_]{1,1024}',
    expected: 'letters, digits and underscores',
    example: 'billing_export',
  },
  {
    name: 'location',
    label: 'Location of the dataset',
    help: 'BigQuery, the dataset, Details, Data location.',
    kind: 'text',
    required: true,
    pattern: '[A-Za-z][A-Za-z0-9-]{1,40}',
    expected: 'a location such as EU, US or europe-west4',
    example: 'EU',
  },
  {
    name: 'jobProject',
    label: 'Project that runs the queries',
    help: 'Pays for the bytes that are read. Left out: the project of the dataset.',
    kind: 'text',
    required: false,
    pattern: PROJECT,
    expected: PROJECT_NAME,
  },
  {
    name: 'table',
    label: 'Table',
    help: 'Left out: the table that Google names after the billing account.',
    kind: 'text',
    required: false,
    pattern: 'gcp_billing_export_(v1|resource_v1|focus)_[0-9A-F_]+',
    expected: 'a table that a billing export writes',
  },
  {
    name: 'serviceAccountJson',
    label: 'Key of the service account (JSON)',
    help: 'IAM, Service accounts, Keys, Create new key, JSON.',
    kind: 'secret',
    required: true,
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): BigQuerySettings {
  const filled = readSettings(fields, input);
  const dataset = filled.dataset as BillingDataset;
  const table = filled.table ?? `${TABLES[dataset]}_${filled.billingAccountId!.replaceAll('-', '_')}`;
  if (!table.startsWith(`${TABLES[dataset]}_`)) {
    throw settingsInvalid(fields, [
      { column: 'table', reason: `is not one of the ${dataset} export: ${TABLES[dataset]}_…` },
    ]);
  }
  return {
    account: serviceAccount(filled.serviceAccountJson!),
    jobProject: filled.jobProject ?? filled.datasetProject!,
    datasetProject: filled.datasetProject!,
    datasetName: filled.datasetName!,
    table,
    location: filled.location!,
    dataset,
  };
}

/** Takes only what signing in needs: the addresses that a key file names are not called. */
function serviceAccount(text: string): ServiceAccount {
  const refuse = (reason: string) => settingsInvalid(fields, [{ column: 'serviceAccountJson', reason }]);
  let key: Record<string, unknown>;
  try {
    key = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw refuse('is no JSON: paste the whole key file');
  }
  const { type, client_email: email, private_key: privateKey, private_key_id: keyId } = key ?? {};
  if (type !== 'service_account') throw refuse('must be one of a service account ("type": "service_account")');
  if (typeof email !== 'string' || !/^[\w.@-]+\.gserviceaccount\.com$/.test(email)) throw refuse('has no client_email');
  if (typeof privateKey !== 'string' || !privateKey.startsWith('-----BEGIN PRIVATE KEY-----')) {
    throw refuse('has no private_key');
  }
  return { email, privateKey, keyId: typeof keyId === 'string' ? keyId : undefined };
}
