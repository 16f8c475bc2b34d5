import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture, type Line } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('tiers', draft);
const day = '2026-06-01';

const batches = [
  ...(['gpt-4o', 'gpt-4.1', 'gpt-5-mini'] as const).map((model) =>
    make({
      name: `batch-${model}`,
      provider: 'openai',
      title: 'A request of a batch is half; the body does not tell that it was one',
      day,
      calls: [
        call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt: 3000, completion: 250 }), {
          tier: 'batch',
        }),
      ],
      lines: [
        [3000, price('openai', model, 'input'), '0.5'],
        [250, price('openai', model, 'output'), '0.5'],
      ],
    }),
  ),
  ...[claude.sonnet4, claude.haiku45].map(({ asked, sheet }) =>
    make({
      name: `batch-${asked}`,
      provider: 'anthropic',
      title: 'A request of a batch is half, cached or not; its searches are not',
      day,
      calls: [
        call(
          'anthropic-messages',
          'anthropic',
          asked,
          body.anthropic(asked, { input: 2000, output: 400, read: 9000, hour: 700, tier: 'batch', searches: 1 }),
          { tier: 'batch' },
        ),
      ],
      lines: [
        [2000, price('anthropic', sheet, 'input'), '0.5'],
        [9000, price('anthropic', sheet, 'cache read'), '0.5'],
        [700, price('anthropic', sheet, 'cache write, 1 hour'), '0.5'],
        [400, price('anthropic', sheet, 'output'), '0.5'],
        [1, { name: 'Claude web search', usd: '10', per: 1000, page: price('anthropic', sheet, 'input').page }],
      ],
    }),
  ),
  ...(['gemini-2.5-flash', 'gemini-2.5-pro'] as const).map((model) =>
    make({
      name: `batch-${model}`,
      provider: 'google',
      title: 'A request of a batch is half',
      day,
      calls: [
        call('gemini', 'google', model, body.gemini(model, { prompt: 6000, candidates: 90, thoughts: 60 }), {
          tier: 'batch',
        }),
      ],
      lines: [
        [6000, price('google', model, 'input'), '0.5'],
        ['90 + 60', price('google', model, 'output'), '0.5'],
      ],
    }),
  ),
  make({
    name: 'batch-mistral-medium-2508',
    provider: 'mistral',
    title: 'A request of a batch is half',
    day,
    calls: [
      call(
        'openai-chat',
        'mistral',
        'mistral-medium-2508',
        body.mistralChat('mistral-medium-2508', { prompt: 700, completion: 70 }),
        {
          tier: 'batch',
        },
      ),
    ],
    lines: [
      [700, price('mistral', 'mistral-medium-2508', 'input'), '0.5'],
      [70, price('mistral', 'mistral-medium-2508', 'output'), '0.5'],
    ],
  }),
];

const granted = [
  ...(['gpt-5', 'gpt-5-mini', 'o3', 'o4-mini'] as const).map((model) =>
    make({
      name: `flex-${model}`,
      provider: 'openai',
      title: 'Flex is half',
      day,
      calls: [
        call(
          'openai-chat',
          'openai',
          model,
          body.openaiChat(answered(model), { prompt: 2000, completion: 800 }, 'flex'),
          { tier: 'flex' },
        ),
      ],
      lines: [
        [2000, price('openai', model, 'input'), '0.5'],
        [800, price('openai', model, 'output'), '0.5'],
      ],
    }),
  ),
  ...(['gpt-4o', 'gpt-4.1', 'gpt-5'] as const).map((model) =>
    make({
      name: `priority-${model}`,
      provider: 'openai',
      title: 'Priority has prices of its own',
      day,
      calls: [
        call(
          'openai-chat',
          'openai',
          model,
          body.openaiChat(answered(model), { prompt: 2000, cached: 1024, completion: 800 }, 'priority'),
          { tier: 'priority' },
        ),
      ],
      lines: [
        ['2000 - 1024', price('openai', model, 'priority input')],
        [1024, price('openai', model, 'priority cached input')],
        [800, price('openai', model, 'priority output')],
      ],
    }),
  ),
  ...(['gpt-4.1', 'gpt-5'] as const).map((model) =>
    make({
      name: `priority-refused-${model}`,
      provider: 'openai',
      title: 'Priority was asked for, and the answer says that it was not given: the base price holds',
      day,
      calls: [
        call(
          'openai-chat',
          'openai',
          model,
          body.openaiChat(answered(model), { prompt: 2000, completion: 800 }, 'default'),
          {
            tier: 'priority',
          },
        ),
      ],
      lines: [
        [2000, price('openai', model, 'input')],
        [800, price('openai', model, 'output')],
      ] satisfies Line[],
    }),
  ),
  make({
    name: 'auto-became-flex',
    provider: 'openai',
    title: 'Left to the provider, which says what it was',
    day,
    calls: [
      call(
        'openai-responses',
        'openai',
        'gpt-5',
        body.openaiResponses(answered('gpt-5'), { input: 640, output: 64 }, 'flex'),
        {
          tier: 'auto',
        },
      ),
    ],
    lines: [
      [640, price('openai', 'gpt-5', 'input'), '0.5'],
      [64, price('openai', 'gpt-5', 'output'), '0.5'],
    ],
  }),
  make({
    name: 'priority-gemini-3-pro',
    provider: 'google',
    title: 'Vertex says that the traffic was of priority',
    day: '2026-08-10',
    calls: [
      call(
        'gemini',
        'google',
        'gemini-3-pro-preview',
        body.gemini('gemini-3-pro-preview', { prompt: 900, candidates: 100, traffic: 'ON_DEMAND_PRIORITY' }),
      ),
    ],
    lines: [
      [900, price('google', 'gemini-3-pro-preview', 'priority input')],
      [100, price('google', 'gemini-3-pro-preview', 'priority output')],
    ],
  }),
];

