import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to a tenancy's reports needs; see `fields`. */
export interface OciSettings {
  /** `cost-csv`: Oracle's cost reports; `focus`: its FOCUS reports. */
  readonly dataset: 'cost-csv' | 'focus';
  readonly tenancyOcid: string;
  readonly userOcid: string;
  /** Of the public key, as the console shows it: `12:34:…`. */
  readonly fingerprint: string;
  /** PEM. */
  readonly privateKey: string;
  readonly passphrase?: string;
  readonly homeRegion: string;
  /** How many months after its end a cost report's month is still looked for in new files. */
  readonly correctionMonths: number;
}

export const fields: readonly CredentialField[] = [
  {
    name: 'dataset',
    label: 'Dataset',
    help: 'Which reports of the tenancy. Both hold all costs: a connection reads one of them, so that none is counted twice.',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'cost-csv', label: 'Cost reports' },
      { value: 'focus', label: 'FOCUS reports' },
    ],
  },
  {
    name: 'tenancyOcid',
    label: 'Tenancy OCID',
    help: 'Console, profile menu, Tenancy. Of a parent tenancy the reports hold its children too.',
    kind: 'text',
    required: true,
    pattern: 'ocid1\\.tenancy\\.oc1\\.\\.[a-z0-9]+',
    expected: 'the OCID of a tenancy in the commercial realm, ocid1.tenancy.oc1..…',
  },
  {
    name: 'userOcid',
    label: 'User OCID',
    help: 'Console, Identity, Domains, Users: a user of its own for this, in a group that the policy names.',
    kind: 'text',
    required: true,
    pattern: 'ocid1\\.user\\.oc1\\.\\.[a-z0-9]+',
    expected: 'the OCID of a user in the commercial realm, ocid1.user.oc1..…',
  },
  {
    name: 'fingerprint',
    label: 'Key fingerprint',
    help: 'On the page of the user, API keys.',
    kind: 'text',
    required: true,
    pattern: '([0-9a-f]{2}:){15}[0-9a-f]{2}',
    expected: '16 pairs of hexadecimal digits with colons between them',
    example: '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
  },
  {
    name: 'privateKey',
    label: 'Private key',
    help: 'The PEM file that was downloaded when the API key was added, with its first and last line.',
    kind: 'secret',
    required: true,
    pattern:
      '\\s*-----BEGIN (RSA |ENCRYPTED )?PRIVATE KEY-----[\\s\\S]+-----END (RSA |ENCRYPTED )?PRIVATE KEY-----[\\s\\S]*',
    expected: 'a private key in PEM form, with its BEGIN and END lines',
  },
  {
    name: 'passphrase',
    label: 'Passphrase',
    help: 'Only when the private key is encrypted.',
    kind: 'secret',
    required: false,
  },
  {
    name: 'homeRegion',
    label: 'Home region',
    help: 'Console, profile menu, Tenancy, Home region: the reports are there and nowhere else.',
    kind: 'text',
    required: true,
    pattern: '[a-z]{2,3}-[a-z]+-\\d+',
    expected: 'the identifier of a region',
    example: 'us-ashburn-1',
  },
  {
    name: 'correctionMonths',
    label: 'Months with corrections',
    help: 'For how many months after its end a month is still read anew when files come. Left out: 1. More finds later corrections and reads more.',
    kind: 'choice',
    required: false,
    when: { field: 'dataset', values: ['cost-csv'] },
    choices: ['1', '2', '3', '6', '12'].map((value) => ({ value, label: value })),
  },
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): OciSettings {
  const { dataset, tenancyOcid, userOcid, fingerprint, privateKey, passphrase, homeRegion, correctionMonths } =
    readSettings(fields, input);
  return {
    dataset: dataset as OciSettings['dataset'],
    tenancyOcid: tenancyOcid!,
    userOcid: userOcid!,
    fingerprint: fingerprint!,
    privateKey: privateKey!.trim(),
    ...(passphrase !== undefined && { passphrase }),
    homeRegion: homeRegion!,
    correctionMonths: Number(correctionMonths ?? 1),
  };
}
