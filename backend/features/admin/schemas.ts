import { scopes } from '@cloudact/core/identity';
import { Type } from 'typebox';

export const bootstrapStateSchema = Type.Object({
  state: Type.Literal('ready', { description: 'Stores answer and the control tables are in place.' }),
  organisations: Type.Integer({ description: 'Organisations that have at least one API key.' }),
});

export const createOrgSchema = Type.Object(
  {
    slug: Type.String({
      maxLength: 60,
      description: '3 to 40 lower-case letters, digits or underscores, starting with a letter. Cannot be changed.',
      examples: ['acme_inc'],
    }),
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Acme Inc.'] }),
  },
  { additionalProperties: false },
);

const apiKeySchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  key: Type.String({ description: 'The key itself. It is shown here and never again.' }),
  scopes: Type.Array(Type.Enum([...scopes])),
  created_at: Type.String({ format: 'date-time' }),
});

export const createdOrgSchema = Type.Object({
  org: Type.Object({
    slug: Type.String(),
    name: Type.String(),
    created_at: Type.String({ format: 'date-time' }),
    dataset: Type.String({ description: 'Name of the dataset that holds the cost data.', examples: ['acme_inc_prod'] }),
  }),
  api_key: apiKeySchema,
});

export const orgParamsSchema = Type.Object({
  slug: Type.String({ maxLength: 60, description: 'Slug of the organisation.', examples: ['acme_inc'] }),
});

export const issueApiKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Portal'] }),
    scopes: Type.Array(Type.Enum([...scopes]), {
      minItems: 1,
      uniqueItems: true,
      description: 'What the key may be used for. There is no default.',
      examples: [['costs:read', 'widgets:mint']],
    }),
  },
  { additionalProperties: false },
);

export const issuedApiKeySchema = Type.Object({ api_key: apiKeySchema });
