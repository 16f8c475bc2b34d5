import { widgetScopes } from '@cloudact/core/identity';
import { type Static, Type } from 'typebox';

export const mintSchema = Type.Object(
  {
    scopes: Type.Optional(
      Type.Array(Type.Enum([...widgetScopes]), {
        default: ['costs:read'],
        minItems: 1,
        uniqueItems: true,
        description:
          'What the bearer may do: no more than the caller may, and with filters nothing but costs:read, for they narrow nothing else.',
      }),
    ),
    filters: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 1000 }), {
        default: [],
        maxItems: 50,
        description:
          'Filters of the cost question that narrow every answer to the token: <dimension>:<value> or tag:KEY:VALUE, each with a value. The page cannot take them off, but it can read them. For a node of the hierarchy give the filters that it stands for.',
        examples: [['SubAccountId:123']],
      }),
    ),
    widgets: Type.Optional(
      Type.Array(Type.String({ pattern: '^cloudact-[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 }), {
        default: [],
        maxItems: 50,
        uniqueItems: true,
        description:
          'Tags of the elements that may use the token; none: all. The elements hold themselves to it. It is no limit of the API, which cannot know what asks: what the bearer may read is up to scopes and filters.',
        examples: [['cloudact-cost-trend']],
      }),
    ),
    origins: Type.Optional(
      Type.Array(Type.String({ maxLength: 260 }), {
        default: [],
        maxItems: 20,
        uniqueItems: true,
        description:
          'Origins of the pages that may use the token; none: all whose pages may call the API. Browsers keep to it; who has the token outside of one can name any origin.',
        examples: [['https://portal.example.com']],
      }),
    ),
    mark_up: Type.Optional(
      Type.String({
        pattern: '^\\d{1,3}(\\.\\d{1,18})?$',
        description:
          'Factor on every cost in the answers, above 0 and up to 100: 1.15 for 15 % more. It is applied without rounding. Neither an answer nor the token tells it.',
        examples: ['1.15'],
      }),
    ),
    display_currency: Type.Optional(
      Type.Object(
        {
          currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['EUR'] }),
          rates: Type.Record(
            Type.String({ pattern: '^[A-Z]{3}$' }),
            Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,18})?$' }),
            {
              maxProperties: 50,
              description:
                'What one unit of a bill’s currency is in the currency, above 0, by ISO 4217 code. Costs in a currency without a rate stay in it.',
              examples: [{ USD: '0.92' }],
            },
          ),
        },
        {
          additionalProperties: false,
          description: 'Currency that costs are shown in. Rates hold for all days, and are applied without rounding.',
        },
      ),
    ),
    subject: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Who the token is for, in your own terms: all tokens of one can be taken back. Default: org:<slug>.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type MintRequest = Static<typeof mintSchema>;

export const tokenSchema = Type.Object({
  token: Type.String({ description: 'JSON Web Token for the Authorization header of the widgets.' }),
  token_id: Type.String({ description: 'Its jti: what it is taken back by.' }),
  expires_at: Type.String({ format: 'date-time' }),
});

export const revocationSchema = Type.Object(
  {
    token_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'One token.' })),
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'All tokens of a subject.' })),
    all: Type.Optional(Type.Literal(true, { description: 'All tokens of the organisation.' })),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);
export type RevocationRequest = Static<typeof revocationSchema>;

export const jwksSchema = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.String(),
      crv: Type.String(),
      x: Type.String(),
      y: Type.String(),
      kid: Type.String(),
      alg: Type.String(),
      use: Type.String(),
    }),
  ),
});