const places = [
  make({
    name: 'inference-in-the-us',
    provider: 'anthropic',
    title: 'Inference that has to stay in the United States is a tenth dearer',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        'claude-sonnet-4-6',
        body.anthropic('claude-sonnet-4-6', { input: 3000, output: 300, read: 1000, geo: 'us' }),
      ),
    ],
    lines: [
      [3000, price('anthropic', 'Claude Sonnet 4.6', 'input'), '1.1'],
      [1000, price('anthropic', 'Claude Sonnet 4.6', 'cache read'), '1.1'],
      [300, price('anthropic', 'Claude Sonnet 4.6', 'output'), '1.1'],
    ],
  }),
  make({
    name: 'inference-anywhere',
    provider: 'anthropic',
    title: 'Inference anywhere is not',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        'claude-sonnet-4-6',
        body.anthropic('claude-sonnet-4-6', { input: 3000, output: 300, geo: 'global' }),
      ),
    ],
    lines: [
      [3000, price('anthropic', 'Claude Sonnet 4.6', 'input')],
      [300, price('anthropic', 'Claude Sonnet 4.6', 'output')],
    ],
  }),
  make({
    name: 'fast-mode',
    provider: 'anthropic',
    title: 'The fast mode has prices of its own',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        'claude-opus-4-6',
        body.anthropic('claude-opus-4-6', { input: 1500, output: 900, speed: 'fast' }),
      ),
    ],
    lines: [
      [1500, price('anthropic', 'Claude Opus 4.6', 'fast input')],
      [900, price('anthropic', 'Claude Opus 4.6', 'fast output')],
    ],
  }),
];

const unknown = [
  make({
    name: 'scale-tier',
    provider: 'openai',
    title: 'Capacity that was bought: tokens of it have no price',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-4o',
        body.openaiChat(answered('gpt-4o'), { prompt: 1000, completion: 100 }, 'scale'),
      ),
    ],
    unpriced: 'Units of the scale tier are bought by the day, and the page has no price of a token in it.',
  }),
  make({
    name: 'priority-tier',
    provider: 'anthropic',
    title: 'Capacity that was bought: tokens of it have no price',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        claude.sonnet4.asked,
        body.anthropic(claude.sonnet4.asked, { input: 1000, output: 100, tier: 'priority' }),
      ),
    ],
    unpriced: 'The priority tier is a commitment, and the page has no price of a token in it.',
  }),
  make({
    name: 'provisioned-throughput',
    provider: 'google',
    title: 'Capacity that was bought: tokens of it have no price',
    day,
    calls: [
      call(
        'gemini',
        'google',
        'gemini-2.5-pro',
        body.gemini('gemini-2.5-pro', { prompt: 1000, candidates: 100, traffic: 'PROVISIONED_THROUGHPUT' }),
      ),
    ],
    unpriced: 'Provisioned throughput is bought by the hour, and the page has no price of a token in it.',
  }),
];

export const tiersOfService: readonly Fixture[] = [...batches, ...granted, ...places, ...unknown];
