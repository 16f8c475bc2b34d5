import { readAnthropicMessages } from './anthropic-messages.ts';
import { readGemini, readImageCount } from './gemini.ts';
import { readOpenaiChat } from './openai-chat.ts';
import { readOpenaiImages, readOpenaiRealtime, readOpenaiTranscription } from './openai-media.ts';
import { readOpenaiResponses } from './openai-responses.ts';
import { readBedrockConverse, readMistralOcr, readOpenTelemetry } from './other-apis.ts';
import type { UsageReader } from './usage-part.ts';

/** The forms in which APIs answer, whoever is behind them. */
export const readers = {
  /** Chat completions and embeddings; also Azure, Mistral, xAI, DeepSeek, OpenRouter and gateways. */
  'openai-chat': readOpenaiChat,
  'openai-responses': readOpenaiResponses,
  'openai-images': readOpenaiImages,
  'openai-realtime': readOpenaiRealtime,
  'openai-transcription': readOpenaiTranscription,
  /** Also Bedrock's InvokeModel and Vertex, where they answer in this form. */
  'anthropic-messages': readAnthropicMessages,
  gemini: readGemini,
  /** Pictures in `predictions` or `data`, billed by the piece. */
  'image-count': readImageCount,
  'bedrock-converse': readBedrockConverse,
  'mistral-ocr': readMistralOcr,
  /** `{ attributes }` of a span. */
  opentelemetry: readOpenTelemetry,
} as const satisfies Record<string, UsageReader>;

export type ResponseFormat = keyof typeof readers;
