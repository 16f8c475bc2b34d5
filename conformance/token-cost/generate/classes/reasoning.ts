import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('reasoning', draft);
const day = '2026-06-01';

const chat = (['o4-mini', 'gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-5.1', 'o3'] as const).map((model, at) =>
  make({
    name: `chat-${model}`,
    provider: 'openai',
    title: 'Reasoning is inside of the completion: neither added to it nor all of it',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        model,
        body.openaiChat(answered(model), { prompt: 73 + at, completion: 482, reasoning: 448 }),
      ),
    ],
    lines: [
      [73 + at, price('openai', model, 'input')],
      [482, price('openai', model, 'output')],
    ],
  }),
);

const responses = (['gpt-5', 'gpt-5.1', 'gpt-5.2', 'o3', 'o4-mini'] as const).map((model, at) =>
  make({
    name: `responses-${model}`,
    provider: 'openai',
    title: 'Reasoning is inside of the output, which is almost all of it',
    day,
    calls: [
      call(
        'openai-responses',
        'openai',
        model,
        body.openaiResponses(answered(model), { input: 1500, output: 9000 + at, reasoning: 8960, cached: 1024 }),
      ),
    ],
    lines: [
      ['1500 - 1024', price('openai', model, 'input')],
      [1024, price('openai', model, 'cached input')],
      [9000 + at, price('openai', model, 'output')],
    ],
  }),
);

const google = (
  [
    'gemini-2.5-pro',
    'gemini-2.5-flash',
    'gemini-2.5-flash-lite',
    'gemini-3-flash-preview',
    'gemini-3-pro-preview',
  ] as const
).map((model, at) =>
  make({
    name: `thoughts-${model}`,
    provider: 'google',
    title: 'Thoughts are beside the candidates, and billed as output',
    day,
    calls: [
      call('gemini', 'google', model, body.gemini(model, { prompt: 1000, candidates: 150 + at, thoughts: 2750 })),
    ],
    lines: [
      [1000, price('google', model, 'input')],
      [`${150 + at} + 2750`, price('google', model, 'output')],
    ],
  }),
);

const anthropic = [claude.sonnet4, claude.opus41, claude.opus45].map(({ asked, sheet }, at) =>
  make({
    name: `thinking-${asked}`,
    provider: 'anthropic',
    title: 'Thinking is inside of the output',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 300, output: 5300 + at, thinking: 5000 }),
      ),
    ],
    lines: [
      [300, price('anthropic', sheet, 'input')],
      [5300 + at, price('anthropic', sheet, 'output')],
    ],
  }),
);

const xai = (
  [
    ['grok-3-mini', 'grok-3-mini'],
    ['grok-4-fast', 'grok-4-fast'],
    ['grok-code-fast-1', 'grok-code-fast-1'],
  ] as const
).map(([model, sheet], at) =>
  make({
    name: `beside-${model}`,
    provider: 'xai',
    title: 'xAI reports reasoning beside the completion, and bills both',
    day: '2026-03-01',
    calls: [
      call(
        'openai-chat',
        'xai',
        model,
        body.xaiChat(model, { prompt: 32, completion: 9 + at, reasoning: 648, cached: 8 }),
      ),
    ],
    lines: [
      ['32 - 8', price('xai', sheet, 'input')],
      [8, price('xai', sheet, 'cached input')],
      [`${9 + at} + 648`, price('xai', sheet, 'output')],
    ],
  }),
);

const rest = [
  make({
    name: 'deepseek-v4-pro',
    provider: 'deepseek',
    title: 'Reasoning is inside of the completion',
    day,
    calls: [
      call(
        'openai-chat',
        'deepseek',
        'deepseek-v4-pro',
        body.deepseekChat('deepseek-v4-pro', { prompt: 200, completion: 3000, cached: 128, reasoning: 2500 }),
      ),
    ],
    lines: [
      [72, price('deepseek', 'deepseek-v4-pro', 'input')],
      [128, price('deepseek', 'deepseek-v4-pro', 'cached input')],
      [3000, price('deepseek', 'deepseek-v4-pro', 'output')],
    ],
  }),
  make({
    name: 'all-reasoning',
    provider: 'openai',
    title: 'An answer that was cut off while reasoning: all of the output is reasoning, and billed',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-5-mini',
        body.openaiChat(answered('gpt-5-mini'), { prompt: 50, completion: 4096, reasoning: 4096 }),
      ),
    ],
    lines: [
      [50, price('openai', 'gpt-5-mini', 'input')],
      [4096, price('openai', 'gpt-5-mini', 'output')],
    ],
  }),
  make({
    name: 'only-thoughts',
    provider: 'google',
    title: 'Thoughts and no candidates: the count of candidates is left out',
    day,
    calls: [
      call('gemini', 'google', 'gemini-2.5-flash', {
        candidates: [{ finishReason: 'MAX_TOKENS', index: 0 }],
        modelVersion: 'gemini-2.5-flash',
        usageMetadata: {
          promptTokenCount: 40,
          totalTokenCount: 1063,
          promptTokensDetails: [{ modality: 'TEXT', tokenCount: 40 }],
          thoughtsTokenCount: 1023,
        },
      }),
    ],
    lines: [
      [40, price('google', 'gemini-2.5-flash', 'input')],
      [1023, price('google', 'gemini-2.5-flash', 'output')],
    ],
  }),
  ...(['gemini-2.5-flash', 'gemini-2.5-pro'] as const).map((model) =>
    make({
      name: `in-total-${model}`,
      provider: 'google',
      title: 'Gemini in OpenAI’s form: thoughts are in the total alone',
      day,
      calls: [
        call('openai-chat', 'google', model, {
          object: 'chat.completion',
          model,
          choices: [{ index: 0, finish_reason: 'stop' }],
          usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 1620 },
        }),
      ],
      lines: [
        [100, price('google', model, 'input')],
        ['1620 - 100', price('google', model, 'output')],
      ],
    }),
  ),
  make({
    name: 'azure-o4-mini',
    provider: 'azure',
    title: 'Reasoning behind a deployment that is named as its model is',
    day,
    calls: [
      call(
        'openai-chat',
        'azure',
        'o4-mini',
        body.openaiChat('o4-mini-2025-04-16', { prompt: 90, completion: 700, reasoning: 640 }, null),
      ),
    ],
    lines: [
      [90, price('azure', 'o4-mini', 'input')],
      [700, price('azure', 'o4-mini', 'output')],
    ],
  }),
  make({
    name: 'openrouter-gpt-5',
    provider: 'openrouter',
    title: 'Reasoning through OpenRouter is inside of the completion',
    day,
    calls: [
      call(
        'openai-chat',
        'openrouter',
        'openai/gpt-5',
        body.openrouterChat('openai/gpt-5', { prompt: 600, completion: 2000, reasoning: 1800 }),
      ),
    ],
    lines: [
      [600, price('openrouter', 'openai/gpt-5', 'input')],
      [2000, price('openrouter', 'openai/gpt-5', 'output')],
    ],
  }),
  make({
    name: 'predicted-outputs',
    provider: 'openai',
    title: 'Predictions that were rejected are inside of the completion, and billed once',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-4o',
        body.openaiChat(answered('gpt-4o'), { prompt: 260, completion: 310, accepted: 180, rejected: 45 }),
      ),
    ],
    lines: [
      [260, price('openai', 'gpt-4o', 'input')],
      [310, price('openai', 'gpt-4o', 'output')],
    ],
  }),
];

export const reasoning: readonly Fixture[] = [...chat, ...responses, ...google, ...anthropic, ...xai, ...rest];
