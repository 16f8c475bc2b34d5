import type { MeterId } from './meters.ts';

/**
 * The price keys of `@pydantic/genai-prices` that are a meter of ours, and by how many powers of ten the number of units
 * that its price is for is larger than the meter's `per`.
 *
 * Not here, because no meter of ours counts the same: `input_annotated_document_kpages`, `output_citation_mtok`,
 * `input_text_messages_kcount`, `output_video_mtok`; and `input_audio_hours`, which repeats `audio_hours`.
 */
export const listKeys: Readonly<Record<string, { readonly meters: readonly MeterId[]; readonly shift: number }>> = {
  input_mtok: { meters: ['input_tokens'], shift: 0 },
  output_mtok: { meters: ['output_tokens'], shift: 0 },
  cache_read_mtok: { meters: ['cached_input_tokens'], shift: 0 },
  cache_write_mtok: { meters: ['cache_write_tokens'], shift: 0 },
  cache_write_1h_mtok: { meters: ['cache_write_1h_tokens'], shift: 0 },
  input_audio_mtok: { meters: ['input_audio_tokens'], shift: 0 },
  cache_audio_read_mtok: { meters: ['cached_input_audio_tokens'], shift: 0 },
  output_audio_mtok: { meters: ['output_audio_tokens'], shift: 0 },
  input_image_mtok: { meters: ['input_image_tokens'], shift: 0 },
  cache_image_read_mtok: { meters: ['cached_input_image_tokens'], shift: 0 },
  output_image_mtok: { meters: ['output_image_tokens'], shift: 0 },
  input_video_mtok: { meters: ['input_video_tokens'], shift: 0 },
  output_reasoning_mtok: { meters: ['reasoning_tokens'], shift: 0 },
  web_searches_kcount: { meters: ['web_searches'], shift: 0 },
  storage_searches_kcount: { meters: ['file_searches'], shift: 0 },
  input_document_kpages: { meters: ['pages'], shift: 0 },
  requests_kcount: { meters: ['requests'], shift: 3 },
};

/** Of hours; the meter counts seconds. Only hour prices that are a whole decimal per second become a price. */
export const HOUR_KEY = 'audio_hours';

/**
 * What a model's list has no price of its own for belongs to a wider kind, and is billed as that: reasoning as output, and
 * what a chat model reads in images and video as its input. Audio is never among them: its price always differs.
 */
export const widerMeter: Partial<Readonly<Record<MeterId, MeterId>>> = {
  reasoning_tokens: 'output_tokens',
  input_image_tokens: 'input_tokens',
  cached_input_image_tokens: 'cached_input_tokens',
  input_video_tokens: 'input_tokens',
};
