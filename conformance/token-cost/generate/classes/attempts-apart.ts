import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture, type Line } from '../builder.ts';
import { answered, call, claude, streamed } from '../calls.ts';
import { price, type Seller } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('attempts', draft);
const day = '2026-06-01';
const failed = { error: { type: 'server_error', code: 'overloaded', message: 'The server is overloaded.' } };

const opus = claude.opus45;
/** Two calls to chat completions; the second answers what the first could not. */
function fallback(first: string, second: string, at: number): Fixture {
  const [one, two] = [
    { prompt: 3000 + at, completion: 20 },
    { prompt: 3000 + at, completion: 450 },
  ];
  const lines = (model: string, { prompt, completion }: typeof one): Line[] => [
    [prompt, price('openai', model, 'input')],
    [completion, price('openai', model, 'output')],
  ];
  return make({
    name: `fallback-${first}-${second}`,
    provider: 'openai',
    title: 'A first answer that was not good enough and a second by another model: each at its own price',
    day,
    calls: [
      call('openai-chat', 'openai', first, body.openaiChat(answered(first), one)),
      call('openai-chat', 'openai', second, body.openaiChat(answered(second), two)),
    ],
    lines: [...lines(first, one), ...lines(second, two)],
  });
}

const fallbacks = (
  [
    ['gpt-4.1-nano', 'gpt-4.1'],
    ['gpt-5-nano', 'gpt-5'],
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-5', 'o4-mini'],
    ['gpt-4.1', 'gpt-4.1-mini'],
  ] as const
).map(([first, second], at) => fallback(first, second, at));

const across: readonly (readonly [Seller, Seller])[] = [
  ['anthropic', 'openai'],
  ['openai', 'anthropic'],
  ['google', 'anthropic'],
  ['openai', 'google'],
];
const acrossProviders = across.map(([first, second]) => {
  const attempt = (seller: Seller, output: number) => {
    if (seller === 'anthropic')
      return {
        call: call(
          'anthropic-messages',
          seller,
          claude.sonnet4.asked,
          body.anthropic(claude.sonnet4.asked, { input: 2000, output, read: 500 }),
        ),
        lines: [
          [2000, price(seller, 'Claude Sonnet 4', 'input')],
          [500, price(seller, 'Claude Sonnet 4', 'cache read')],
          [output, price(seller, 'Claude Sonnet 4', 'output')],
        ] satisfies Line[],
      };
    if (seller === 'google')
      return {
        call: call(
          'gemini',
          seller,
          'gemini-2.5-flash',
          body.gemini('gemini-2.5-flash', { prompt: 2100, candidates: output }),
        ),
        lines: [
          [2100, price(seller, 'gemini-2.5-flash', 'input')],
          [output, price(seller, 'gemini-2.5-flash', 'output')],
        ] satisfies Line[],
      };
    return {
      call: call(
        'openai-chat',
        seller,
        'gpt-4.1',
        body.openaiChat(answered('gpt-4.1'), { prompt: 1900, completion: output }),
      ),
      lines: [
        [1900, price('openai', 'gpt-4.1', 'input')],
        [output, price('openai', 'gpt-4.1', 'output')],
      ] satisfies Line[],
    };
  };
  const attempts = [attempt(first, 7), attempt(second, 333)];
  return make({
    name: `across-${first}-${second}`,
    provider: first,
    title: 'A fallback to another provider: each attempt by the counts and prices of its own',
    day,
    calls: attempts.map((each) => each.call),
    lines: attempts.flatMap((each) => each.lines),
  });
});

const retries = (['gpt-4o', 'gpt-5-mini'] as const).map((model) =>
  make({
    name: `retry-after-error-${model}`,
    provider: 'openai',
    title: 'Two attempts that were refused are not billed; the third is, once',
    day,
    calls: [
      call('openai-chat', 'openai', model, failed),
      call('openai-chat', 'openai', model, failed),
      call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt: 640, completion: 81 })),
    ],
    lines: [
      [640, price('openai', model, 'input')],
      [81, price('openai', model, 'output')],
    ],
  }),
);

