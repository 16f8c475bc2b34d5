import { Type } from 'typebox';

const timeOrNull = (description: string) =>
  Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description });

const field = Type.Object({
  name: Type.String(),
  label: Type.String({ description: 'For people.' }),
  help: Type.String({ description: 'Where to find the value, in one sentence.' }),
  kind: Type.Enum(['text', 'secret', 'choice']),
  required: Type.Boolean(),
  pattern: Type.Optional(Type.String({ description: 'Regular expression that the whole value matches.' })),
  expected: Type.Optional(Type.String({ description: 'Ends the sentence "<label> must be …".' })),
  example: Type.Optional(Type.String()),
  choices: Type.Optional(Type.Array(Type.Object({ value: Type.String(), label: Type.String() }))),
  when: Type.Optional(
    Type.Object(
      { field: Type.String(), values: Type.Array(Type.String()) },
      { description: 'The field has a place only when another one has one of these values.' },
    ),
  ),
  generated: Type.Optional(Type.Boolean({ description: 'Made by us and shown for copying; never sent.' })),
  value: Type.Optional(Type.String({ description: 'Of a field that is made by us.' })),
  decidesHost: Type.Optional(
    Type.Boolean({ description: 'Secrets go to the server that it names: when it changes, they are sent again.' }),
  ),
});

export const connectorsSchema = Type.Object({
  connectors: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), fields: Type.Array(field) })),
});

const integration = {
  id: Type.String({ examples: ['aws-main'] }),
  connector: Type.String({ examples: ['aws-s3'] }),
  name: Type.String(),
  settings: Type.Record(Type.String(), Type.String(), {
    description: 'What was filled in and is no secret, by the names of the connector’s fields.',
  }),
  state: Type.Enum(['draft', 'active', 'paused', 'broken'], {
    description: 'draft until a check has passed; broken when the last one did not.',
  }),
  problem: Type.Union([Type.String(), Type.Null()], { description: 'What the last check found to be wrong.' }),
  checked_at: timeOrNull('When it was last checked; null: not with these values.'),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
};

export const integrationsSchema = Type.Object({
  integrations: Type.Array(Type.Object(integration), { description: 'Oldest first.' }),
});

export const integrationSchema = Type.Object({
  integration: Type.Object({
    ...integration,
    secrets: Type.Record(
      Type.String(),
      Type.Object({
        configured: Type.Boolean(),
        sealed_at: timeOrNull('When it was filled in; null: not.'),
      }),
      { description: 'Which secrets are filled in. What is in them is never shown.' },
    ),
  }),
});

export const checkedIntegrationSchema = Type.Object({
  integration: Type.Object(integration),
  findings: Type.Array(
    Type.Object({
      step: Type.String({ description: 'Stable name of what was tried.', examples: ['list_objects'] }),
      ok: Type.Boolean(),
      detail: Type.String({ description: 'What was found, or what is missing and what to do.' }),
    }),
    { description: 'In the order in which they were tried; the first that fails is the last.' },
  ),
});

const name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', examples: ['AWS, main payer'] });
const values = Type.Record(Type.String(), Type.String({ maxLength: 20_000 }), {
  maxProperties: 100,
  description:
    'By the names of the connector’s fields, as GET /v1/connectors tells them. Secrets are sealed at once and never shown again.',
});

export const createIntegrationSchema = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9][a-z0-9_-]{0,99}$',
        description: 'Stands in every row that is loaded, as x_IntegrationId. Default: made from the connector.',
        examples: ['aws-main'],
      }),
    ),
    connector: Type.String({ minLength: 1, maxLength: 100, examples: ['aws-s3'] }),
    name,
    values,
  },
  { additionalProperties: false },
);

export const changeIntegrationSchema = Type.Object(
  {
    name: Type.Optional(name),
    values: Type.Optional(values),
    state: Type.Optional(Type.Enum(['active', 'paused'])),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const integrationParamsSchema = Type.Object({
  // The form of all ids: another one can be none, and Supabase Lite stumbles over braces.
  id: Type.String({
    pattern: '^[a-z0-9][a-z0-9_-]{0,99}$',
    description: 'Id of the integration, as GET /v1/integrations tells it.',
  }),
});
