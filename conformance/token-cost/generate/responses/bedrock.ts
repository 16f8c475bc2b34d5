interface Converse {
  readonly input: number;
  readonly output: number;
  readonly read?: number;
  readonly five?: number;
  readonly hour?: number;
  readonly tier?: string;
}

export function converse(given: Converse) {
  const { input, output, read = 0, five = 0, hour = 0, tier } = given;
  const written = five + hour;
  const details = [
    { ttl: '5m', inputTokens: five },
    { ttl: '1h', inputTokens: hour },
  ].filter(({ inputTokens }) => inputTokens > 0);
  return {
    stopReason: 'end_turn',
    metrics: { latencyMs: 1275 },
    usage: {
      inputTokens: input,
      outputTokens: output,
      totalTokens: input + output + read + written,
      cacheReadInputTokens: read,
      cacheWriteInputTokens: written,
      ...(details.length > 0 && { cacheDetails: details }),
    },
    ...(tier && { serviceTier: { type: tier } }),
  };
}

export function converseStream(given: Converse) {
  const { usage, metrics } = converse(given);
  return [
    { messageStart: { role: 'assistant' } },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { messageStop: { stopReason: 'end_turn' } },
    { metadata: { usage, metrics } },
  ];
}
