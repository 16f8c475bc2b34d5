import { add } from '@cloudact/core/money';
import { Counts, listAt, objectAt, textAt } from './counts.ts';
import { isPositive, part, type UsagePart, type UsageReader, WITHOUT_USAGE, without, ZERO } from './usage-part.ts';

/**
 * Chat completions and embeddings of OpenAI, and of all that answer in its form: Azure, Mistral, xAI, DeepSeek, OpenRouter, gateways.
 *
 * `prompt_tokens` is all input, cached or not. Reasoning is inside of `completion_tokens`; xAI reports it beside them, and
 * Gemini in the total alone. Predictions that were rejected are inside as well, and billed.
 */
export const readOpenaiChat: UsageReader = (response, { provider }) => {
  const usage = objectAt(response, 'usage');
  if (Object.keys(usage).length === 0) return WITHOUT_USAGE;
  const counts = new Counts(usage);
  const [prompt, completion] = [counts.read('prompt_tokens'), counts.read('completion_tokens')];
  const cached = counts.read(
    'prompt_tokens_details.cached_tokens',
    'cache_read_input_tokens',
    'prompt_cache_hit_tokens',
    'cached_tokens',
  );
  const written = counts.read('prompt_tokens_details.cache_write_tokens', 'cache_creation_input_tokens');
  const inputAudio = counts.read('prompt_tokens_details.audio_tokens');
  const inputImage = counts.read('prompt_tokens_details.image_tokens');
  const outputAudio = counts.read('completion_tokens_details.audio_tokens');
  const outputImage = counts.read('completion_tokens_details.image_tokens');
  const reasoning = counts.read('completion_tokens_details.reasoning_tokens', 'reasoning_tokens');
  const total = counts.readIfThere('total_tokens');
  counts.ignore(...SAID_ELSEWHERE);
  const sum = add(prompt, completion);
  const isBeside = total === undefined ? provider === 'x-ai' : isPositive(reasoning) && total === add(sum, reasoning);
  const beyond = total === undefined || isBeside ? ZERO : (without(total, sum) ?? ZERO);
  const thoughts = provider === 'google' ? beyond : ZERO;
  const input = without(prompt, cached, written, inputAudio, inputImage);
  const output = without(completion, outputAudio, outputImage, isBeside ? ZERO : reasoning);
  return [
    part({
      ...namesOf(response),
      quantities: {
        input_tokens: input ?? ZERO,
        cached_input_tokens: cached,
        cache_write_tokens: written,
        input_audio_tokens: inputAudio,
        input_image_tokens: inputImage,
        output_tokens: output ?? ZERO,
        reasoning_tokens: add(reasoning, thoughts),
        output_audio_tokens: outputAudio,
        output_image_tokens: outputImage,
        audio_seconds: counts.read('prompt_audio_seconds'),
      },
      unread: [
        ...counts.unread(),
        ...(input === undefined ? ['prompt_tokens'] : []),
        ...(output === undefined ? ['completion_tokens'] : []),
        ...(isPositive(beyond) && provider !== 'google' ? ['total_tokens'] : []),
        ...searched(response),
      ],
    }),
  ];
};

const SAID_ELSEWHERE = [
  'prompt_tokens_details.text_tokens',
  'completion_tokens_details.text_tokens',
  'completion_tokens_details.accepted_prediction_tokens',
  'completion_tokens_details.rejected_prediction_tokens',
  'prompt_cache_miss_tokens',
  'cost',
  'cost_in_usd_ticks',
  'cost_details.upstream_inference_cost',
  'cost_details.upstream_inference_prompt_cost',
  'cost_details.upstream_inference_completions_cost',
];

function namesOf(response: unknown): Pick<UsagePart, 'model' | 'tier'> {
  const tier = textAt(response, 'service_tier');
  // Groq's word for the standard.
  return { model: textAt(response, 'model'), tier: tier === 'on_demand' ? 'standard' : tier };
}

/** Models that search the web are billed by the search, which the usage does not count. */
function searched(response: unknown): string[] {
  return /-search-(preview|api)/.test(textAt(response, 'model') ?? '') && listAt(response, 'choices').length > 0
    ? ['web searches']
    : [];
}