const invalid = (['gpt-4.1-mini', 'gpt-5'] as const).map((model) =>
  make({
    name: `retry-after-answer-${model}`,
    provider: 'openai',
    title:
      'Three answers to one question, of which two did not parse: all three are billed, the later ones from the cache',
    day,
    calls: [
      call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt: 2400, completion: 100 })),
      call(
        'openai-chat',
        'openai',
        model,
        body.openaiChat(answered(model), { prompt: 2450, completion: 110, cached: 2304 }),
      ),
      call(
        'openai-chat',
        'openai',
        model,
        body.openaiChat(answered(model), { prompt: 2475, completion: 120, cached: 2432 }),
      ),
    ],
    lines: [
      ['2400 + 2450 + 2475 - 2304 - 2432', price('openai', model, 'input')],
      ['2304 + 2432', price('openai', model, 'cached input')],
      ['100 + 110 + 120', price('openai', model, 'output')],
    ],
  }),
);

const routed = (
  [
    ['openai/gpt-4.1', 'openai/gpt-4o-mini'],
    ['openai/gpt-5', 'x-ai/grok-code-fast-1'],
  ] as const
).map(([asked, got]) =>
  make({
    name: `routed-${got.replace('/', '-')}`,
    provider: 'openrouter',
    title: 'A gateway that answered with another model than was asked for: the answer says which',
    day,
    calls: [call('openai-chat', 'openrouter', asked, body.openrouterChat(got, { prompt: 1234, completion: 567 }))],
    lines: [
      [1234, price('openrouter', got, 'input')],
      [567, price('openrouter', got, 'output')],
    ],
  }),
);

const rest = [
  make({
    name: 'broken-stream',
    provider: 'anthropic',
    title: 'A stream that was stopped had begun: what its last event counted is billed, and so is the retry',
    day,
    calls: [
      streamed(
        'anthropic-messages',
        'anthropic',
        claude.haiku45.asked,
        body.anthropicStream(claude.haiku45.asked, { input: 1800, output: 64 }),
      ),
      call(
        'anthropic-messages',
        'anthropic',
        claude.haiku45.asked,
        body.anthropic(claude.haiku45.asked, { input: 1800, output: 512 }),
      ),
    ],
    lines: [
      ['1800 + 1800', price('anthropic', claude.haiku45.sheet, 'input')],
      ['64 + 512', price('anthropic', claude.haiku45.sheet, 'output')],
    ],
  }),
  make({
    name: 'fallback-to-unknown',
    provider: 'openai',
    title: 'A fallback to a model that no page has: the whole is not known, and more than its known part',
    day,
    calls: [
      call('openai-chat', 'openai', 'gpt-4o', body.openaiChat(answered('gpt-4o'), { prompt: 100, completion: 5 })),
      call('openai-chat', 'openai', 'in-house-7b', body.openaiChat('in-house-7b', { prompt: 100, completion: 50 })),
    ],
    unpriced: 'No page has the model of the second attempt.',
  }),
  make({
    name: 'all-refused',
    provider: 'anthropic',
    title: 'Every attempt was refused: nothing was billed, and that is known',
    day,
    calls: [
      call('anthropic-messages', 'anthropic', opus.asked, { type: 'error', ...failed }),
      call('anthropic-messages', 'anthropic', claude.sonnet4.asked, { type: 'error', ...failed }),
    ],
  }),
  make({
    name: 'batch-then-direct',
    provider: 'openai',
    title: 'A request of a batch that was asked again directly: each by its tier',
    day,
    calls: [
      call('openai-chat', 'openai', 'gpt-4.1', body.openaiChat(answered('gpt-4.1'), { prompt: 900, completion: 45 }), {
        tier: 'batch',
      }),
      call('openai-chat', 'openai', 'gpt-4.1', body.openaiChat(answered('gpt-4.1'), { prompt: 901, completion: 46 })),
    ],
    lines: [
      [900, price('openai', 'gpt-4.1', 'input'), '0.5'],
      [45, price('openai', 'gpt-4.1', 'output'), '0.5'],
      [901, price('openai', 'gpt-4.1', 'input')],
      [46, price('openai', 'gpt-4.1', 'output')],
    ],
  }),
];

export const attemptsApart: readonly Fixture[] = [
  ...fallbacks,
  ...acrossProviders,
  ...retries,
  ...invalid,
  ...routed,
  ...rest,
];
