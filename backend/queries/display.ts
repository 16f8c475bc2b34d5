import type { DisplayCurrency } from '@cloudact/core/identity';
import type { ParamType } from '@cloudact/core/warehouse';

/** In which terms costs are shown to a bearer; what the bills say stays as it is. */
export interface Display {
  /** Factor on every cost, decimal text above 0; null for none. */
  readonly markUp: string | null;
  readonly currency: DisplayCurrency | null;
}

/** By what groups are ranked: SQL over the columns `currency` and `cost`, with the parameters in it. */
interface Ranking {
  readonly params: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, ParamType>>;
  /** Currency in which a row is shown. */
  currency(p: Names): string;
  /** What a row's cost counts there. */
  cost(p: Names): string;
}

type Names = Readonly<Record<string, string>>;

/**
 * The largest groups are those of the currency that is shown. The ranking decides which groups keep their name, and no
 * figure: those are exact, and come from the groups' own costs.
 */
export function displayedRanking(display: Display | null): Ranking {
  const { currency: shown, rates } = display?.currency ?? { currency: '', rates: {} };
  const converted = Object.entries(rates).filter(([currency]) => currency !== shown);
  if (converted.length === 0) return { params: {}, types: {}, currency: () => 'currency', cost: () => 'cost' };

  const params: Record<string, string> = { shown_currency: shown };
  const types: Record<string, ParamType> = { shown_currency: 'string' };
  for (const [index, [currency, rate]] of converted.entries()) {
    Object.assign(params, { [`currency_${index}`]: currency, [`rate_${index}`]: rate });
    Object.assign(types, { [`currency_${index}`]: 'string', [`rate_${index}`]: 'decimal' });
  }
  const byCurrency = (p: Names, then: (index: number) => string | undefined, otherwise: string) =>
    `CASE ${converted.map((_, index) => `WHEN currency = ${p[`currency_${index}`]} THEN ${then(index)}`).join(' ')} ELSE ${otherwise} END`;
  return {
    params,
    types,
    currency: (p) => byCurrency(p, () => p.shown_currency, 'currency'),
    // The factor makes it a float in every dialect: a product of two wide decimals would overflow.
    cost: (p) => `1e0 * cost * ${byCurrency(p, (index) => p[`rate_${index}`], '1')}`,
  };
}
