import { Counts, objectAt, textAt } from './counts.ts';
import { part, type UsageReader, WITHOUT_USAGE, without, ZERO } from './usage-part.ts';

/** OpenAI's images by tokens: text and images in, images out. */
export const readOpenaiImages: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const image = counts.read('input_tokens_details.image_tokens');
  const input = without(counts.read('input_tokens'), image);
  const outputImage = counts.read('output_tokens_details.image_tokens');
  const output = without(counts.read('output_tokens'), outputImage);
  counts.ignore('total_tokens', 'input_tokens_details.text_tokens', 'output_tokens_details.text_tokens');
  return [
    part({
      model: textAt(response, 'model'),
      quantities: {
        input_tokens: input ?? ZERO,
        input_image_tokens: image,
        output_tokens: output ?? ZERO,
        output_image_tokens: outputImage,
      },
      unread: [...counts.unread(), ...contradiction(input, output)],
    }),
  ];
};

/** OpenAI's transcriptions: by tokens, or by seconds. */
export const readOpenaiTranscription: UsageReader = (response) => {
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const audio = counts.read('input_token_details.audio_tokens');
  const input = without(counts.read('input_tokens'), audio);
  counts.ignore('total_tokens', 'input_token_details.text_tokens');
  return [
    part({
      model: textAt(response, 'model'),
      quantities: {
        input_tokens: input ?? ZERO,
        input_audio_tokens: audio,
        output_tokens: counts.read('output_tokens'),
        audio_seconds: counts.read('seconds'),
      },
      unread: [...counts.unread(), ...contradiction(input, ZERO)],
    }),
  ];
};

/** The `response.done` event of OpenAI's realtime sessions: text, audio and images, each cached or not. */
export const readOpenaiRealtime: UsageReader = (event) => {
  const response = objectAt(event, 'response');
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const [audio, image] = [
    counts.read('input_token_details.audio_tokens'),
    counts.read('input_token_details.image_tokens'),
  ];
  const cached = counts.read('input_token_details.cached_tokens');
  const cachedAudio = counts.read('input_token_details.cached_tokens_details.audio_tokens');
  const cachedImage = counts.read('input_token_details.cached_tokens_details.image_tokens');
  const cachedText = without(cached, cachedAudio, cachedImage);
  const input = without(counts.read('input_tokens'), audio, image, cachedText ?? ZERO);
  const [newAudio, newImage] = [without(audio, cachedAudio), without(image, cachedImage)];
  const outputAudio = counts.read('output_token_details.audio_tokens');
  const output = without(counts.read('output_tokens'), outputAudio);
  counts.ignore(
    'total_tokens',
    'input_token_details.text_tokens',
    'input_token_details.cached_tokens_details.text_tokens',
    'output_token_details.text_tokens',
  );
  return [
    part({
      model: textAt(response, 'model'),
      quantities: {
        input_tokens: input ?? ZERO,
        cached_input_tokens: cachedText ?? ZERO,
        input_audio_tokens: newAudio ?? ZERO,
        cached_input_audio_tokens: cachedAudio,
        input_image_tokens: newImage ?? ZERO,
        cached_input_image_tokens: cachedImage,
        output_tokens: output ?? ZERO,
        output_audio_tokens: outputAudio,
      },
      unread: [...counts.unread(), ...contradiction(input, output, cachedText, newAudio, newImage)],
    }),
  ];
};

function contradiction(...rests: readonly unknown[]): string[] {
  return rests.includes(undefined) ? ['tokens that are parts of fewer tokens'] : [];
}
