/**
 * What AI providers meter. The meters of one charge are disjoint: the input meters of a request add up to all of its
 * input tokens, however the provider counts (some report cached tokens inside of input, some beside it).
 */
export interface Meter {
  /** FOCUS SkuMeter, for people. */
  readonly title: string;
  /** FOCUS ConsumedUnit. */
  readonly unit: string;
  /** So many units are priced together; FOCUS PricingUnit is `per` and the unit. A power of ten, so that quantities in it are exact. */
  readonly per: string;
  /** As in the drafts of FOCUS 1.5; null where the meter counts no tokens that go in or out. */
  readonly direction: 'Input' | 'Output' | null;
  /** As in the drafts of FOCUS 1.5; null where caching is not metered. */
  readonly cacheAction: 'Uncached' | 'Read' | 'Write' | null;
  /** How long a written cache entry lives, ISO 8601 duration. */
  readonly cacheLifetime?: string;
  readonly modality?: 'Text' | 'Audio' | 'Image' | 'Video';
}

const MILLION = '1000000';

function input(title: string, cacheAction: Meter['cacheAction'], more: Partial<Meter> = {}): Meter {
  return { title, unit: 'Tokens', per: MILLION, direction: 'Input', cacheAction, ...more };
}
function output(title: string, more: Partial<Meter> = {}): Meter {
  return { title, unit: 'Tokens', per: MILLION, direction: 'Output', cacheAction: null, ...more };
}
function count(title: string, unit: string, per = '1'): Meter {
  return { title, unit, per, direction: null, cacheAction: null };
}

export const meters = {
  input_tokens: input('Input Tokens', 'Uncached'),
  cached_input_tokens: input('Cached Input Tokens', 'Read'),
  /** Where the provider has one lifetime only, or does not tell which: then the shortest, which is what requests get unasked. */
  cache_write_tokens: input('Cache Write Tokens', 'Write'),
  cache_write_5m_tokens: input('Cache Write Tokens (5 Minutes)', 'Write', { cacheLifetime: 'PT5M' }),
  cache_write_30m_tokens: input('Cache Write Tokens (30 Minutes)', 'Write', { cacheLifetime: 'PT30M' }),
  cache_write_1h_tokens: input('Cache Write Tokens (1 Hour)', 'Write', { cacheLifetime: 'PT1H' }),
  cache_write_12h_tokens: input('Cache Write Tokens (12 Hours)', 'Write', { cacheLifetime: 'PT12H' }),
  output_tokens: output('Output Tokens'),
  /** Only where the provider bills them apart; elsewhere they are inside of the output tokens. */
  reasoning_tokens: output('Reasoning Tokens'),
  input_audio_tokens: input('Audio Input Tokens', 'Uncached', { modality: 'Audio' }),
  cached_input_audio_tokens: input('Cached Audio Input Tokens', 'Read', { modality: 'Audio' }),
  output_audio_tokens: output('Audio Output Tokens', { modality: 'Audio' }),
  input_image_tokens: input('Image Input Tokens', 'Uncached', { modality: 'Image' }),
  cached_input_image_tokens: input('Cached Image Input Tokens', 'Read', { modality: 'Image' }),
  output_image_tokens: output('Image Output Tokens', { modality: 'Image' }),
  input_video_tokens: input('Video Input Tokens', 'Uncached', { modality: 'Video' }),
  training_tokens: count('Training Tokens', 'Tokens', MILLION),
  /** Tokens times hours for which they are kept in a cache. */
  cache_storage: count('Context Cache Storage', 'Token-Hours', MILLION),
  /** Whatever their size and quality: where these have a price each, the list has none for the meter. */
  images: count('Images', 'Images'),
  characters: count('Characters', 'Characters', MILLION),
  audio_seconds: count('Audio Seconds', 'Seconds'),
  video_seconds: count('Video Seconds', 'Seconds'),
  /** Read without annotations. */
  pages: count('Pages', 'Pages', '1000'),
  requests: count('Requests', 'Requests'),
  web_searches: count('Web Searches', 'Searches', '1000'),
  file_searches: count('File Searches', 'Searches', '1000'),
  grounding_queries: count('Grounding Queries', 'Queries', '1000'),
  code_sessions: count('Code Execution Sessions', 'Sessions'),
  code_hours: count('Code Execution Hours', 'Hours'),
  storage: count('Storage', 'GiB-Hours'),
} as const satisfies Record<string, Meter>;

export type MeterId = keyof typeof meters;

export const meterIds = Object.keys(meters) as MeterId[];

export function isMeterId(text: string): text is MeterId {
  return Object.hasOwn(meters, text);
}
