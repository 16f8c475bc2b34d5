/** Lengths of a request's whole input, in tokens: more than `above`, at most `upTo`; null is open. */
export interface ContextRange {
  readonly above: number;
  readonly upTo: number | null;
}

const TEXT = /^(\d+)([kKmM]?)-(\d+)([kKmM]?)$/;
const SCALE: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 };

/** Reads `0-200k` or `200k-1M`; undefined for any other text. */
export function parseContextWindow(text: string): ContextRange | undefined {
  const [, low, lowScale = '', high, highScale = ''] = TEXT.exec(text.trim()) ?? [];
  if (low === undefined || high === undefined) return undefined;
  const above = Number(low) * SCALE[lowScale.toLowerCase()]!;
  const upTo = Number(high) * SCALE[highScale.toLowerCase()]!;
  return upTo > above ? { above, upTo } : undefined;
}

/** What OpenAI calls the lengths above the one bound that a model has. */
export function isLongContext(text: string): boolean {
  return text.trim().toLowerCase() === 'long context';
}

/** Whether every length in `inner` lies in `outer`. */
export function holds(outer: ContextRange, inner: ContextRange): boolean {
  return inner.above >= outer.above && (outer.upTo === null || (inner.upTo !== null && inner.upTo <= outer.upTo));
}
