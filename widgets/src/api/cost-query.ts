import type { CostAnswer, Metric } from './types.js';

/** One question to `GET /v1/costs`. `from` and `to` are days (UTC, half-open). */
export interface CostQuery {
  metric: Metric;
  granularity: CostAnswer['query']['granularity'];
  from: string;
  to: string;
  /** FOCUS dimension ids, or `tag:KEY`. */
  groupBy: readonly string[];
  /** `Dimension:value`; the same dimension twice means either, different dimensions mean both. */
  filters: readonly string[];
  /** How many groups keep their name; the rest is one group. */
  top: number;
}

/** Path and query string of a question. Equal questions give equal paths. */
export function costPath({ metric, granularity, from, to, groupBy, filters, top }: CostQuery): string {
  const search = new URLSearchParams({ metric, granularity, from, to });
  for (const dimension of groupBy) search.append('group_by', dimension);
  for (const filter of [...filters].sort()) search.append('filter', filter);
  if (groupBy.length > 0) search.set('top', String(top));
  return `/v1/costs?${search}`;
}

/** Reads `group-by="ServiceName, tag:team"`. */
export function splitDimensions(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
