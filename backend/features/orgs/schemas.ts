import { roles, scopes } from '@cloudact/core/identity';
import { Type } from 'typebox';

const slug = Type.String({
  maxLength: 60,
  description: '3 to 40 lower-case letters, digits or underscores, starting with a letter. Cannot be changed.',
  examples: ['acme_inc'],
});
const name = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'One line, without control characters and without an address (://).',
  examples: ['Acme Inc.'],
});

export const createOrgSchema = Type.Object(
  {
    slug,
    name,
    plan: Type.Optional(
      Type.String({ maxLength: 60, description: 'Id of a plan. Default: the plan that organisations start with.' }),
    ),
  },
  { additionalProperties: false },
);

export const apiKeySchema = Type.Object({
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
    plan: Type.String({ description: 'Id of its plan.' }),
    created_at: Type.String({ format: 'date-time' }),
    dataset: Type.String({ description: 'Name of the dataset that holds the cost data.', examples: ['acme_inc_prod'] }),
  }),
  api_key: apiKeySchema,
});

export const orgSchema = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  state: Type.Enum(['onboarding', 'active', 'leaving']),
  plan: Type.String({ description: 'Id of its plan.' }),
  allowed_origins: Type.Array(Type.String(), {
    description: 'Origins whose pages may show its widgets.',
    examples: [['https://portal.example.com']],
  }),
  created_at: Type.String({ format: 'date-time' }),
  role: Type.Union([Type.Enum([...roles]), Type.Null()], { description: 'Of the caller; null for an API key.' }),
});

export const changeOrgSchema = Type.Object(
  {
    name: Type.Optional(name),
    allowed_origins: Type.Optional(
      Type.Array(Type.String({ maxLength: 300 }), {
        maxItems: 50,
        uniqueItems: true,
        description: '`https://host[:port]`, or `http` for localhost. Replaces those that were allowed.',
        examples: [['https://portal.example.com']],
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const deleteOrgSchema = Type.Object(
  {
    confirm: Type.String({ maxLength: 60, description: 'The slug of the organisation, once more.' }),
    export: Type.Boolean({
      description: 'Whether its tables and metadata are written to the operator’s directory of exports first.',
    }),
  },
  { additionalProperties: false },
);
