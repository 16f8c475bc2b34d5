import { decimal } from '@cloudact/core/money';
import { Counts, listAt, objectAt, textAt } from './counts.ts';
import { isPositive, part, type UsageReader, WITHOUT_USAGE, without, ZERO } from './usage-part.ts';

/**
 * OpenAI's responses. `input_tokens` is all input, read from a cache or written to one or neither; reasoning is inside of
 * `output_tokens`. Tools are not in the usage: their calls are counted in the output.
 */
export const readOpenaiResponses: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const cached = counts.read('input_tokens_details.cached_tokens');
  const written = counts.read('input_tokens_details.cache_write_tokens');
  const half = counts.read('input_tokens_details.cache_write_tokens_details.ttl_30m_tokens');
  const twelve = counts.read('input_tokens_details.cache_write_tokens_details.ttl_12h_tokens');
  const reasoning = counts.read('output_tokens_details.reasoning_tokens');
  const input = without(counts.read('input_tokens'), cached, written);
  const output = without(counts.read('output_tokens'), reasoning);
  const untold = without(written, half, twelve);
  counts.ignore('total_tokens');
  const tools = toolCalls(listAt(response, 'output'));
  return [
    part({
      model: textAt(response, 'model'),
      tier: textAt(response, 'service_tier'),
      quantities: {
        input_tokens: input ?? ZERO,
        cached_input_tokens: cached,
        // Thirty minutes are what requests get unasked, and the only lifetime with a published price.
        cache_write_tokens: isPositive(twelve) ? (untold ?? ZERO) : written,
        ...(isPositive(twelve) ? { cache_write_30m_tokens: half, cache_write_12h_tokens: twelve } : {}),
        output_tokens: output ?? ZERO,
        reasoning_tokens: reasoning,
        ...tools.quantities,
      },
      unread: [
        ...counts.unread(),
        ...tools.unread,
        ...(input === undefined || untold === undefined ? ['input_tokens'] : []),
        ...(output === undefined ? ['output_tokens'] : []),
      ],
    }),
  ];
};

/** Opening a page that a search found, and looking into it, is no search. */
function toolCalls(output: readonly unknown[]) {
  const ofType = (type: string) => output.filter((item) => textAt(item, 'type') === type);
  const searches = ofType('web_search_call').filter(
    (call) => (textAt(objectAt(call, 'action'), 'type') ?? 'search') === 'search',
  );
  const containers = new Set(ofType('code_interpreter_call').map((call) => textAt(call, 'container_id')));
  return {
    quantities: {
      web_searches: decimal(String(searches.length)),
      file_searches: decimal(String(ofType('file_search_call').length)),
      code_sessions: decimal(String(containers.size)),
    },
    unread: ofType('image_generation_call').length > 0 ? ['image_generation_call'] : [],
  };
}
