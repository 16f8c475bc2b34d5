import { PRICE_PLACES, unitsOf } from './exact.ts';

/** Currencies of ISO 4217 whose minor unit is not the hundredth. */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...exponentOf(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...exponentOf(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...exponentOf(4, 'CLF UYW'),
};

/** Decimal places of the smallest amount that an invoice in this currency states: USD 2, JPY 0, KWD 3. */
export function minorUnitPlaces(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

function exponentOf(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}

/** Whether an amount has digits below the currency's minor unit. */
export function isFiner(amount: string, places: number): boolean {
  return unitsOf(amount, PRICE_PLACES) % 10n ** BigInt(PRICE_PLACES - places) !== 0n;
}
