import { apiKeyScopes } from '@cloudact/core/identity';
import { Type } from 'typebox';
import { apiKeySchema, createOrgSchema } from '../orgs/schemas.ts';

export const bootstrapStateSchema = Type.Object({
  state: Type.Literal('ready', { description: 'Stores answer and the control tables are in place.' }),
  organisations: Type.Integer({ description: 'Organisations that have at least one API key.' }),
});

export const createAnyOrgSchema = Type.Object(
  {
    ...createOrgSchema.properties,
    owner_email: Type.Optional(
      Type.String({
        format: 'email',
        maxLength: 320,
        description: 'Who is invited by mail to own the organisation. Without it nobody is a member.',
        examples: ['ann@example.com'],
      }),
    ),
  },
  { additionalProperties: false },
);

export const orgParamsSchema = Type.Object({
  slug: Type.String({ maxLength: 60, description: 'Slug of the organisation.', examples: ['acme_inc'] }),
});

export const issueApiKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Portal'] }),
    scopes: Type.Array(Type.Enum([...apiKeyScopes]), {
      minItems: 1,
      uniqueItems: true,
      description: 'What the key may be used for. There is no default.',
      examples: [['costs:read', 'widgets:mint']],
    }),
  },
  { additionalProperties: false },
);

export const issuedApiKeySchema = Type.Object({ api_key: apiKeySchema });
