import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture, type Line } from '../builder.ts';
import { answered, call, claude, streamed } from '../calls.ts';
import { otherPrice, price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('streamed', draft);
const day = '2026-06-01';
const same = 'The same request buffered and streamed: what it costs must be the same';

const chat = (['gpt-4o', 'gpt-4.1', 'gpt-5', 'gpt-4.1-nano'] as const).flatMap((model, at) => {
  const counts = { prompt: 4000 + at, completion: 350, cached: 3072, reasoning: 0 };
  const lines: Line[] = [
    [`${counts.prompt} - 3072`, price('openai', model, 'input')],
    [3072, price('openai', model, 'cached input')],
    [350, price('openai', model, 'output')],
  ];
  const common = { provider: 'openai', title: same, day, lines } as const;
  return [
    make({
      ...common,
      name: `chat-${model}-buffered`,
      calls: [call('openai-chat', 'openai', model, body.openaiChat(answered(model), counts))],
    }),
    make({
      ...common,
      name: `chat-${model}-streamed`,
      calls: [streamed('openai-chat', 'openai', model, body.openaiChatStream(answered(model), counts))],
    }),
  ];
});

const responses = (['gpt-5', 'gpt-5.2'] as const).map((model, at) =>
  make({
    name: `responses-${model}`,
    provider: 'openai',
    title: 'Only the last event of a stream of responses has the usage, and the tier that was granted',
    day,
    calls: [
      streamed(
        'openai-responses',
        'openai',
        model,
        body.openaiResponsesStream(answered(model), { input: 2200, output: 640 + at, cached: 2048, reasoning: 512 }),
      ),
    ],
    lines: [
      ['2200 - 2048', price('openai', model, 'input')],
      [2048, price('openai', model, 'cached input')],
      [640 + at, price('openai', model, 'output')],
    ],
  }),
);

const flex = (['gpt-5', 'gpt-5-mini', 'gpt-5-nano'] as const).map((model) =>
  make({
    name: `flex-${model}`,
    provider: 'openai',
    title: 'A tier that only the stream’s chunks name',
    day,
    calls: [
      streamed(
        'openai-chat',
        'openai',
        model,
        body.openaiChatStream(answered(model), { prompt: 8000, completion: 900 }, 'flex'),
        {
          tier: 'flex',
        },
      ),
    ],
    lines: [
      [8000, price('openai', model, 'input'), '0.5'],
      [900, price('openai', model, 'output'), '0.5'],
    ],
  }),
);

const anthropic = [claude.sonnet4, claude.opus41, claude.haiku45, claude.opus45].map(({ asked, sheet }, at) =>
  make({
    name: `messages-${asked}`,
    provider: 'anthropic',
    title: 'Input and cache at the start, output at the end, running totals in both: none are added up',
    day,
    calls: [
      streamed(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropicStream(asked, { input: 25, output: 1500 + at, read: 30000, five: 400, hour: 600 }),
      ),
    ],
    lines: [
      [25, price('anthropic', sheet, 'input')],
      [30000, price('anthropic', sheet, 'cache read')],
      [400, price('anthropic', sheet, 'cache write, 5 minutes')],
      [600, price('anthropic', sheet, 'cache write, 1 hour')],
      [1500 + at, price('anthropic', sheet, 'output')],
    ],
  }),
);

const google = (['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.0-flash'] as const).map((model, at) =>
  make({
    name: `gemini-${model}`,
    provider: 'google',
    title: 'Every chunk says the prompt again: it is billed once',
    day,
    calls: [
      streamed(
        'gemini',
        'google',
        model,
        body.geminiStream(model, {
          prompt: 3000,
          candidates: 400 + at,
          ...(model !== 'gemini-2.0-flash' && { thoughts: 200 }),
        }),
      ),
    ],
    lines: [
      [3000, price('google', model, 'input')],
      [model === 'gemini-2.0-flash' ? 402 : `${400 + at} + 200`, price('google', model, 'output')],
    ],
  }),
);

const running = (['grok-3', 'grok-3-mini'] as const).map((model) =>
  make({
    name: `running-${model}`,
    provider: 'xai',
    title: 'A stream whose every chunk has choices and a running usage: the last holds',
    day: '2026-03-01',
    calls: [
      streamed('openai-chat', 'xai', model, [
        {
          model,
          choices: [{ index: 0, finish_reason: null }],
          usage: { prompt_tokens: 700, completion_tokens: 1, total_tokens: 701 },
        },
        {
          model,
          choices: [{ index: 0, finish_reason: null }],
          usage: { prompt_tokens: 700, completion_tokens: 40, total_tokens: 740 },
        },
        {
          model,
          choices: [{ index: 0, finish_reason: null }],
          usage: { prompt_tokens: 700, completion_tokens: 80, total_tokens: 780 },
        },
        {
          model,
          choices: [{ index: 0, finish_reason: 'stop' }],
          usage: { prompt_tokens: 700, completion_tokens: 90, total_tokens: 790 },
        },
      ]),
    ],
    lines: [
      [700, price('xai', model, 'input')],
      [90, price('xai', model, 'output')],
    ],
  }),
);

const rest = [
  make({
    name: 'usage-with-choices',
    provider: 'mistral',
    title: 'The last chunk has usage and choices at once',
    day,
    calls: [
      streamed('openai-chat', 'mistral', 'mistral-medium-2508', [
        { model: 'mistral-medium-2508', choices: [{ index: 0, finish_reason: null }] },
        {
          model: 'mistral-medium-2508',
          choices: [{ index: 0, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1200, completion_tokens: 340, total_tokens: 1540 },
        },
      ]),
    ],
    lines: [
      [1200, price('mistral', 'mistral-medium-2508', 'input')],
      [340, price('mistral', 'mistral-medium-2508', 'output')],
    ],
  }),
  make({
    name: 'converse-stream',
    provider: 'bedrock',
    title: 'Bedrock’s last event is metadata, and all that there is',
    day,
    calls: [
      streamed(
        'bedrock-converse',
        'bedrock',
        'amazon.nova-pro-v1:0',
        body.converseStream({ input: 800, output: 210, read: 640 }),
      ),
    ],
    lines: [
      [800, price('bedrock', 'Nova Pro', 'input')],
      [640, price('bedrock', 'Nova Pro', 'cached input')],
      [210, price('bedrock', 'Nova Pro', 'output')],
    ],
  }),
  make({
    name: 'searches-in-the-delta',
    provider: 'anthropic',
    title: 'Searches are counted in the last event only',
    day,
    calls: [
      streamed(
        'anthropic-messages',
        'anthropic',
        claude.sonnet4.asked,
        body.anthropicStream(claude.sonnet4.asked, { input: 9000, output: 700, searches: 3 }),
      ),
    ],
    lines: [
      [9000, price('anthropic', 'Claude Sonnet 4', 'input')],
      [700, price('anthropic', 'Claude Sonnet 4', 'output')],
      [3, otherPrice('Claude web search')],
    ],
  }),
  make({
    name: 'without-usage',
    provider: 'openai',
    title: 'A stream for which no usage was asked: nothing is known, which is not 0',
    day,
    calls: [
      streamed('openai-chat', 'openai', 'gpt-4o', [
        { model: 'gpt-4o-2024-08-06', choices: [{ index: 0, finish_reason: null }] },
        { model: 'gpt-4o-2024-08-06', choices: [{ index: 0, finish_reason: 'stop' }] },
      ]),
    ],
    unpriced: 'No event has a usage.',
  }),
  make({
    name: 'unknown-alias',
    provider: 'openai',
    title: 'A streamed call of an alias that nobody knows',
    day,
    calls: [
      streamed(
        'openai-chat',
        'openai',
        'fast-chat',
        body.openaiChatStream('fast-chat', { prompt: 500, completion: 60 }),
      ),
    ],
    unpriced: 'No page has a model of this name.',
  }),
];

export const streamedResponses: readonly Fixture[] = [
  ...chat,
  ...responses,
  ...flex,
  ...anthropic,
  ...google,
  ...running,
  ...rest,
];
