import type { BilledLine } from './bill.ts';
import type { LineItemType } from './charge.ts';

/** One row of a large file: which line of the month, and which copy of it. */
export interface CopiedLine {
  readonly line: number;
  readonly copy: number;
}

/** Lines that a month has once, with the use that the reservation's fee is for. */
const OF_THE_INVOICE = new Set<LineItemType>(['DiscountedUsage', 'RIFee', 'Fee', 'Credit', 'Refund', 'Tax']);

/**
 * Exactly `rows` rows out of one month's lines: the whole month as often as it fits, then a part of it, then plain use.
 * The part has no half of anything that adds up: covered use, its negation and the day's fee come as whole days;
 * reserved use comes with the reservation's fee and the rest of the invoice, or none of it does.
 */
export function* copiedLines(month: readonly BilledLine[], rows: number): Generator<CopiedLine> {
  const whole = Math.floor(rows / month.length);
  for (let copy = 0; copy < whole; copy += 1) {
    for (let line = 0; line < month.length; line += 1) yield { line, copy };
  }
  let left = rows - whole * month.length;
  const part = partOf(month, left);
  for (const line of part) yield { line, copy: whole };
  left -= part.length;
  const plain = linesWhere(month, isPlainUse);
  for (let index = 0; index < left; index += 1) {
    yield { line: plain[index % plain.length]!, copy: whole + 1 + Math.floor(index / plain.length) };
  }
}

/** At most `rows` lines, in the order of the month. */
function partOf(month: readonly BilledLine[], rows: number): number[] {
  const chosen = new Set<number>();
  const take = (lines: readonly number[]): boolean => {
    if (chosen.size + lines.length > rows) return false;
    for (const line of lines) chosen.add(line);
    return true;
  };
  // The invoice's fees and taxes are a whole month's; beside a few days of use they would be most of the bill.
  if (rows * 2 >= month.length) take(linesWhere(month, isOfTheInvoice));
  const ofDays = linesWhere(month, (billed) => !isOfTheInvoice(billed));
  const days = Map.groupBy(ofDays, (line) => month[line]!.charge.start);
  for (const lines of days.values()) if (!take(lines)) break;
  return [...chosen].sort((left, right) => left - right);
}

function isOfTheInvoice({ charge }: BilledLine): boolean {
  return OF_THE_INVOICE.has(charge.type);
}

/** Use of its own, not a pod's share of a machine. */
function isPlainUse({ charge }: BilledLine): boolean {
  return charge.type === 'Usage' && charge.metered !== undefined;
}

function linesWhere(month: readonly BilledLine[], is: (billed: BilledLine) => boolean): number[] {
  return month.flatMap((billed, line) => (is(billed) ? [line] : []));
}
