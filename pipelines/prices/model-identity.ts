import type { ModelIdentity } from './price-book.ts';

/** Who made a model and what its family is called, by its name; the first that fits. */
const FAMILIES: readonly (readonly [name: RegExp, developer: string, family: string])[] = [
  [/claude/, 'Anthropic', 'Claude'],
  [/deepseek/, 'DeepSeek', 'DeepSeek'],
  [/(^|[/.])(ft:)?(chatgpt|gpt)-/, 'OpenAI', 'GPT'],
  [/(^|[/.])o[134](-|$)/, 'OpenAI', 'o-series'],
  [/text-embedding-(3|ada)/, 'OpenAI', 'Text Embedding'],
  [/(^|[/.])whisper-/, 'OpenAI', 'Whisper'],
  [/gemini/, 'Google', 'Gemini'],
  [/gemma/, 'Google', 'Gemma'],
  [/grok-/, 'xAI', 'Grok'],
  [/(mi|code|dev|magi|mini)stral|mixtral|pixtral|voxtral/, 'Mistral AI', 'Mistral'],
  [/llama/, 'Meta', 'Llama'],
  [/qwen|qwq/, 'Alibaba', 'Qwen'],
  [/kimi/, 'Moonshot AI', 'Kimi'],
  [/(^|[/.])glm-/, 'Z.ai', 'GLM'],
  [/minimax/, 'MiniMax', 'MiniMax'],
  [/nova-(micro|lite|pro|premier|2|sonic)/, 'Amazon', 'Nova'],
  [/titan-/, 'Amazon', 'Titan'],
  [/(^|[/.])(command|cohere)/, 'Cohere', 'Command'],
  [/(^|[/.])sonar/, 'Perplexity', 'Sonar'],
];

const DATED = /[-@](20\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[-:@]|$)/;

/** @param id the list's name. @param delivered the name in the usage, which may be dated. */
export function modelIdentity(id: string, delivered: string): ModelIdentity {
  const [, developer = null, family = null] = FAMILIES.find(([name]) => name.test(id.toLowerCase())) ?? [];
  const [, year, month, day] = DATED.exec(delivered) ?? [];
  return { developer, family, id, version: year === undefined ? null : `${year}-${month}-${day}` };
}
