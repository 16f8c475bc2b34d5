import { add, type Decimal, decimal } from '@cloudact/core/money';
import { Counts, isObject, listAt, objectAt, textAt } from './counts.ts';
import { part, type ReadOptions, type UsageReader, WITHOUT_USAGE, without, ZERO } from './usage-part.ts';

/**
 * Gemini, by its own API and on Vertex. `promptTokenCount` has the cached tokens inside; what tools read comes on top, and
 * so do thoughts beside the candidates. Audio has a price of its own, images and video where the model's list says so.
 */
export const readGemini: UsageReader = (response, options) => {
  const usage = objectAt(response, 'usageMetadata');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const cached = counts.read('cachedContentTokenCount');
  const all = add(counts.read('promptTokenCount'), counts.read('toolUsePromptTokenCount'));
  const inKind = (kinds: readonly string[], ...lists: readonly string[]) => tokensIn(usage, kinds, lists);
  const prompt = ['promptTokensDetails', 'toolUsePromptTokensDetails'];
  const [audio, image, video] = [
    inKind(['AUDIO'], ...prompt),
    inKind(['IMAGE', 'DOCUMENT'], ...prompt),
    inKind(['VIDEO'], ...prompt),
  ];
  const cachedAudio = inKind(['AUDIO'], 'cacheTokensDetails');
  const cachedImage = inKind(['IMAGE', 'DOCUMENT'], 'cacheTokensDetails');
  const cachedVideo = inKind(['VIDEO'], 'cacheTokensDetails');
  const candidates = counts.read('candidatesTokenCount');
  const outputAudio = inKind(['AUDIO'], 'candidatesTokensDetails');
  const outputImage = inKind(['IMAGE'], 'candidatesTokensDetails');
  counts.ignore('totalTokenCount');
  const cachedText = without(cached, cachedAudio, cachedImage, cachedVideo);
  const rests = {
    input_tokens: without(all, audio, image, video, cachedText ?? ZERO),
    input_audio_tokens: without(audio, cachedAudio),
    input_image_tokens: without(image, cachedImage),
    input_video_tokens: without(video, cachedVideo),
    output_tokens: without(candidates, outputAudio, outputImage),
  };
  return [
    part({
      model: textAt(response, 'modelVersion'),
      tier: tierOf(textAt(usage, 'trafficType')),
      quantities: {
        ...Object.fromEntries(Object.entries(rests).map(([meter, rest]) => [meter, rest ?? ZERO])),
        // Cached video is billed as cached text is.
        cached_input_tokens: add(cachedText ?? ZERO, cachedVideo),
        cached_input_audio_tokens: cachedAudio,
        cached_input_image_tokens: cachedImage,
        output_audio_tokens: outputAudio,
        output_image_tokens: outputImage,
        reasoning_tokens: counts.read('thoughtsTokenCount'),
        grounding_queries: groundingQueries(response, options),
      },
      unread: [
        ...counts.unread(),
        ...(cachedText === undefined || Object.values(rests).includes(undefined) ? ['usageMetadata'] : []),
      ],
    }),
  ];
};

/** Imagen and others that are billed by the picture, whatever they read. */
export const readImageCount: UsageReader = (response) => {
  const pictures = [...listAt(response, 'predictions'), ...listAt(response, 'data')];
  if (pictures.length === 0) return WITHOUT_USAGE;
  return [part({ quantities: { images: decimal(String(pictures.length)) } })];
};

function tokensIn(usage: unknown, kinds: readonly string[], lists: readonly string[]): Decimal {
  const entries = lists.flatMap((list) => listAt(usage, list)).filter(isObject);
  const counted = entries.filter(({ modality }) => kinds.includes(String(modality)));
  return add(ZERO, ...counted.map(({ tokenCount }) => decimal(String(tokenCount ?? 0))));
}

/** Before Gemini 3 a grounded request is one, whatever it searched for; since then each query counts. */
function groundingQueries(response: unknown, { model }: ReadOptions): Decimal {
  const queries = listAt(response, 'candidates').flatMap((candidate) =>
    listAt(objectAt(candidate, 'groundingMetadata'), 'webSearchQueries'),
  );
  const isOnePerRequest = /gemini-[12]/.test(textAt(response, 'modelVersion') ?? model);
  // Streams say them again.
  const { size } = new Set(queries);
  return decimal(String(isOnePerRequest ? Math.min(size, 1) : size));
}

/** Vertex's word for the tier; what is committed has no price by the token. */
function tierOf(trafficType: string | null): string | null {
  if (trafficType === null || trafficType === 'TRAFFIC_TYPE_UNSPECIFIED') return null;
  if (trafficType === 'ON_DEMAND') return 'standard';
  return trafficType.replace(/^ON_DEMAND_/, '').toLowerCase();
}
