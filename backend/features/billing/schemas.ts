import { Type } from 'typebox';

const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const time = (description: string) => orNull(Type.String({ format: 'date-time' }), description);
const limit = (description: string) => orNull(Type.Integer({ minimum: 1 }), `${description}; null: no limit.`);
const planId = Type.String({ examples: ['team'] });

const planSchema = Type.Object({
  id: planId,
  name: Type.String(),
  price: orNull(
    Type.Object({
      amount: Type.String({ description: 'Decimal text.', pattern: '^\\d+(\\.\\d+)?$' }),
      currency: Type.String({ description: 'ISO 4217.' }),
    }),
    'For a month; null: costs nothing, or is agreed upon.',
  ),
  is_for_sale: Type.Boolean({ description: 'Can it be bought at POST /v1/billing/checkout?' }),
  trial_days: Type.Integer({ minimum: 0, description: 'For an organisation that has not had a plan on sale before.' }),
  limits: Type.Object({
    integrations: limit('Integrations'),
    seats: limit('Members and open invitations together'),
    retention_months: limit('Months that cost data is kept'),
  }),
});

export const plansSchema = Type.Object({ plans: Type.Array(planSchema) });

export const billingSchema = Type.Object({
  is_on: Type.Boolean({ description: 'False: this installation sells nothing, and nothing has limits.' }),
  plan: Type.String({ description: 'The plan whose limits hold at this moment.', examples: ['team'] }),
  booked_plan: Type.String({
    description: 'The plan that was chosen. Another than `plan` when it is not paid for and the grace is over.',
  }),
  status: Type.Enum(['self_hosted', 'free', 'trialing', 'active', 'past_due', 'cancelled']),
  limits: Type.Object({
    integrations: Type.Object({ most: limit('How many there may be'), used: Type.Integer({ minimum: 0 }) }),
    seats: Type.Object({
      most: limit('How many there may be'),
      used: Type.Integer({ minimum: 0, description: 'Members and open invitations together.' }),
    }),
    retention_months: limit('Months that cost data is kept'),
  }),
  trial_ends_at: time('Null: no trial is under way.'),
  grace_ends_at: time('After a failed payment: until when the plan still holds.'),
  current_period_ends_at: time('Until when is paid for.'),
  cancels_at_period_end: Type.Boolean(),
});

export const checkoutSchema = Type.Object(
  { plan: Type.String({ minLength: 1, maxLength: 40, description: 'Id of a plan that is for sale.' }) },
  { additionalProperties: false },
);

export const pageSchema = Type.Object({
  url: Type.String({
    format: 'uri',
    description: 'Page of Stripe to send the person to. It leads back to the plan page.',
  }),
});
