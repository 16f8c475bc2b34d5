/** Choices that come out the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** A text of this many characters out of `alphabet`. */
  text(length: number, alphabet?: string): string;
}

/** mulberry32, started from a seed and the number of the request: each request can be made again alone. */
export function randomOf(seed: number, index: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  const pick = <Item>(items: readonly Item[]) => {
    if (items.length === 0) throw new RangeError('there is nothing to pick from');
    return items[below(items.length)]!;
  };
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    text: (length, alphabet = LETTERS) => Array.from({ length }, () => pick([...alphabet])).join(''),
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
