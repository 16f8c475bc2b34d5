interface Messages {
  readonly input: number;
  readonly output: number;
  readonly read?: number;
  readonly five?: number;
  readonly hour?: number;
  readonly searches?: number;
  readonly thinking?: number;
  readonly tier?: string;
  readonly geo?: string;
  readonly speed?: string;
  readonly iterations?: readonly unknown[];
}

function anthropicUsage(given: Messages) {
  const { input, output, read = 0, five = 0, hour = 0, tier = 'standard', geo = 'not_available' } = given;
  return {
    input_tokens: input,
    cache_creation_input_tokens: five + hour,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: five, ephemeral_1h_input_tokens: hour },
    output_tokens: output,
    ...(given.thinking !== undefined && { output_tokens_details: { thinking_tokens: given.thinking } }),
    ...(given.searches !== undefined && {
      server_tool_use: { web_search_requests: given.searches, web_fetch_requests: 0 },
    }),
    ...(given.iterations && { iterations: given.iterations }),
    service_tier: tier,
    inference_geo: geo,
    ...(given.speed && { speed: given.speed }),
  };
}

export function anthropic(model: string, given: Messages) {
  return {
    id: 'msg_01Xv',
    type: 'message',
    role: 'assistant',
    model,
    stop_reason: 'end_turn',
    usage: anthropicUsage(given),
  };
}

/** The input at the start, one token of output; the final counts in the delta, which are running totals. */
export function anthropicStream(model: string, given: Messages) {
  const { server_tool_use: tools, ...usage } = anthropicUsage(given);
  return [
    {
      type: 'message_start',
      message: { id: 'msg_01Xv', type: 'message', role: 'assistant', model, usage: { ...usage, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0 },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn' },
      usage: {
        input_tokens: given.input,
        cache_creation_input_tokens: usage.cache_creation_input_tokens,
        cache_read_input_tokens: usage.cache_read_input_tokens,
        output_tokens: given.output,
        ...(tools && { server_tool_use: tools }),
      },
    },
    { type: 'message_stop' },
  ];
}

/** A sampling inside of a request. */
export function iteration(type: string, given: Messages, model?: string) {
  const { input, output, read = 0, five = 0, hour = 0 } = given;
  return {
    type,
    ...(model && { model }),
    input_tokens: input,
    cache_creation_input_tokens: five + hour,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: five, ephemeral_1h_input_tokens: hour },
    output_tokens: output,
  };
}
