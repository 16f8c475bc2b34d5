import { add } from '@cloudact/core/money';
import { Counts, isObject, listAt, objectAt, textAt } from './counts.ts';
import { part, type UsageReader, WITHOUT_USAGE, without, ZERO } from './usage-part.ts';

/** Bedrock's Converse: all counts are disjoint, as Anthropic's are, whoever made the model. */
export const readBedrockConverse: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const details = listAt(usage, 'cacheDetails').filter(isObject);
  const ofLifetime = (ttl: string) =>
    details
      .filter((detail) => detail.ttl === ttl)
      .map((detail) => new Counts(detail).read('inputTokens'))
      .reduce((sum, tokens) => add(sum, tokens), ZERO);
  const [five, hour] = [ofLifetime('5m'), ofLifetime('1h')];
  const written = without(counts.read('cacheWriteInputTokens', 'cacheWriteInputTokenCount'), five, hour);
  counts.ignore('totalTokens');
  return [
    part({
      tier: textAt(objectAt(response, 'serviceTier'), 'type'),
      quantities: {
        input_tokens: counts.read('inputTokens'),
        cached_input_tokens: counts.read('cacheReadInputTokens', 'cacheReadInputTokenCount'),
        cache_write_tokens: written ?? ZERO,
        cache_write_5m_tokens: five,
        cache_write_1h_tokens: hour,
        output_tokens: counts.read('outputTokens'),
      },
      unread: [...counts.unread(), ...(written === undefined ? ['cacheWriteInputTokens'] : [])],
    }),
  ];
};

/** Mistral's OCR: pages. Annotations make a page dearer, by a price that no meter has. */
export const readMistralOcr: UsageReader = (response) => {
  const usage = objectAt(response, 'usage_info');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  counts.ignore('doc_size_bytes');
  const isAnnotated = textAt(response, 'document_annotation') !== null;
  return [
    part({
      model: textAt(response, 'model'),
      quantities: { pages: counts.read('pages_processed') },
      unread: [...counts.unread(), ...(isAnnotated ? ['document_annotation'] : [])],
    }),
  ];
};

/** The attributes of a span, as OpenTelemetry's conventions for GenAI have them: input is all input, output all output. */
export const readOpenTelemetry: UsageReader = (span) => {
  const attributes = objectAt(span, 'attributes');
  const usage = Object.entries(attributes).filter(([name]) => name.startsWith('gen_ai.usage.'));
  if (usage.length === 0) return WITHOUT_USAGE;
  const counts = new Counts(Object.fromEntries(usage));
  const name = (text: string) => `gen_ai.usage.${text}`;
  const cached = counts.read(name('cache_read.input_tokens'));
  const written = counts.read(name('cache_creation.input_tokens'));
  const reasoning = counts.read(name('reasoning.output_tokens'));
  const input = without(counts.read(name('input_tokens')), cached, written);
  const output = without(counts.read(name('output_tokens')), reasoning);
  return [
    part({
      model: textAt(attributes, 'gen_ai.response.model') ?? textAt(attributes, 'gen_ai.request.model'),
      tier: textAt(attributes, 'openai.response.service_tier'),
      quantities: {
        input_tokens: input ?? ZERO,
        cached_input_tokens: cached,
        cache_write_tokens: written,
        output_tokens: output ?? ZERO,
        reasoning_tokens: reasoning,
      },
      unread: [
        ...counts.unread(),
        ...(input === undefined ? [name('input_tokens')] : []),
        ...(output === undefined ? [name('output_tokens')] : []),
      ],
    }),
  ];
};
