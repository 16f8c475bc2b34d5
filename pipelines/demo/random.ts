/**
 * Random numbers that are the same on every machine and in every run: integer arithmetic only, and each sequence is
 * named by what it is for, so that adding one resource does not shift the numbers of another.
 */
export type Random = () => number;

/** A sequence of numbers from 0 (included) to 1 (excluded), named by `seed` and `name`. Mulberry32. */
export function randomSequence(seed: number, name: string): Random {
  let state = hash32(name, seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One number of that kind, for a value that is looked up by name instead of drawn in turn. */
export function randomAt(seed: number, name: string): number {
  return randomSequence(seed, name)();
}

/** `length` characters of `alphabet`, always the same for the same seed and name. */
export function randomText(seed: number, name: string, length: number, alphabet: string): string {
  const next = randomSequence(seed, name);
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet[Math.floor(next() * alphabet.length)];
  return text;
}

/** FNV-1a over UTF-16 code units. */
function hash32(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
