import { brokenMoneySql, decimalSql, isRoundedSql } from '../money.ts';
import type { Fields } from './fields.ts';

/**
 * What a credit is. A promotion is given after the fact, so FOCUS wants it in a row of its own; a commitment's credit
 * says how much of the usage is covered (until 2026 also by spend-based commitments); an offset says how much of a
 * commitment's fee was used (new spend-based model); everything else is a discount on the row it comes with.
 */
export const creditKinds = {
  promotion: ['PROMOTION'],
  commitment: ['COMMITTED_USAGE_DISCOUNT', 'COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE'],
  offset: ['FEE_UTILIZATION_OFFSET'],
} as const;

const SHAPE = '[{"id":"VARCHAR","type":"VARCHAR","name":"VARCHAR","full_name":"VARCHAR","amount":"VARCHAR"}]';

/** The delivered credits as a list of structs; texts as delivered. Empty where the row has none. */
function deliveredCredits(fields: Fields): string {
  return `from_json(COALESCE(${fields.list('credits')}, '[]'), '${SHAPE}')`;
}

/** The credits with `amount` as DECIMAL(38,18), negative as delivered, and `rounded`, the delivered text where 18 places are too few. */
export function creditsSql(fields: Fields): string {
  return `list_transform(${deliveredCredits(fields)}, lambda c: struct_pack(id := c.id, type := COALESCE(upper(c.type), ''),
    name := COALESCE(nullif(c.full_name, ''), nullif(c.name, ''), nullif(c.id, ''), 'Credit'), amount := ${decimalSql('c.amount')},
    rounded := CASE WHEN ${isRoundedSql('c.amount')} THEN c.amount END))`;
}

/** A credit's amount is missing or cannot be read, or `credits` is no list. */
export function brokenCreditsSql(fields: Fields): string {
  const amounts = `list_transform(${deliveredCredits(fields)}, lambda c: c.amount IS NULL OR ${brokenMoneySql('c.amount')})`;
  return `COALESCE(list_bool_or(${amounts}), false)`;
}

/** Sum of the amounts of `credits`, a column of {@link creditsSql}; 0 where there are none. */
export function creditSumSql(kind?: keyof typeof creditKinds | 'discount'): string {
  const chosen = kind ? `list_filter(credits, lambda c: ${isOfKind(kind)})` : 'credits';
  return `CAST(COALESCE(list_sum(list_transform(${chosen}, lambda c: c.amount)), 0) AS DECIMAL(38,18))`;
}

export function creditsOf(kind: keyof typeof creditKinds | 'discount'): string {
  return `list_filter(credits, lambda c: ${isOfKind(kind)})`;
}

function isOfKind(kind: keyof typeof creditKinds | 'discount'): string {
  const types = kind === 'discount' ? Object.values(creditKinds).flat() : creditKinds[kind];
  return `c.type ${kind === 'discount' ? 'NOT ' : ''}IN (${types.map((type) => `'${type}'`).join(', ')})`;
}
