interface Gemini {
  readonly prompt: number;
  readonly candidates: number;
  readonly thoughts?: number;
  readonly cached?: number;
  readonly tools?: number;
  readonly audio?: number;
  readonly cachedAudio?: number;
  readonly image?: number;
  readonly imageOut?: number;
  readonly queries?: readonly string[];
  readonly traffic?: string;
}

export function gemini(model: string, given: Gemini) {
  const { prompt, candidates, thoughts, cached, tools, audio = 0, image = 0, imageOut = 0, queries } = given;
  const kinds = (entries: readonly (readonly [string, number])[]) =>
    entries.filter(([, count]) => count > 0).map(([modality, tokenCount]) => ({ modality, tokenCount }));
  return {
    candidates: [
      {
        index: 0,
        finishReason: 'STOP',
        ...(queries && { groundingMetadata: { webSearchQueries: queries } }),
      },
    ],
    modelVersion: model,
    usageMetadata: {
      promptTokenCount: prompt,
      candidatesTokenCount: candidates,
      totalTokenCount: prompt + candidates + (thoughts ?? 0) + (tools ?? 0),
      promptTokensDetails: kinds([
        ['TEXT', prompt - audio - image],
        ['AUDIO', audio],
        ['IMAGE', image],
      ]),
      ...(cached !== undefined && {
        cachedContentTokenCount: cached,
        cacheTokensDetails: kinds([
          ['TEXT', cached - (given.cachedAudio ?? 0)],
          ['AUDIO', given.cachedAudio ?? 0],
        ]),
      }),
      ...(imageOut > 0 && {
        candidatesTokensDetails: kinds([
          ['TEXT', candidates - imageOut],
          ['IMAGE', imageOut],
        ]),
      }),
      ...(thoughts !== undefined && { thoughtsTokenCount: thoughts }),
      ...(tools !== undefined && {
        toolUsePromptTokenCount: tools,
        toolUsePromptTokensDetails: kinds([['TEXT', tools]]),
      }),
      ...(given.traffic && { trafficType: given.traffic }),
    },
  };
}

/** Each chunk of the stream says how far the counts are; the last is the whole. */
export function geminiStream(model: string, given: Gemini) {
  const whole = gemini(model, given);
  const { candidatesTokenCount: _, thoughtsTokenCount: __, ...begun } = whole.usageMetadata;
  const half = Math.ceil(given.candidates / 2);
  return [
    { candidates: [{ index: 0 }], modelVersion: model, usageMetadata: begun },
    {
      candidates: [{ index: 0 }],
      modelVersion: model,
      usageMetadata: { ...whole.usageMetadata, candidatesTokenCount: half },
    },
    whole,
  ];
}
