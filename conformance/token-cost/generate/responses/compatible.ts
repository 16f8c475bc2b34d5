import type { Chat } from './openai.ts';

/** xAI reports reasoning beside the completion; the total tells. */
export function xaiChat(model: string, chat: Chat) {
  const { prompt, completion, cached = 0, reasoning = 0 } = chat;
  return {
    id: '7c1f-02',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion + reasoning,
      prompt_tokens_details: { text_tokens: prompt, audio_tokens: 0, image_tokens: 0, cached_tokens: cached },
      completion_tokens_details: {
        reasoning_tokens: reasoning,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
      num_sources_used: 0,
    },
  };
}

export function deepseekChat(model: string, { prompt, completion, cached = 0, reasoning }: Chat) {
  return {
    id: 'ds-41',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: cached },
      ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
      prompt_cache_hit_tokens: cached,
      prompt_cache_miss_tokens: prompt - cached,
    },
  };
}

export function mistralChat(model: string, { prompt, completion, cached }: Chat) {
  return {
    id: 'cmpl-e5',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
    },
  };
}

export function openrouterChat(model: string, chat: Chat) {
  const { prompt, completion, cached = 0, written, reasoning = 0 } = chat;
  return {
    id: 'gen-17',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      is_byok: false,
      prompt_tokens_details: {
        cached_tokens: cached,
        audio_tokens: 0,
        ...(written !== undefined && { cache_write_tokens: written }),
      },
      completion_tokens_details: { reasoning_tokens: reasoning, image_tokens: 0 },
    },
  };
}

/** A span as OpenTelemetry's conventions have it: input is all input, cached or not. */
export function span(model: string, attributes: Readonly<Record<string, number>>) {
  const usage = Object.entries(attributes).map(([name, count]) => [`gen_ai.usage.${name}`, count]);
  return { attributes: { 'gen_ai.response.model': model, ...Object.fromEntries(usage) } };
}
