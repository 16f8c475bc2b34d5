import { quoteText } from '../landing/session.ts';
import { lookUpSql } from '../providers/look-up.ts';

/**
 * AI on the bills of clouds: which model, whose, tokens in or out, from a cache or not, in which tier, told from the text that
 * a bill has for it. Amazon Bedrock writes usage types (`USE1-Claude4Sonnet-input-tokens-cross-region-global-batch`,
 * `USE1-MP:USE1_CacheWrite1hInputTokenCount_Global-Units` beside the product `Claude Sonnet 4.5 (Amazon Bedrock Edition)`), Google SKUs
 * (`Gemini 2.5 Flash Lite Text Input - Predictions`), Azure meters (`gpt 4o 0513 Input global Tokens`). All come down to
 * words, and the same words mean the same. What they do not tell is null. Nothing here is money or a quantity.
 */

/** Our columns for it, named as those of usage from the providers of AI. */
export const cloudModelColumns = [
  'x_ModelDeveloper',
  'x_ModelId',
  'x_ServiceTier',
  'x_TokenCacheAction',
  'x_TokenDirection',
] as const;

/** Columns that {@link cloudModelSql} reads: `ai_words`, null on rows that are not of AI, and `ai_model`. */
export function cloudModelHelpers(text: string, isAi: string): string[] {
  const words = `CASE WHEN ${isAi} THEN ${wordsSql(text)} END`;
  return [`${words} AS ai_words`, `${modelSql(words)} AS ai_model`];
}

/** Amazon Bedrock: `usage_type` and the product's name, which alone has the model on lines of the Marketplace. */
export const bedrockText = {
  text: `concat_ws(' ', usage_type, product_name)`,
  isAi: `(contains(product_code, 'Bedrock') OR COALESCE(product_name LIKE '%(Amazon Bedrock Edition)', false))`,
};

/** Vertex AI and the Gemini API: the name of the SKU, in the columns of Google's export. */
export const vertexText = {
  text: 'sku_name',
  isAi: `regexp_matches(lower(concat_ws(' ', service_name, sku_name)), 'vertex ai|gemini|claude')`,
};

/** Azure OpenAI and Foundry: names of meter and product, in the columns of Azure's cost details. */
export const azureText = {
  text: 'COALESCE(meter_name, product_name)',
  isAi: `regexp_matches(lower(concat_ws(' ', meter_category, meter_sub_category, product_name)), 'openai|foundry')`,
};

/** `USE1-Claude4Sonnet-input-tokens` becomes `use1 claude 4 sonnet input tokens`; points stay. */
function wordsSql(text: string): string {
  const letters = `regexp_replace(${text}, '([a-z])([A-Z])|([A-Za-z]{2})([0-9])', '\\1\\3 \\2\\4', 'g')`;
  const split = `regexp_replace(${letters}, '([0-9])([A-Z][a-z])', '\\1 \\2', 'g')`;
  const words = `regexp_replace(lower(${split}), '[^a-z0-9.]+', ' ', 'g')`;
  return `replace(${words}, 'deep seek', 'deepseek')`;
}

/** Names of models as words, without the date and without what else a text says. The first that fits counts. */
const MODELS = [
  'claude (?:(?:opus|sonnet|haiku) [0-9]{1,2}(?:[. ][0-9]{1,2}\\b)?|[0-9]{1,2}(?:[. ][0-9]{1,2}\\b)?(?: (?:opus|sonnet|haiku))?(?: v[0-9])?|instant)',
  // Lite before Flash alone: they are two models.
  'gemini [0-9](?:\\.[0-9]+)? (?:pro|flash lite|flash|ultra)(?: live)?',
  'gpt (?:oss [0-9]+ ?b|[0-9]+(?:\\.[0-9]+)?(?: ?o)?\\b(?: (?:mini|nano|turbo|pro|codex|realtime|rt|audio|transcribe|tts|image|chat)\\b)*)',
  'o[134](?: (?:mini|pro|deep research))?\\b',
  '(?:text )?embedding (?:ada|3 small|3 large)',
  'nova (?:[0-9] )?(?:micro|lite|pro|premier|sonic|canvas|reel)',
  'titan (?:multimodal )?(?:text|image|embeddings?|embed)(?: (?:generator|embeddings?|text|image|express|lite|premier|g[0-9]|v[0-9]))*',
  'llama [0-9](?:[. ][0-9]\\b)?(?: (?:[0-9]+ ?b|scout|maverick|chat|vision|instruct)\\b)*',
  '(?:mi[ns]tral|ministral|mixtral|pixtral|codestral|magistral|voxtral|devstral)(?: (?:large|medium|small|nemo|ocr|[0-9]+x?[0-9]* ?b|[0-9]{1,2}|2[0-9]{3})\\b)*',
  'deepseek (?:r[0-9]|v[0-9](?:\\.[0-9])?)',
  'grok [0-9](?:\\.[0-9]+)?(?: (?:fast|mini|code))*',
  'qwen ?[0-9](?:\\.[0-9])?(?: (?:coder|next|vl|max|[0-9]+ ?b|a[0-9]+ ?b)\\b)*',
  'cohere (?:command(?: (?:r plus|r|a|light))?|embed(?: [v0-9.]+)?|rerank(?: [v0-9.]+)?)',
  'jamba (?:[0-9.]+ )?(?:large|mini|instruct)',
  'kimi k[0-9](?:\\.[0-9])?(?: thinking)?',
  'phi [0-9](?:\\.[0-9])?(?: (?:mini|medium|small|vision|multimodal))*',
] as const;

