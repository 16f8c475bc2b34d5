import { CloudActError } from '@cloudact/core/errors';
import { add, type Decimal, parseDecimal } from '@cloudact/core/money';
import type { AnswerLine } from '../../../usage/answers/index.ts';
import { type Kind, measureOf, measures } from './lines.ts';

/** One dataset of one month. */
export interface Reading {
  /** The same without any grouping: what all lines have to add up to. `refreshedAt` as the page tells it. */
  control(kind: Kind): AsyncIterable<{ refreshedAt: string | null; lines: readonly AnswerLine[] }>;
  lines(kind: Kind): AsyncIterable<AnswerLine>;
}

/** Sums of the measures of lines, day by day. */
export class DailyTotals {
  readonly #sums = new Map<string, Decimal>();
  readonly kind: Kind;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  add(line: AnswerLine): void {
    for (const measure of measures[this.kind]) {
      const value = parseDecimal(measureOf(line, measure) ?? '0');
      // What is no number is told with its row when the file is loaded.
      if (value === undefined) continue;
      const place = `${String(line.charge_start).slice(0, 10)} ${measure}`;
      this.#sums.set(place, add(this.#sums.get(place) ?? ('0' as Decimal), value));
    }
  }

  /** The first place before the day `before` where the sums of the two differ. */
  difference(control: DailyTotals, before: string): TotalsDiffer | undefined {
    const places = new Set([...this.#sums.keys(), ...control.#sums.keys()]);
    for (const place of [...places].sort()) {
      const [read = '0', told = '0'] = [this.#sums.get(place), control.#sums.get(place)];
      if (place.slice(0, 10) < before && read !== told) return new TotalsDiffer(this.kind, place, read, told);
    }
    return undefined;
  }
}

/** Lines that are not all: or the provider counted on while they were read. */
export class TotalsDiffer extends CloudActError {
  constructor(kind: Kind, place: string, read: string, told: string) {
    const [day, measure] = place.split(' ');
    super('source_incomplete', {
      detail: `Of ${day} Anthropic tells ${kind} whose ${measure} adds up to ${read}, and ${told} without grouping. Nothing is loaded. Try again later; when it stays so, tell Anthropic.`,
    });
  }
}
