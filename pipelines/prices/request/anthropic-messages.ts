import { Counts, isObject, listAt, objectAt, textAt } from './counts.ts';
import { part, type UsagePart, type UsageReader, WITHOUT_USAGE, without, ZERO } from './usage-part.ts';

/**
 * Anthropic's messages. All counts are disjoint: `input_tokens` is neither read from a cache nor written to one. Thinking is
 * inside of `output_tokens`.
 *
 * Where a request took several samplings (compaction, advisor, fallback), `iterations` has each with its own tokens, some
 * with a model of their own; the fields above leave some of them out.
 */
export const readAnthropicMessages: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const { iterations: _, server_tool_use: tools, fallback_credit: credit, ...own } = usage;
  const shared = {
    model: textAt(response, 'model'),
    tier: textAt(usage, 'service_tier'),
    geography: textAt(usage, 'inference_geo'),
    speed: textAt(usage, 'speed'),
  };
  const iterations = listAt(usage, 'iterations').filter(isObject);
  const parts = (iterations.length > 0 ? iterations : [own]).map((counted): UsagePart => {
    const type = textAt(counted, 'type');
    const read = tokensOf(counted);
    const unknown = type === null || ITERATIONS.has(type) ? [] : [`iterations: ${type}`];
    return part({
      ...shared,
      model: textAt(counted, 'model') ?? shared.model,
      ...read,
      unread: [...read.unread, ...unknown],
    });
  });
  const toolCounts = new Counts(tools);
  // What is fetched is billed as the tokens that it becomes.
  toolCounts.ignore('web_fetch_requests');
  const searches = { web_searches: toolCounts.read('web_search_requests') };
  const unread = [...toolCounts.unread(), ...(isRedeemed(credit) ? ['fallback_credit'] : [])];
  return [...parts, part({ ...shared, quantities: searches, unread })];
};

const ITERATIONS: ReadonlySet<string> = new Set(['message', 'compaction', 'advisor_message', 'fallback_message']);

function tokensOf(counted: unknown): Pick<UsagePart, 'quantities' | 'unread'> {
  const counts = new Counts(counted);
  const [five, hour] = [
    counts.read('cache_creation.ephemeral_5m_input_tokens'),
    counts.read('cache_creation.ephemeral_1h_input_tokens'),
  ];
  const written = counts.readIfThere('cache_creation_input_tokens');
  const untold = written === undefined ? ZERO : without(written, five, hour);
  counts.ignore('output_tokens_details.thinking_tokens');
  return {
    quantities: {
      input_tokens: counts.read('input_tokens'),
      cached_input_tokens: counts.read('cache_read_input_tokens'),
      cache_write_tokens: untold ?? ZERO,
      cache_write_5m_tokens: five,
      cache_write_1h_tokens: hour,
      output_tokens: counts.read('output_tokens'),
    },
    unread: [...counts.unread(), ...(untold === undefined ? ['cache_creation_input_tokens'] : [])],
  };
}

/** A retry that is billed as if it had been the first: no count says by how much less. */
function isRedeemed(credit: unknown): boolean {
  return textAt(objectAt(credit, 'status'), 'type') === 'redeemed';
}
