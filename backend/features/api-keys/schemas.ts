import { apiKeyScopes, scopes } from '@cloudact/core/identity';
import { Type } from 'typebox';

const time = (description: string) => Type.String({ format: 'date-time', description });
const timeOrNull = (description: string) =>
  Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description });

const record = {
  id: Type.String({ examples: ['key_0b7e2c1a-8f5e-4a3a-9a55-0c2f4a1d9b11'] }),
  name: Type.String(),
  prefix: Type.String({ description: 'First characters of the key, to recognise it by.', examples: ['ca_live_3fKd'] }),
  last4: Type.String(),
  scopes: Type.Array(Type.Enum([...scopes])),
  created_at: time('When it was issued.'),
  expires_at: timeOrNull('From when on it is refused; null: never.'),
  revoked_at: timeOrNull('When it was revoked; null: not.'),
  last_used_at: timeOrNull('When it was last used, up to a minute late; null: never.'),
  rotated_from: Type.Union([Type.String(), Type.Null()], { description: 'The key that this one succeeds.' }),
};

export const apiKeysSchema = Type.Object({
  api_keys: Type.Array(Type.Object(record), { description: 'Oldest first, with those that are revoked or expired.' }),
});

export const issuedKeySchema = Type.Object({
  api_key: Type.Object({
    ...record,
    key: Type.String({ description: 'The key itself. It is shown here and never again.' }),
  }),
});

export const issueKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['Portal'] }),
    scopes: Type.Array(Type.Enum([...apiKeyScopes]), {
      minItems: 1,
      uniqueItems: true,
      description: 'What the key may be used for: no more than the caller may. There is no default.',
      examples: [['costs:read', 'widgets:mint']],
    }),
    expires_at: Type.Optional(time('From when on the key is refused. Default: never, or when the issuing key ends.')),
  },
  { additionalProperties: false },
);

export const rotateKeySchema = Type.Object(
  {
    overlap_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 7 * 24 * 60 * 60,
        default: 24 * 60 * 60,
        description: 'How long the key that is replaced stays good beside its successor, unless it expires sooner.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const keyParamsSchema = Type.Object({
  id: Type.String({ maxLength: 100, description: 'Id of the key, as GET /v1/api-keys tells it.' }),
});
