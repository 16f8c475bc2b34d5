import { firstDayField } from '../../attribution-file/delivering.ts';
import { addressField, parseAddress } from '../../attribution-file/own-server.ts';
import type { CredentialField } from '../../connector.ts';
import { readSettings } from '../../settings.ts';

/** What a connection to a Langfuse project needs; see `fields`. */
export interface LangfuseSettings {
  readonly address: URL;
  readonly publicKey: string;
  readonly secretKey: string;
  /** Price book's id of who is asked for all models of the project. */
  readonly provider?: string;
  /** First day, `YYYY-MM-DD`. */
  readonly from?: string;
}

export const fields: readonly CredentialField[] = [
  addressField(
    'Of the region of your organisation, such as https://us.cloud.langfuse.com, or of your own server.',
    'https://cloud.langfuse.com',
  ),
  {
    name: 'publicKey',
    label: 'Public key',
    help: 'Project settings, API keys. The keys are of one project: each project is a connection.',
    kind: 'text',
    required: true,
    pattern: 'pk-lf-[A-Za-z0-9-]{8,200}',
    expected: 'the public key of a project, pk-lf-…',
  },
  {
    name: 'secretKey',
    label: 'Secret key',
    help: 'It is shown once, when the pair of keys is made.',
    kind: 'secret',
    required: true,
    pattern: 'sk-lf-[A-Za-z0-9-]{8,200}',
    expected: 'the secret key of a project, sk-lf-…',
  },
  {
    name: 'provider',
    label: 'Provider',
    help: 'Where all models of the project come from one provider, such as azure or aws: its id. Left out, it is told by the name of each model.',
    kind: 'text',
    required: false,
    pattern: '[a-z0-9][a-z0-9._-]{0,99}',
    expected: 'the id of a provider in the price book, such as openai, azure, aws or openrouter',
    example: 'azure',
  },
  firstDayField,
];

/** Throws `settings_invalid`. */
export function parseSettings(input: Readonly<Record<string, unknown>>): LangfuseSettings {
  const { address, publicKey, secretKey, provider, from } = readSettings(fields, input);
  return {
    address: parseAddress(fields, address!),
    publicKey: publicKey!,
    secretKey: secretKey!,
    ...(provider !== undefined && { provider }),
    ...(from !== undefined && { from }),
  };
}