/** Who made a model, by the first word of its name. */
const DEVELOPERS = {
  claude: 'Anthropic',
  gemini: 'Google',
  gpt: 'OpenAI',
  o1: 'OpenAI',
  o3: 'OpenAI',
  o4: 'OpenAI',
  text: 'OpenAI',
  nova: 'Amazon',
  titan: 'Amazon',
  llama: 'Meta',
  mistral: 'Mistral AI',
  ministral: 'Mistral AI',
  mixtral: 'Mistral AI',
  pixtral: 'Mistral AI',
  codestral: 'Mistral AI',
  magistral: 'Mistral AI',
  voxtral: 'Mistral AI',
  devstral: 'Mistral AI',
  deepseek: 'DeepSeek',
  grok: 'xAI',
  qwen: 'Alibaba',
  cohere: 'Cohere',
  jamba: 'AI21 Labs',
  kimi: 'Moonshot AI',
  phi: 'Microsoft',
};

/**
 * The model's id in the writing of its developer, without its date: `claude-sonnet-4-5` and `claude-3-5-haiku`, `gpt-4.1-mini`,
 * `gemini-2.5-flash-lite`.
 */
function modelSql(words: string): string {
  const found = `nullif(regexp_extract(${words}, ${quoteText(`\\b(?:${MODELS.join('|')})`)}), '')`;
  const steps: readonly (readonly [pattern: string, written: string])[] = [
    // The splitting of words has gone too far: `4 o`, `70 b`, `qwen 3`.
    ['\\b([0-9x]+) (o|b)\\b', '\\1\\2'],
    ['^(qwen) ', '\\1'],
    ['^gpt 35\\b', 'gpt 3.5'],
    ['\\brt\\b', 'realtime'],
    ['^(?:text )?embedding ada$', 'text embedding ada 002'],
    ['^embedding', 'text embedding'],
    [' ', '-'],
    // Since its fourth, the generation of Claude stands behind the name.
    ['^claude-([4-9]|[1-9][0-9])([.-][0-9]+)?-(opus|sonnet|haiku)', 'claude-\\3-\\1\\2'],
    ['^(claude-.*)[.]', '\\1-'],
  ];
  return steps.reduce(
    (sql, [pattern, written]) => `regexp_replace(${sql}, ${quoteText(pattern)}, ${quoteText(written)}, 'g')`,
    found,
  );
}

/** Words of the row that say it. */
const says = (pattern: string) => `regexp_matches(ai_words, ${quoteText(`\\b(?:${pattern})\\b`)})`;

const IS_INPUT = says('input|inpt|inp|prompt');
const IS_OUTPUT = says('output|outpt|outp|completion');
/** Neither training nor what is kept of it, nor what a cache holds by the hour, counts tokens in or out. */
const IS_OTHER = says('customization|fine tun(?:e|ing)|ft|training|storage|hosting|guardrail|model units');
const IS_CACHE = says('cached?|caching|cchd|cache(?:read|write)');
const IS_CACHE_WRITE = says('cach(?:e|ing) ?writes?');
const DIRECTION = `CASE WHEN ${IS_OTHER} OR (ai_model IS NULL AND NOT contains(ai_words, 'token')) THEN NULL
    WHEN ${IS_INPUT} THEN 'Input' WHEN ${IS_OUTPUT} THEN 'Output' WHEN ${IS_CACHE} THEN 'Input' END`;

/** SQL over rows with {@link cloudModelHelpers}. Standard is a null tier, as in usage from the providers of AI. */
export const cloudModelSql: Readonly<Record<(typeof cloudModelColumns)[number], string>> = {
  x_ModelDeveloper: lookUpSql(`split_part(ai_model, '-', 1)`, DEVELOPERS),
  x_ModelId: 'ai_model',
  x_ServiceTier: `CASE WHEN ai_words IS NULL THEN NULL WHEN ${says('batch')} THEN 'batch' WHEN ${says('priority')} THEN 'priority' WHEN ${says('flex')} THEN 'flex'
    WHEN ${says('provisioned|model units|ptus?')} THEN 'provisioned' WHEN ${says('reserved')} THEN 'reserved'
    WHEN ${says('latency optimized')} THEN 'latency-optimized' END`,
  x_TokenCacheAction: `CASE WHEN ai_words IS NULL OR COALESCE(${DIRECTION}, '') <> 'Input' THEN NULL
    WHEN ${IS_CACHE_WRITE} THEN 'Write' WHEN ${IS_CACHE} THEN 'Read' ELSE 'Uncached' END`,
  x_TokenDirection: `CASE WHEN ai_words IS NULL THEN NULL ELSE ${DIRECTION} END`,
};
