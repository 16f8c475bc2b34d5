/** Whose model it is, by how its name begins: Langfuse keeps the name and not who was asked for it. */
const families: readonly (readonly [begins: RegExp, provider: string])[] = [
  [/^((us|eu|apac|global|jp|au)\.)?(anthropic|amazon|meta|cohere|mistral|ai21|deepseek|stability)\./, 'aws'],
  [/^(claude)/, 'anthropic'],
  [/^(gpt|chatgpt|o\d|text-embedding-(3|ada)|dall-e|whisper|tts|davinci|omni-moderation|codex|computer-use)/, 'openai'],
  [/^(gemini|imagen|veo|text-embedding-00|gemma)/, 'google'],
  [/^(open-)?(mistral|mixtral|codestral|ministral|magistral|pixtral|devstral|voxtral)/, 'mistral'],
  [/^grok/, 'x-ai'],
  [/^deepseek/, 'deepseek'],
  [/^(command|embed-|rerank)/, 'cohere'],
  [/^sonar/, 'perplexity'],
];

/** Frameworks write `provider/model` or `provider:model`. */
const written: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  gemini: 'google',
  vertex_ai: 'google',
  azure: 'azure',
  bedrock: 'aws',
  mistral: 'mistral',
  mistralai: 'mistral',
  xai: 'x-ai',
  'x-ai': 'x-ai',
  openrouter: 'openrouter',
  deepseek: 'deepseek',
  cohere: 'cohere',
};

export interface KnownModel {
  /** Id of the price book. */
  readonly provider: string;
  readonly model: string;
}

/** `bought` is who is asked for every model, where the settings say so. Undefined where nobody can tell. */
export function knownModel(name: string, bought: string | undefined): KnownModel | undefined {
  const [, before = '', rest = ''] = /^([a-z_-]+)[/:](.+)$/i.exec(name) ?? [];
  const told = Object.hasOwn(written, before.toLowerCase()) ? written[before.toLowerCase()] : undefined;
  // OpenRouter's own names have the maker before the slash.
  const model = told === undefined || bought === 'openrouter' ? name : rest;
  const provider = bought ?? told ?? families.find(([begins]) => begins.test(model.toLowerCase()))?.[1];
  return provider === undefined ? undefined : { provider, model };
}
