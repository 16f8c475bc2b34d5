import type { Call, Fixture } from '../../fixture.ts';
import { type Draft, fixture, type Line } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price, type Seller } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('daily-totals', draft);
const day = '2026-06-01';

/** So many requests that are the same: what a float loses in each, it loses that often. */
const many = (
  [
    ['gpt-4o', 100_003],
    ['gpt-4o-mini', 1_000_000],
    ['gpt-4.1', 70_007],
    ['gpt-4.1-nano', 2_345_678],
    ['gpt-5', 31_337],
    ['gpt-5-nano', 999_999],
    ['gpt-5.2', 4_321],
  ] as const
).map(([model, times], at) => {
  const [prompt, cached, completion] = [1733 + at, 1536, 211];
  return make({
    name: `many-${model}`,
    provider: 'openai',
    title: 'A day of requests that are all the same: their sum, to the last digit',
    day,
    calls: [
      call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt, cached, completion }), { times }),
    ],
    lines: [
      [`${prompt} - ${cached}`, price('openai', model, 'input'), times],
      [cached, price('openai', model, 'cached input'), times],
      [completion, price('openai', model, 'output'), times],
    ],
  });
});

const manyClaude = [claude.sonnet4, claude.haiku45, claude.opus41].map(({ asked, sheet }, at) => {
  const times = [12_345, 678_901, 777][at]!;
  return make({
    name: `many-${asked}`,
    provider: 'anthropic',
    title: 'A day of requests that are all the same: their sum, to the last digit',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 17, output: 333, read: 4097, five: 101, hour: 203 }),
        {
          times,
        },
      ),
    ],
    lines: [
      [17, price('anthropic', sheet, 'input'), times],
      [4097, price('anthropic', sheet, 'cache read'), times],
      [101, price('anthropic', sheet, 'cache write, 5 minutes'), times],
      [203, price('anthropic', sheet, 'cache write, 1 hour'), times],
      [333, price('anthropic', sheet, 'output'), times],
    ],
  });
});

/** The day’s tokens are far above the length from which requests are dearer; no request is. */
const belowTheBound = [
  make({
    name: 'many-short-gpt-5.4',
    provider: 'openai',
    title: 'Short requests whose sum is above the length at which long ones begin: the base price holds for each',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-5.4',
        body.openaiChat(answered('gpt-5.4'), { prompt: 9000, completion: 500 }),
        { times: 120 },
      ),
    ],
    lines: [
      [9000, price('openai', 'gpt-5.4', 'input'), 120],
      [500, price('openai', 'gpt-5.4', 'output'), 120],
    ],
  }),
  make({
    name: 'many-short-sonnet-4-5',
    provider: 'anthropic',
    title: 'Short requests whose sum is above the length at which long ones begin: the base price holds for each',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        claude.sonnet45.asked,
        body.anthropic(claude.sonnet45.asked, { input: 4500, output: 250 }),
        {
          times: 1000,
        },
      ),
    ],
    lines: [
      [4500, price('anthropic', 'Claude Sonnet 4.5', 'input'), 1000],
      [250, price('anthropic', 'Claude Sonnet 4.5', 'output'), 1000],
    ],
  }),
  make({
    name: 'many-short-gemini-2.5-pro',
    provider: 'google',
    title: 'Short requests whose sum is above the length at which long ones begin: the base price holds for each',
    day,
    calls: [
      call(
        'gemini',
        'google',
        'gemini-2.5-pro',
        body.gemini('gemini-2.5-pro', { prompt: 7100, candidates: 90, thoughts: 410 }),
        {
          times: 2500,
        },
      ),
    ],
    lines: [
      [7100, price('google', 'gemini-2.5-pro', 'input'), 2500],
      ['90 + 410', price('google', 'gemini-2.5-pro', 'output'), 2500],
    ],
  }),
];

