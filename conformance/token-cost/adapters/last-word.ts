import type { Call } from '../fixture.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * The body of a call for libraries that read bodies and no streams: what a careful caller would have collected. Of every
 * field the last word that a stream says, with the start of an Anthropic message below its delta.
 */
export function lastWord({ response, events }: Call): Body {
  if (!events) return body(response);
  const result: Record<string, unknown> = {};
  for (const event of events.map(body)) {
    const inner = body(event.message ?? event.response ?? event.metadata ?? event);
    for (const [key, value] of Object.entries(inner)) {
      if (value === null || value === undefined) continue;
      result[key] = key === 'usage' ? { ...body(result.usage), ...body(value) } : value;
    }
  }
  return result;
}

export function body(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

/** Calls that every caller leaves out, whatever library it uses: of its own cache, and those that were refused. */
export function isUnbilled(call: Call): boolean {
  return call.fromOwnCache === true || (call.events === undefined && 'error' in body(call.response));
}
