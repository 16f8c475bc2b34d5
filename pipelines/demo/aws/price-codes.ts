import { randomText } from '../random.ts';
import type { CurCells } from './columns.ts';

const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Codes that are the same on every public price list: terms of an offer, and the rate of an hour or another unit. */
export const ON_DEMAND_TERM = 'JRTCKXETXF';
export const STANDARD_ONE_YEAR_NO_UPFRONT_TERM = '4NA7Y494T4';
export const UNIT_RATE = '6YS6EN2CT7';

/** A made-up stock keeping unit, the same for every seed, as it is the same for every customer. */
export function stockKeepingUnit(servicecode: string, usageType: string, operation: string): string {
  return priceCode(`sku|${servicecode}|${usageType}|${operation}`, 16);
}

/** A made-up code for a rate that no public list shares. */
export function priceCode(name: string, length: number): string {
  return randomText(1, name, length, CODE_ALPHABET);
}

/**
 * Names a price. On demand and reserved, its code is stock keeping unit, term and rate; under a Savings Plan there is
 * no term in it.
 */
export function rateCells(...codes: readonly string[]): CurCells {
  const rateCode = codes.join('.');
  return { 'pricing/RateCode': rateCode, 'pricing/RateId': randomText(1, `rate|${rateCode}`, 11, '123456789') };
}
