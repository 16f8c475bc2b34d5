import { isObject, listAt, objectAt } from './counts.ts';

/**
 * The response that a stream of events adds up to, as far as usage goes. Counts in a stream are running totals, never
 * differences: the last word of each holds, and none are added up. A body that is no list is the response itself.
 */
export function collected(response: unknown): unknown {
  if (!Array.isArray(response)) return response;
  const events = response.filter(isObject);
  return events.map(unwrapped).reduce(merged, {});
}

/** Events wrap the response or parts of it; everything else in them is content. */
function unwrapped(event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (event.type === 'message_start') return objectAt(event, 'message');
  if (isObject(event.metadata) && isObject(event.metadata.usage)) return event.metadata;
  if (typeof event.type === 'string' && event.type.startsWith('response.')) return objectAt(event, 'response');
  return event;
}

const MERGED: ReadonlySet<string> = new Set(['usage', 'usageMetadata']);

function merged(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after)) {
    if (value === null || value === undefined) continue;
    if (MERGED.has(key)) result[key] = { ...objectAt(before, key), ...withoutNulls(value) };
    else if (key === 'candidates') result[key] = [...listAt(before, key), ...listAt(after, key)];
    else result[key] = value;
  }
  return result;
}

function withoutNulls(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null)) : {};
}
