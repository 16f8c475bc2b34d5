export interface Chat {
  readonly prompt: number;
  readonly completion: number;
  readonly cached?: number;
  readonly written?: number;
  readonly reasoning?: number;
  readonly audioIn?: number;
  readonly audioOut?: number;
  readonly rejected?: number;
  readonly accepted?: number;
}

export function openaiChat(model: string, chat: Chat, tier: string | null = 'default') {
  return {
    id: 'chatcmpl-Bx1',
    object: 'chat.completion',
    model,
    service_tier: tier,
    choices: [{ index: 0, finish_reason: 'stop' }],
    usage: openaiUsage(chat),
  };
}

function openaiUsage(chat: Chat) {
  return {
    prompt_tokens: chat.prompt,
    completion_tokens: chat.completion,
    total_tokens: chat.prompt + chat.completion,
    prompt_tokens_details: { cached_tokens: chat.cached ?? 0, audio_tokens: chat.audioIn ?? 0 },
    completion_tokens_details: {
      reasoning_tokens: chat.reasoning ?? 0,
      audio_tokens: chat.audioOut ?? 0,
      accepted_prediction_tokens: chat.accepted ?? 0,
      rejected_prediction_tokens: chat.rejected ?? 0,
    },
  };
}

/** The stream of a chat completion: usage is null until the last chunk, which has no choices. */
export function openaiChatStream(model: string, chat: Chat, tier: string | null = 'default') {
  const chunk = { id: 'chatcmpl-Bx1', object: 'chat.completion.chunk', model };
  return [
    { ...chunk, service_tier: tier, choices: [{ index: 0, finish_reason: null }], usage: null },
    { ...chunk, service_tier: tier, choices: [{ index: 0, finish_reason: 'stop' }], usage: null },
    { ...chunk, service_tier: tier, choices: [], usage: openaiUsage(chat) },
  ];
}

interface Responses {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly written?: number;
  readonly reasoning?: number;
  readonly tools?: readonly unknown[];
}

export function openaiResponses(model: string, given: Responses, tier = 'default') {
  const { input, output, cached = 0, written, reasoning = 0, tools = [] } = given;
  return {
    id: 'resp_68a1',
    object: 'response',
    status: 'completed',
    model,
    service_tier: tier,
    output: [...tools, { type: 'message', role: 'assistant', status: 'completed' }],
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached, ...(written !== undefined && { cache_write_tokens: written }) },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + output,
    },
  };
}

export function openaiResponsesStream(model: string, given: Responses, tier = 'default') {
  const response = openaiResponses(model, given, tier);
  const begun = { ...response, status: 'in_progress', service_tier: 'auto', output: [], usage: null };
  return [
    { type: 'response.created', sequence_number: 0, response: begun },
    { type: 'response.in_progress', sequence_number: 1, response: begun },
    { type: 'response.output_text.done', sequence_number: 8, item_id: 'msg_1', output_index: 0 },
    { type: 'response.completed', sequence_number: 9, response },
  ];
}
