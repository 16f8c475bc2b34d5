/** Response bodies as the APIs write them, without content. Counts that are left out are those that the API leaves out or zero. */
export { anthropic, anthropicStream, iteration } from './anthropic.ts';
export { converse, converseStream } from './bedrock.ts';
export { deepseekChat, mistralChat, openrouterChat, span, xaiChat } from './compatible.ts';
export { gemini, geminiStream } from './gemini.ts';
export { openaiChat, openaiChatStream, openaiResponses, openaiResponsesStream } from './openai.ts';
