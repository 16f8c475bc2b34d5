import {
  calcPrice,
  extractUsage,
  type ModelPrice,
  type Provider,
  type Usage,
  waitForUpdate,
} from '@pydantic/genai-prices';
import type { Call, ContractPrice, Fixture } from '../fixture.ts';
import type { Adapter } from './adapter.ts';
import { body, isUnbilled, lastWord } from './last-word.ts';

/** The library's bundled prices; it loads nothing. */
const listed = (await waitForUpdate()) ?? [];

const ids: Readonly<Record<string, string>> = { xai: 'x-ai', bedrock: 'aws' };

/** Its extractors for the APIs that it knows. */
const flavors: Readonly<Record<string, readonly string[]>> = {
  'openai-chat': ['chat', 'default'],
  'openai-responses': ['responses'],
  'openai-images': ['images'],
  'openai-realtime': ['realtime'],
  'anthropic-messages': ['anthropic', 'default'],
  gemini: ['default'],
  'bedrock-converse': ['default'],
  'mistral-ocr': ['ocr'],
};

/** Where an answer has no completion. */
const embeddings: Readonly<Record<string, readonly string[]>> = { 'openai-chat': ['embeddings'] };

const contractKeys = {
  input: 'input_mtok',
  cached_input: 'cache_read_mtok',
  cache_write: 'cache_write_mtok',
  cache_write_1h: 'cache_write_1h_mtok',
  output: 'output_mtok',
} as const satisfies Record<ContractPrice['meter'], string>;

/**
 * By its README: the response through its extractor, then the usage, the model, the provider and the time of the request
 * into `calcPrice`. Contract prices become a provider of one's own, over the listed prices of the same model. It has no input
 * for tiers, places and own caches; calls that nobody would price are left out.
 */
export const genaiPrices: Adapter = {
  name: '@pydantic/genai-prices 0.1.8',
  price(fixture) {
    let total = 0;
    for (const call of fixture.calls.filter((each) => !isUnbilled(each))) {
      const cost = costOf(call, fixture);
      if (cost === null) return null;
      total += cost * (call.times ?? 1);
    }
    return String(total);
  },
};

function costOf(call: Call, fixture: Fixture): number | null {
  const provider = listed.find(({ id }) => id === (ids[call.provider] ?? call.provider));
  if (!provider) return null;
  const { model, usage } = extracted(call, provider);
  // At noon, so that a day is never taken for the one before.
  const timestamp = new Date(`${fixture.day}T12:00:00Z`);
  const asked = fixture.deployments?.[call.model] ?? call.model;
  // On Bedrock the name that was asked for has the region.
  for (const name of call.provider === 'bedrock' ? [asked] : [...new Set([model ?? asked, asked])]) {
    const own = contractProvider(fixture, name, provider);
    const result = calcPrice(usage, name, own ? { provider: own, timestamp } : { providerId: provider.id, timestamp });
    if (result) return result.total_price;
  }
  return null;
}

function extracted(call: Call, provider: Provider): { model: string | null; usage: Usage } {
  const response = lastWord(call);
  if (call.api === 'opentelemetry') return fromSpan(body(response.attributes));
  if (call.api === 'openai-transcription') return { model: null, usage: ofTranscription(body(response.usage)) };
  const own = new Set(provider.extractors?.map(({ api_flavor: flavor }) => flavor));
  const wanted = 'completion_tokens' in body(response.usage) ? flavors[call.api] : embeddings[call.api];
  const flavor = (wanted ?? flavors[call.api])?.find((each) => own.has(each));
  if (flavor === undefined) throw new Error(`no extractor for ${call.api} of ${provider.id}`);
  // Its extractors ask for a model; some APIs answer without one.
  const named = { model: call.model, modelVersion: call.model, ...response };
  const { model, usage } = extractUsage(provider, named, flavor);
  return { model, usage: { ...usage, ...toolCalls(response) } };
}

/** It has prices for OpenAI's tools, which the usage does not count: a caller would. */
function toolCalls({ output }: Readonly<Record<string, unknown>>): Usage {
  const items = Array.isArray(output) ? output.map(body) : [];
  const searches = items.filter(({ type, action }) => type === 'web_search_call' && body(action).type === 'search');
  const files = items.filter(({ type }) => type === 'file_search_call');
  return {
    ...(searches.length > 0 && { web_searches: searches.length }),
    ...(files.length > 0 && { storage_searches: files.length }),
  };
}

function fromSpan(attributes: Readonly<Record<string, unknown>>) {
  const count = (name: string) => Number(attributes[`gen_ai.usage.${name}`] ?? 0);
  return {
    model: String(attributes['gen_ai.response.model']),
    usage: {
      input_tokens: count('input_tokens'),
      cache_read_tokens: count('cache_read.input_tokens'),
      cache_write_tokens: count('cache_creation.input_tokens'),
      output_tokens: count('output_tokens'),
    },
  };
}

function ofTranscription(usage: Readonly<Record<string, unknown>>): Usage {
  if (usage.type === 'duration') return { audio_seconds: Number(usage.seconds) };
  const input = Number(usage.input_tokens);
  const audio = Number(body(usage.input_token_details).audio_tokens);
  return { input_tokens: input, input_audio_tokens: audio, output_tokens: Number(usage.output_tokens) };
}

function contractProvider({ contract = [] }: Fixture, name: string, provider: Provider): Provider | undefined {
  const agreed = contract.filter(({ model }) => name === model || name.startsWith(`${model}-20`));
  if (agreed.length === 0) return undefined;
  const known = calcPrice({}, name, { providerId: provider.id })?.model_price;
  const prices: ModelPrice = { ...known };
  for (const { meter, usd } of agreed) prices[contractKeys[meter]] = Number(usd);
  return { ...provider, models: [{ id: name, match: { equals: name }, prices }] };
}
