import { CloudActError } from '@cloudact/core/errors';
import { add, compare, type Decimal, decimal, multiply, parseDecimal, subtract } from '@cloudact/core/money';
import { type AnswerLine, numberText } from '../../../usage/answers/index.ts';
import { collected, type Reading, resultLines } from './buckets.ts';
import { groupedCosts, totalCosts } from './endpoints.ts';

const ATTEMPTS = 3;

/**
 * The costs of the span by project, line item and key, after the totals without grouping (`costs_total`), which they add up to on
 * every day. OpenAI may count between the two questions, so both are asked again when they differ. Throws
 * `source_incomplete` when they still do.
 */
export async function costLines(reading: Reading): Promise<AnswerLine[]> {
  for (let attempt = 1; ; attempt += 1) {
    const totals = await collected(resultLines('costs_total', totalCosts, reading));
    const grouped = await collected(resultLines('costs', groupedCosts, reading));
    const difference = differenceOf(totals, grouped);
    if (difference === undefined) return [...totals, ...grouped];
    if (attempt === ATTEMPTS) {
      throw new CloudActError('source_incomplete', {
        detail: `${difference} Nothing is loaded; try again later, and when it stays so, tell OpenAI.`,
      });
    }
  }
}

/** What amounts of one day and currency add up to. */
interface Sum {
  amount: Decimal;
  absolute: Decimal;
  count: number;
  /** Some were JSON numbers, which OpenAI writes from doubles. */
  isDouble: boolean;
}

/** A sentence about the first day on which the two differ. An amount that cannot be read is left to landing, which names it. */
function differenceOf(totals: readonly AnswerLine[], grouped: readonly AnswerLine[]): string | undefined {
  const [expected, found] = [sumsOf(totals), sumsOf(grouped)];
  const nothing: Sum = { amount: decimal('0'), absolute: decimal('0'), count: 0, isDouble: false };
  for (const key of [...new Set([...expected.keys(), ...found.keys()])].sort()) {
    const [total, sum] = [expected.get(key) ?? nothing, found.get(key) ?? nothing];
    if (isSame(total, sum)) continue;
    return `On ${key} OpenAI says ${total.amount} was spent in all, but the costs by project and line item add up to ${sum.amount}: a part is missing or twice there.`;
  }
  return undefined;
}

function sumsOf(lines: readonly AnswerLine[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { charge_start, amount_currency, amount_value } of lines) {
    const amount = parseDecimal(numberText(amount_value) ?? '');
    if (amount === undefined) continue;
    const key = `${String(charge_start).slice(0, 10)} in ${String(amount_currency).toUpperCase()}`;
    const before = sums.get(key);
    sums.set(key, {
      amount: add(before?.amount ?? decimal('0'), amount),
      absolute: add(before?.absolute ?? decimal('0'), amount.startsWith('-') ? decimal(amount.slice(1)) : amount),
      count: (before?.count ?? 0) + 1,
      isDouble: before?.isDouble === true || typeof amount_value !== 'string',
    });
  }
  return sums;
}

/** Half of the distance between 1 and the next double. */
const DOUBLE_ERROR = decimal('0.00000000000000011102230246251566');

/**
 * Equal to the last digit; of doubles, within what adding them up loses: each of n numbers and each of n sums is off by
 * half a unit in its last binary place at most. That is far below any amount that could be missing.
 */
function isSame(total: Sum, sum: Sum): boolean {
  const difference = subtract(total.amount, sum.amount);
  const distance = difference.startsWith('-') ? decimal(difference.slice(1)) : difference;
  if (compare(distance, decimal('0')) === 0) return true;
  if (!total.isDouble && !sum.isDouble) return false;
  const steps = decimal(String(2 * (total.count + sum.count)));
  return compare(distance, multiply(multiply(steps, DOUBLE_ERROR), add(total.absolute, sum.absolute))) <= 0;
}
