import { type Static, Type } from 'typebox';
import { costDates, costMetrics, granularities } from '../../queries/cost.ts';

const decimalText = (description: string) =>
  Type.String({ description, pattern: '^-?\\d+(\\.\\d+)?$', examples: ['1234.560000000001'] });
const day = (description: string) => Type.String({ description, format: 'date', examples: ['2026-10-01'] });
const group = Type.Array(Type.Union([Type.String(), Type.Null()]), {
  description: 'Values in the order of query.group_by; null: the rows have no value there.',
});
const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });
const other = Type.Boolean({ description: 'True for all groups beyond the top ones, taken together.' });
const currency = Type.String({
  description:
    'BillingCurrency, ISO 4217; with a widget token that has a display currency, that one where it has a rate.',
  examples: ['USD'],
});

export const costQuerySchema = Type.Object(
  {
    metric: Type.Optional(
      Type.Enum([...costMetrics], { default: 'EffectiveCost', description: 'FOCUS cost column that is summed.' }),
    ),
    granularity: Type.Optional(
      Type.Enum([...granularities], { default: 'day', description: 'Weeks start on Monday.' }),
    ),
    date: Type.Optional(
      Type.Enum([...costDates], {
        default: 'ChargePeriodStart',
        description:
          'FOCUS column that from, to and the periods refer to. ChargePeriodStart: when the charge was incurred. BillingPeriodStart: which month’s bill holds it, so that totals tie to the invoice; then from and to are first days of months, and granularity is month, quarter, year or total.',
      }),
    ),
    from: day('First day, UTC.'),
    to: day('Day after the last one.'),
    group_by: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
        default: [],
        maxItems: 3,
        description: 'FOCUS 1.3 dimension, x_IntegrationId, or tag:KEY with : and % in KEY percent-encoded.',
        examples: [['ServiceName', 'tag:team']],
      }),
    ),
    filter: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 1000 }), {
        default: [],
        maxItems: 50,
        description:
          '<dimension>:<value> or tag:KEY:VALUE. The same dimension twice: either value. An empty value: no value.',
        examples: [['SubAccountId:123', 'tag:team:search']],
      }),
    ),
    top: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'Keeps this many of the largest groups of each currency over the whole range.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type CostQuery = Static<typeof costQuerySchema>;

export const costAnswerSchema = Type.Object(
  {
    query: Type.Object(
      {
        metric: Type.Enum([...costMetrics]),
        granularity: Type.Enum([...granularities]),
        date: Type.Enum([...costDates]),
        from: day('First day.'),
        to: day('Day after the last one.'),
        group_by: Type.Array(Type.String()),
        filter: Type.Array(Type.String()),
        top: Type.Union([Type.Integer(), Type.Null()]),
      },
      { description: 'The question as it was understood.' },
    ),
    query_hash: Type.String({
      description: 'Keyed hash of the question, and of the filters and terms of the credential, hex.',
    }),
    data_version: Type.Integer({ description: 'Grows with every load.' }),
    rows: Type.Array(
      Type.Object({
        period_start: day('First day of the period, not before query.from.'),
        period_end: day('Day after the last one of the period, not after query.to.'),
        group,
        other,
        currency,
        cost: decimalText('Cost of the group in the period.'),
      }),
      {
        description:
          'By period, then currency, then size of the group over the whole range. Periods without charges are left out.',
      },
    ),
    groups: Type.Array(
      Type.Object({
        group,
        other,
        currency,
        cost: decimalText('Cost over the whole range.'),
        unpriced: Type.Boolean({ description: 'True where usage waits for its price: the group cost at least this.' }),
      }),
      { description: 'By currency, largest first, other last. Groups of which nothing is priced are not among them.' },
    ),
    totals: Type.Array(Type.Object({ currency, cost: decimalText('Cost over the whole range.') }), {
      description:
        'One for each currency; currencies are only added up where a widget token has rates for them. Where unpriced has entries, each is the least that it can be.',
    }),
    unpriced: Type.Array(
      Type.Object({
        service: textOrNull('ServiceName.'),
        model: textOrNull('The model, as the provider names it.'),
        meter: textOrNull('SkuMeter: what was metered.'),
        unit: textOrNull('ConsumedUnit.'),
        reason: textOrNull(
          'What has no known price: model, meter, tier, context_window, geography, speed or day; others may come.',
        ),
        quantity: decimalText('ConsumedQuantity over the whole range, in unit.'),
        rows: Type.Integer({ description: 'How many rows of usage wait.' }),
      }),
      {
        description:
          'Usage in the range, under the same filters, whose price is not known; most rows first. No cost holds it. It has no currency, so it belongs to the totals of all, whatever filter names one.',
      },
    ),
    unpriced_periods: Type.Array(
      Type.Object({
        period_start: day('First day of the period, not before query.from.'),
        period_end: day('Day after the last one of the period, not after query.to.'),
        group,
        other: Type.Boolean({ description: 'True for groups beyond the top ones, taken together.' }),
      }),
      {
        description:
          'Where that usage lies, by period and group: the cost there is at least what rows tell, and not known where there is no row.',
      },
    ),
    periods: Type.Array(
      Type.Object({
        billing_period: day('First day of the billing period.'),
        integration_id: Type.String(),
        last_loaded_at: Type.String({ format: 'date-time' }),
        charges_through: Type.Union([day('Last day with usage.'), Type.Null()]),
        complete: Type.Boolean({ description: 'The source says that the billing period is final.' }),
      }),
      { description: 'Freshness and completeness of the billing periods in the range.' },
    ),
  },
  { $id: 'CostAnswer', description: 'What it cost: rows, groups and totals add up exactly.' },
);
export type CostAnswer = Static<typeof costAnswerSchema>;
