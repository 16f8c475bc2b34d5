import { CloudActError } from '@cloudact/core/errors';
import type { MeterId } from '../../prices/meters.ts';
import { numberText } from '../../usage/answers/index.ts';

/** Ids of the price book by LiteLLM's name of a provider; names that are not here are the same in both. */
const providers: Readonly<Record<string, string>> = {
  'text-completion-openai': 'openai',
  anthropic_text: 'anthropic',
  azure_ai: 'azure',
  azure_text: 'azure',
  bedrock: 'aws',
  bedrock_converse: 'aws',
  sagemaker: 'aws',
  sagemaker_chat: 'aws',
  vertex_ai: 'google',
  vertex_ai_beta: 'google',
  gemini: 'google',
  palm: 'google',
  codestral: 'mistral',
  'text-completion-codestral': 'mistral',
  xai: 'x-ai',
  cohere_chat: 'cohere',
  together_ai: 'together',
  fireworks_ai: 'fireworks',
};

/** Whose bill a request is on; `unknown` where the proxy does not say, which belongs to no bill. */
export function priceBookProvider(name: string): string {
  const known = Object.hasOwn(providers, name) ? providers[name]! : name;
  return (
    known
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 100) || 'unknown'
  );
}

/** The provider's name of a model, without LiteLLM's `provider/` before it. */
export function modelName(model: string, provider: string): string {
  return model.startsWith(`${provider}/`) ? model.slice(provider.length + 1) : model;
}

/** As LiteLLM counts: `prompt` holds what was read from and written to a cache. */
export interface Tokens {
  readonly prompt: bigint;
  readonly completion: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite: bigint;
}

/**
 * Disjoint meters. Some versions counted cached tokens beside the prompt: where they are more than all of the prompt, it
 * cannot hold them. LiteLLM does not say how long Anthropic keeps a written entry; five minutes is what it does unasked.
 */
export function disjointMeters(
  { prompt, completion, cacheRead, cacheWrite }: Tokens,
  provider: string,
): [MeterId, bigint][] {
  const cached = cacheRead + cacheWrite;
  return [
    ['input_tokens', cached <= prompt ? prompt - cached : prompt],
    ['cached_input_tokens', cacheRead],
    [provider === 'anthropic' ? 'cache_write_5m_tokens' : 'cache_write_tokens', cacheWrite],
    ['output_tokens', completion],
  ];
}

/** A count of tokens; null and what is left out are none. Throws `source_incomplete` for what is no whole number. */
export function count(value: unknown, name: string): bigint {
  const text = value === null || value === undefined ? '0' : numberText(value);
  if (text !== undefined && /^\d{1,18}(\.0+)?$/.test(text)) return BigInt(text.split('.')[0]!);
  throw new CloudActError('source_incomplete', {
    detail: `The proxy tells of ${name} that is no count: ${JSON.stringify(value)?.slice(0, 60)}. Nothing is loaded. Try again later.`,
  });
}
