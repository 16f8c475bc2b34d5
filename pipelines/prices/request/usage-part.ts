import { add, compare, type Decimal, decimal, subtract } from '@cloudact/core/money';
import type { MeterId } from '../meters.ts';

/** The usage of one model in one request, by disjoint meters. */
export interface UsagePart {
  /** As the response names it; null where it does not: then the model that was asked for. */
  readonly model: string | null;
  /** What was granted, as the response says; null where it does not: then what was asked for. */
  readonly tier: string | null;
  readonly geography: string | null;
  readonly speed: string | null;
  /** In the meter's unit. */
  readonly quantities: Partial<Readonly<Record<MeterId, Decimal>>>;
  /** Counts of a kind that no meter is known for, and counts that contradict each other. */
  readonly unread: readonly string[];
}

export interface ReadOptions {
  /** As asked for. */
  readonly model: string;
  /** Id of the price list. */
  readonly provider: string;
}

export type UsageReader = (response: unknown, options: ReadOptions) => readonly UsagePart[];

export const ZERO = decimal('0');

export function isPositive(value: Decimal): boolean {
  return compare(value, ZERO) > 0;
}

/** The whole without its parts; undefined where the parts are more than the whole. */
export function without(whole: Decimal, ...parts: readonly Decimal[]): Decimal | undefined {
  const rest = subtract(whole, add(ZERO, ...parts));
  return compare(rest, ZERO) < 0 ? undefined : rest;
}

export function part(given: Partial<UsagePart> & Pick<UsagePart, 'quantities'>): UsagePart {
  return { model: null, tier: null, geography: null, speed: null, unread: [], ...given };
}

/** A response without any usage: what it cost cannot be known from it. */
export const WITHOUT_USAGE: readonly UsagePart[] = [part({ quantities: {}, unread: ['usage'] })];
