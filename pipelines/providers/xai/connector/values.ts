import { CloudActError } from '@cloudact/core/errors';
import { type Decimal, parseDecimal } from '@cloudact/core/money';
import { numberText } from '../../../usage/answers/index.ts';

/** Reading members of xAI's answers, whose types are not all documented. A fault names the place in the answer. */

export type Members = Readonly<Record<string, unknown>>;

export function record(value: unknown): Members | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && numberText(value) === undefined ? (value as Members) : undefined;
}

/** The members of an array of objects; none where it is left out. */
export function records(value: unknown, place: string): Members[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return fault(place, 'is no array');
  return value.map((item, index) => record(item) ?? fault(`${place}[${index}]`, 'is no object'));
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Cents or a count: a number, its text, or either in `{ val }`. Undefined where it is left out; zeros are left out of `{ val }`. */
export function amount(value: unknown, place: string): Decimal | undefined {
  const members = record(value);
  const inner = members ? (members.val ?? '0') : value;
  if (inner === undefined || inner === null || inner === '') return undefined;
  const digits = numberText(inner);
  return (digits === undefined ? undefined : parseDecimal(digits)) ?? fault(place, 'is no number');
}

export function fault(place: string, reason: string): never {
  throw new CloudActError('source_incomplete', {
    detail: `xAI's answer is not as expected: ${place} ${reason}. Nothing is loaded. Try again later; when it stays so, tell us what the answer holds there.`,
  });
}
