import { type Static, Type } from 'typebox';

/**
 * The plan document: what a person enters about subscriptions. Dates are `YYYY-MM-DD` in the vendor's billing calendar.
 * Money and quantities are decimal text; a price is for one billing period of the plan, in the subscription's currency.
 */
const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a date, as in "2026-01-31"' });
const money = Type.String({
  pattern: '^\\d{1,12}(\\.\\d{1,12})?$',
  description: 'an amount as text, not negative, with at most 12 decimals, as in "12.50"',
});
const signedMoney = Type.String({
  pattern: '^-?\\d{1,12}(\\.\\d{1,12})?$',
  description: 'an amount as text with at most 12 decimals, as in "-12.50"',
});
const quantity = Type.String({
  pattern: '^\\d{1,12}(\\.\\d{1,6})?$',
  description: 'a quantity as text, not negative, with at most 6 decimals, as in "12"',
});
const percent = Type.String({
  pattern: '^(100(\\.0{1,6})?|\\d{1,2}(\\.\\d{1,6})?)$',
  description: 'a percentage from 0 to 100 as text, as in "20"',
});
const months = Type.Integer({ minimum: 1, maximum: 120 });

const tier = Type.Object(
  {
    /** The last unit that is in this tier; left out in the last tier alone. */
    up_to: Type.Optional(quantity),
    unit_price: money,
    /** Due beside the units as soon as one is in this tier. */
    flat_price: Type.Optional(money),
  },
  closed,
);

const discount = Type.Object(
  {
    type: Type.Enum(['percent', 'amount', 'free_months']),
    percent: Type.Optional(percent),
    /** Off each billing period, never below zero. */
    amount: Type.Optional(money),
    months: Type.Optional(months),
    /** The first day of what it holds for; default the version's. */
    from: Type.Optional(day),
    /** The first day that it holds for no more; of free months it follows from `months`. */
    to: Type.Optional(day),
    /** Free months of a longer period: spread the rest over all of it (default), or show the free months at zero. */
    treatment: Type.Optional(Type.Enum(['spread', 'zero'])),
  },
  closed,
);

const planVersion = Type.Object(
  {
    effective_from: day,
    /** When it became known, where that is later than the day itself. */
    recorded_on: Type.Optional(day),
    name: Type.Optional(text),
    model: Type.Enum(['flat', 'per_seat', 'tiered', 'usage_with_minimum']),
    /** What is counted, in the singular; default Seat. */
    unit: Type.Optional(
      Type.String({ pattern: '^[A-Z][A-Za-z]{0,39}$', description: 'a capitalised noun, as in "Seat"' }),
    ),
    unit_price: Type.Optional(money),
    list_unit_price: Type.Optional(money),
    /** A fixed part beside the units. */
    base_price: Type.Optional(money),
    tiers: Type.Optional(Type.Array(tier, { minItems: 1, maxItems: 100 })),
    tier_mode: Type.Optional(Type.Enum(['graduated', 'volume'])),
    included_quantity: Type.Optional(quantity),
    minimum_quantity: Type.Optional(quantity),
    /** The least that a billing period of use costs. */
    minimum_charge: Type.Optional(money),
    cadence: Type.Enum(['month', 'quarter', 'year', 'custom']),
    cadence_months: Type.Optional(months),
    billing: Type.Enum(['advance', 'arrears']),
    proration: Type.Enum(['none', 'daily', 'full_period']),
    /** What fewer seats give back within a period that is paid; default none. */
    seat_credit: Type.Optional(Type.Enum(['none', 'daily'])),
    /** What becomes of a period that is paid already when this version begins within it; default credit_unused. */
    on_change: Type.Optional(Type.Enum(['credit_unused', 'credit_invoiced', 'at_renewal'])),
    discounts: Type.Optional(Type.Array(discount, { maxItems: 50 })),
    tax_percent: Type.Optional(percent),
    /** How long one commits; default the billing period. */
    term_months: Type.Optional(months),
    /** Default true; false ends the subscription with its first term. */
    auto_renew: Type.Optional(Type.Boolean()),
    /** Where the price was taken from a template: it counts once a person has confirmed it. */
    price_source: Type.Optional(Type.Object({ template: text, as_of: day, confirmed: Type.Boolean() }, closed)),
  },
  closed,
);

const subscription = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9_.-]{0,79}$',
      description: 'an id of lower-case letters, digits, ".", "_" and "-", as in "slack-eu"',
    }),
    vendor: text,
    product: text,
    service_category: text,
    service_subcategory: text,
    /** The account at the vendor. */
    billing_account: Type.Optional(text),
    /** Who sends the invoice, where it is not the vendor. */
    invoice_issuer: Type.Optional(text),
    contract_id: Type.Optional(text),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency of ISO 4217, as in "EUR"' }),
    owner: Type.Optional(text),
    department: Type.Optional(text),
    tags: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 500 }))),
    starts_on: day,
    /** A day on which a billing period begins; default the first day that is paid. */
    anchor_on: Type.Optional(day),
    /** The first day that is paid, where a trial comes first. */
    trial_until: Type.Optional(day),
    /** The first day without it, where that was agreed from the start. */
    ends_on: Type.Optional(day),
    cancellation: Type.Optional(
      Type.Object({ on: day, recorded_on: Type.Optional(day), refund: Type.Enum(['none', 'daily', 'full']) }, closed),
    ),
    versions: Type.Array(planVersion, { minItems: 1, maxItems: 200 }),
    quantity_changes: Type.Optional(
      Type.Array(Type.Object({ date: day, quantity, recorded_on: Type.Optional(day) }, closed), { maxItems: 10_000 }),
    ),
    /** What was used from a day to another, which is not in it; within one billing period. */
    usage: Type.Optional(Type.Array(Type.Object({ from: day, to: day, quantity }, closed), { maxItems: 10_000 })),
    /** Invoices as they came: they stand above what was computed for the day that they bill. */
    invoices: Type.Optional(
      Type.Array(
        Type.Object(
          {
            number: text,
            issued_on: day,
            bills_on: Type.Optional(day),
            net: signedMoney,
            tax: Type.Optional(signedMoney),
          },
          closed,
        ),
        { maxItems: 2_000 },
      ),
    ),
  },
  closed,
);

/** The shape of a plan document; `readPlans` checks what a schema cannot say. */
export const planDocumentSchema = Type.Object(
  {
    subscriptions: Type.Array(subscription, { minItems: 1, maxItems: 5_000 }),
    /** The last day of the books that are closed: what becomes known later is booked after it, as a correction. */
    closed_through: Type.Optional(day),
  },
  closed,
);

export type PlanDocument = Static<typeof planDocumentSchema>;
export type Subscription = PlanDocument['subscriptions'][number];
export type PlanVersion = Subscription['versions'][number];
export type Discount = NonNullable<PlanVersion['discounts']>[number];

/** Months of one billing period. */
export function cadenceMonths({ cadence, cadence_months: custom }: PlanVersion): number {
  if (cadence === 'custom') return custom ?? 1;
  return { month: 1, quarter: 3, year: 12 }[cadence];
}

/** What is counted, in the singular. */
export function unitName({ unit, model }: PlanVersion): string {
  return unit ?? (model === 'flat' ? 'Subscription' : 'Seat');
}
