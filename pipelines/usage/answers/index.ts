export { type AnswerLine, writeAnswers } from './answer-file.ts';
export { answerLimits, type CallOptions, callJson, retryAfter } from './call.ts';
export { numberText, parseExact } from './exact-json.ts';
export { usageMonths } from './months.ts';
export { allPages } from './pages.ts';
