import type { CostAnswer, DecimalText, UnpricedUsage } from '../api/types.js';
import type { Messages } from '../locales/en.js';
import { compare, sign, sum } from './decimal.js';
import type { Format } from './format.js';

/** Whether usage waits for its price: then every total is the least that it can be. */
export function isAtLeast({ unpriced }: CostAnswer): boolean {
  return unpriced.length > 0;
}

/** Whether there is an amount to show: of usage that waits, no cost known is not a cost of zero. */
export function isKnown(cost: DecimalText | undefined, unpriced: boolean): cost is DecimalText {
  return cost !== undefined && !(unpriced && sign(cost) === 0);
}

/** An amount in words: `$12.00`, `at least $12.00`, or `unpriced`. */
export function amountText({ cost, currency, unpriced, messages, format }: AmountInput): string {
  if (!isKnown(cost, unpriced)) return messages.unpriced;
  const amount = format.money(cost, currency);
  return unpriced ? `${messages.atLeast} ${amount}` : amount;
}

export interface AmountInput {
  /** Undefined where nothing is known of it. */
  cost: DecimalText | undefined;
  currency: string;
  /** Usage of it waits for its price. */
  unpriced: boolean;
  messages: Messages;
  format: Format;
}

/** How much waits, one quantity for each unit: `1.2M tokens and 7 images`. */
export function describeUnpriced({ unpriced }: CostAnswer, messages: Messages, format: Format): string {
  const byUnit = new Map<string | null, DecimalText>();
  for (const { unit, quantity } of unpriced) byUnit.set(unit, sum([byUnit.get(unit) ?? '0', quantity]));
  const quantities = [...byUnit].map(([unit, quantity]) => ({ unit, quantity }));
  const shown = quantities
    .slice(0, MOST_UNITS)
    .map(({ unit, quantity }) => quantityText(format.compact(quantity), quantity, unit, messages));
  const rest = quantities.length - shown.length;
  return rest > 0 ? [...shown, messages.more(rest)].join(', ') : format.list(shown);
}

/** The exact quantity with its unit: `1,200,000 tokens`. */
export function exactQuantity({ quantity, unit }: UnpricedUsage, messages: Messages, format: Format): string {
  return quantityText(format.number(quantity), quantity, unit, messages);
}

/** Why there is no cost, in words. */
export function reasonText({ reason }: UnpricedUsage, messages: Messages): string {
  return messages.unpricedReasons[reason ?? ''] ?? messages.unpricedReason;
}

const MOST_UNITS = 2;

function quantityText(written: string, quantity: DecimalText, unit: string | null, { units }: Messages): string {
  const names = units[unit ?? ''];
  const name = names?.[compare(quantity, '1') === 0 ? 0 : 1] ?? unit;
  return name ? `${written}\u00A0${name}` : written;
}
