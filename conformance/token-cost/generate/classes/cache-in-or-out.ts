import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price, type Seller } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('cache-in-or-out', draft);

/** Where the cached tokens are inside of the input. */
function inside(
  provider: Seller,
  api: string,
  model: string,
  sheet: string,
  [prompt, cached, output]: readonly [number, number, number],
  response: unknown,
  day = '2026-06-01',
  title = 'The prompt has the cached tokens inside: they are taken out of it once',
): Fixture {
  return make({
    name: `${api}-${model.replaceAll('/', '-')}-${cached}`,
    provider,
    title,
    day,
    calls: [call(api, provider, model, response)],
    lines: [
      [`${prompt} - ${cached}`, price(provider, sheet, 'input')],
      [cached, price(provider, sheet, 'cached input')],
      [output, price(provider, sheet, 'output')],
    ],
  });
}

const openai = (['gpt-4o', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-5', 'gpt-5-mini', 'o4-mini'] as const).flatMap(
  (model, at) => {
    const [prompt, cached, completion] = [2006 + 512 * at, 1920, 300 + at];
    return [
      inside(
        'openai',
        'openai-chat',
        model,
        model,
        [prompt, cached, completion],
        body.openaiChat(answered(model), { prompt, completion, cached }),
      ),
      inside(
        'openai',
        'openai-responses',
        model,
        model,
        [prompt + 40, cached + 1, completion],
        body.openaiResponses(answered(model), { input: prompt + 40, output: completion, cached: cached + 1 }),
      ),
    ];
  },
);

const anthropic = Object.values(claude)
  .map(({ asked, sheet }, at) =>
    make({
      name: `messages-${asked}`,
      provider: 'anthropic',
      title: 'input_tokens has no cached tokens in it: reads and writes are beside it',
      day: '2026-06-01',
      calls: [
        call(
          'anthropic-messages',
          'anthropic',
          asked,
          body.anthropic(asked, { input: 21 + at, output: 393, read: 15000 + at, five: 188086 - 20000 * at }),
        ),
      ],
      lines: [
        [21 + at, price('anthropic', sheet, 'input')],
        [15000 + at, price('anthropic', sheet, 'cache read')],
        [188086 - 20000 * at, price('anthropic', sheet, 'cache write, 5 minutes')],
        [393, price('anthropic', sheet, 'output')],
      ],
    }),
  )
  .filter(({ model }) => model !== claude.sonnet45.asked);

const google = (['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.0-flash'] as const).map(
  (model, at) =>
    inside(
      'google',
      'gemini',
      model,
      model,
      [17903 + at, 17817, 112],
      body.gemini(model, { prompt: 17903 + at, candidates: 112, cached: 17817 }),
    ),
);

const compatible = [
  inside(
    'xai',
    'openai-chat',
    'grok-3',
    'grok-3',
    [5200, 4096, 210],
    body.xaiChat('grok-3', { prompt: 5200, completion: 210, cached: 4096 }),
  ),
  inside(
    'xai',
    'openai-chat',
    'grok-code-fast-1',
    'grok-code-fast-1',
    [61234, 60000, 890],
    body.xaiChat('grok-code-fast-1', { prompt: 61234, completion: 890, cached: 60000 }),
  ),
  inside(
    'deepseek',
    'openai-chat',
    'deepseek-v4-flash',
    'deepseek-v4-flash',
    [10000, 8960, 777],
    body.deepseekChat('deepseek-v4-flash', { prompt: 10000, completion: 777, cached: 8960 }),
  ),
  inside(
    'deepseek',
    'openai-chat',
    'deepseek-v4-pro',
    'deepseek-v4-pro',
    [4321, 4224, 99],
    body.deepseekChat('deepseek-v4-pro', { prompt: 4321, completion: 99, cached: 4224 }),
  ),
  inside(
    'mistral',
    'openai-chat',
    'mistral-medium-2508',
    'mistral-medium-2508',
    [9000, 8192, 640],
    body.mistralChat('mistral-medium-2508', { prompt: 9000, completion: 640, cached: 8192 }),
  ),
  inside(
    'azure',
    'openai-chat',
    'gpt-4.1',
    'gpt-4.1',
    [3333, 3072, 33],
    body.openaiChat('gpt-4.1-2025-04-14', { prompt: 3333, completion: 33, cached: 3072 }, null),
  ),
  inside(
    'openrouter',
    'openai-chat',
    'openai/gpt-4.1',
    'openai/gpt-4.1',
    [7000, 6144, 500],
    body.openrouterChat('openai/gpt-4.1', { prompt: 7000, completion: 500, cached: 6144 }),
  ),
];

const through = [
  make({
    name: 'openrouter-claude',
    provider: 'openrouter',
    title: 'Claude through OpenRouter: there the prompt has reads and writes inside, other than at Anthropic',
    day: '2026-06-01',
    calls: [
      call(
        'openai-chat',
        'openrouter',
        'anthropic/claude-sonnet-4',
        body.openrouterChat('anthropic/claude-sonnet-4', {
          prompt: 12000,
          completion: 345,
          cached: 9000,
          written: 2900,
        }),
      ),
    ],
    lines: [
      ['12000 - 9000 - 2900', price('openrouter', 'anthropic/claude-sonnet-4', 'input')],
      [9000, price('openrouter', 'anthropic/claude-sonnet-4', 'cache read')],
      [2900, price('openrouter', 'anthropic/claude-sonnet-4', 'cache write')],
      [345, price('openrouter', 'anthropic/claude-sonnet-4', 'output')],
    ],
  }),
  make({
    name: 'opentelemetry',
    provider: 'anthropic',
    title: 'Claude by OpenTelemetry: its input is all input, so what Anthropic reports beside it is inside',
    day: '2026-06-01',
    calls: [
      call(
        'opentelemetry',
        'anthropic',
        claude.sonnet4.asked,
        body.span(claude.sonnet4.asked, {
          input_tokens: 35720,
          output_tokens: 120,
          'cache_read.input_tokens': 17817,
          'cache_creation.input_tokens': 0,
        }),
      ),
    ],
    lines: [
      ['35720 - 17817', price('anthropic', 'Claude Sonnet 4', 'input')],
      [17817, price('anthropic', 'Claude Sonnet 4', 'cache read')],
      [120, price('anthropic', 'Claude Sonnet 4', 'output')],
    ],
  }),
  make({
    name: 'converse-claude',
    provider: 'bedrock',
    title: 'Bedrock reports the counts beside each other',
    day: '2026-06-01',
    calls: [
      call(
        'bedrock-converse',
        'bedrock',
        'anthropic.claude-sonnet-4-20250514-v1:0',
        body.converse({ input: 120, output: 480, read: 50000, five: 2048 }),
      ),
    ],
    lines: [
      [120, price('bedrock', 'Claude Sonnet 4', 'input')],
      [50000, price('bedrock', 'Claude Sonnet 4', 'cache read')],
      [2048, price('bedrock', 'Claude Sonnet 4', 'cache write, 5 minutes')],
      [480, price('bedrock', 'Claude Sonnet 4', 'output')],
    ],
  }),
  ...(
    [
      ['amazon.nova-pro-v1:0', 'Nova Pro'],
      ['amazon.nova-lite-v1:0', 'Nova Lite'],
    ] as const
  ).map(([model, sheet], at) =>
    make({
      name: `converse-${sheet.toLowerCase().replaceAll(' ', '-')}`,
      provider: 'bedrock',
      title: 'Bedrock reports the counts beside each other, whoever made the model',
      day: '2026-06-01',
      calls: [call('bedrock-converse', 'bedrock', model, body.converse({ input: 64 + at, output: 200, read: 9000 }))],
      lines: [
        [64 + at, price('bedrock', sheet, 'input')],
        [9000, price('bedrock', sheet, 'cached input')],
        [200, price('bedrock', sheet, 'output')],
      ],
    }),
  ),
];

export const cacheInOrOut: readonly Fixture[] = [...openai, ...anthropic, ...google, ...compatible, ...through];