const usual = (
  [
    ['xai', 'grok-3', 'grok-3', 5017],
    ['xai', 'grok-code-fast-1', 'grok-code-fast-1', 88_001],
    ['deepseek', 'deepseek-v4-flash', 'deepseek-v4-flash', 123_457],
    ['mistral', 'mistral-medium-2508', 'mistral-medium-2508', 60_013],
    ['mistral', 'codestral-2508', 'codestral-2508', 45_677],
    ['azure', 'gpt-4.1', 'gpt-4.1', 9_091],
    ['azure', 'gpt-5-mini', 'gpt-5-mini', 40_009],
    ['openrouter', 'openai/gpt-4.1', 'openai/gpt-4.1', 3_001],
  ] as const
).map(([seller, model, sheet, times], at) => {
  const [prompt, completion] = [613 + at, 87];
  return make({
    name: `many-${model.replaceAll('/', '-')}`,
    provider: seller,
    title: 'A day of requests that are all the same: their sum, to the last digit',
    day,
    calls: [call('openai-chat', seller, model, body.openaiChat(model, { prompt, completion }), { times })],
    lines: [
      [prompt, price(seller, sheet, 'input'), times],
      [completion, price(seller, sheet, 'output'), times],
    ],
  });
});

/** A day of several models, tiers and providers. */
function mixed(name: string, title: string, entries: readonly { call: Call; lines: readonly Line[] }[]): Fixture {
  return make({
    name,
    provider: entries[0]!.call.provider,
    title,
    day,
    calls: entries.map((entry) => entry.call),
    lines: entries.flatMap((entry) => entry.lines),
  });
}

function chat(seller: Seller, model: string, prompt: number, completion: number, times: number, batch = false) {
  const factors = batch ? ['0.5', times] : [times];
  return {
    call: call(
      'openai-chat',
      seller,
      model,
      body.openaiChat(model, { prompt, completion }, seller === 'openai' ? 'default' : null),
      {
        times,
        ...(batch && { tier: 'batch' }),
      },
    ),
    lines: [
      [prompt, price(seller, model, 'input'), ...factors],
      [completion, price(seller, model, 'output'), ...factors],
    ] satisfies Line[],
  };
}

function converse(model: string, sheet: string, input: number, output: number, times: number) {
  return {
    call: call('bedrock-converse', 'bedrock', model, body.converse({ input, output }), { times }),
    lines: [
      [input, price('bedrock', sheet, 'input'), times],
      [output, price('bedrock', sheet, 'output'), times],
    ] satisfies Line[],
  };
}

const days = [
  mixed('models-of-one-provider', 'A day of five models', [
    chat('openai', 'gpt-4o', 811, 77, 1201),
    chat('openai', 'gpt-4o-mini', 2011, 141, 90_001),
    chat('openai', 'gpt-4.1', 3067, 503, 407),
    chat('openai', 'gpt-5', 1511, 907, 613),
    chat('openai', 'gpt-5-nano', 601, 29, 55_555),
  ]),
  mixed('batch-and-direct', 'A day of which half ran in batches', [
    chat('openai', 'gpt-4.1-mini', 1999, 101, 20_011),
    chat('openai', 'gpt-4.1-mini', 1999, 101, 20_011, true),
    chat('openai', 'gpt-5', 4001, 1009, 331, true),
  ]),
  mixed('bedrock', 'A day on Bedrock', [
    converse('amazon.nova-micro-v1:0', 'Nova Micro', 907, 53, 300_007),
    converse('amazon.nova-pro-v1:0', 'Nova Pro', 1301, 211, 17_011),
    converse('anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4', 2203, 401, 2003),
  ]),
  mixed('providers', 'A day of three providers', [
    chat('openai', 'gpt-5-mini', 777, 333, 10_007),
    chat('mistral', 'mistral-medium-2508', 555, 222, 3003),
    chat('xai', 'grok-3', 444, 111, 808),
  ]),
  mixed('small', 'A day of one small request: no digit is too small', [chat('openai', 'gpt-5-nano', 1, 1, 1)]),
];

export const dailyTotals: readonly Fixture[] = [...many, ...manyClaude, ...belowTheBound, ...usual, ...days];
