import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('cache-ignored', draft);
const day = '2026-06-01';

/** All of the prompt cached but for its end: ignoring the cache costs the most here. */
const implicit = (
  ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-nano', 'gpt-5', 'gpt-5-nano', 'gpt-5.1', 'gpt-5.2'] as const
).map((model, at) =>
  make({
    name: `implicit-${model}`,
    provider: 'openai',
    title: 'An implicit cache hit, priced as the provider does',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        model,
        body.openaiChat(answered(model), { prompt: 100100 + at, cached: 99968, completion: 12 }),
      ),
    ],
    lines: [
      [`${100100 + at} - 99968`, price('openai', model, 'input')],
      [99968, price('openai', model, 'cached input')],
      [12, price('openai', model, 'output')],
    ],
  }),
);

const reads = Object.values(claude).map(({ asked, sheet }, at) =>
  make({
    name: `read-${asked}`,
    provider: 'anthropic',
    title: 'Cache reads are a tenth of the input price, neither all of it nor nothing',
    day,
    calls: [
      call('anthropic-messages', 'anthropic', asked, body.anthropic(asked, { input: 4, output: 8 + at, read: 150000 })),
    ],
    lines: [
      [4, price('anthropic', sheet, 'input')],
      [150000, price('anthropic', sheet, 'cache read')],
      [8 + at, price('anthropic', sheet, 'output')],
    ],
  }),
);

const writes = [claude.sonnet4, claude.opus41, claude.haiku45].map(({ asked, sheet }, at) =>
  make({
    name: `write-${asked}`,
    provider: 'anthropic',
    title: 'The request that fills the cache pays more than input, and not nothing',
    day,
    calls: [
      call('anthropic-messages', 'anthropic', asked, body.anthropic(asked, { input: 3, output: 5 + at, five: 120000 })),
    ],
    lines: [
      [3, price('anthropic', sheet, 'input')],
      [120000, price('anthropic', sheet, 'cache write, 5 minutes')],
      [5 + at, price('anthropic', sheet, 'output')],
    ],
  }),
);

const google = (['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-3-flash-preview'] as const).map(
  (model, at) =>
    make({
      name: `implicit-${model}`,
      provider: 'google',
      title: 'An implicit cache hit of Gemini',
      day,
      calls: [
        call('gemini', 'google', model, body.gemini(model, { prompt: 130000 + at, candidates: 64, cached: 128000 })),
      ],
      lines: [
        [`${130000 + at} - 128000`, price('google', model, 'input')],
        [128000, price('google', model, 'cached input')],
        [64, price('google', model, 'output')],
      ],
    }),
);

const audio = make({
  name: 'cached-audio',
  provider: 'google',
  title: 'Cached audio has a price of its own',
  day,
  calls: [
    call(
      'gemini',
      'google',
      'gemini-2.5-flash',
      body.gemini('gemini-2.5-flash', { prompt: 12000, candidates: 80, audio: 9000, cached: 8000, cachedAudio: 7000 }),
    ),
  ],
  lines: [
    ['12000 - 9000 - 8000 + 7000', price('google', 'gemini-2.5-flash', 'input')],
    ['9000 - 7000', price('google', 'gemini-2.5-flash', 'audio input')],
    ['8000 - 7000', price('google', 'gemini-2.5-flash', 'cached input')],
    [7000, price('google', 'gemini-2.5-flash', 'cached audio input')],
    [80, price('google', 'gemini-2.5-flash', 'output')],
  ],
});

const rest = [
  make({
    name: 'vertex-form',
    provider: 'anthropic',
    title: 'The counts of a cloud’s passthrough: no lifetimes, no tier',
    day,
    calls: [
      call('anthropic-messages', 'anthropic', claude.opus41.asked, {
        type: 'message',
        model: claude.opus41.asked,
        usage: {
          input_tokens: 12,
          cache_creation_input_tokens: 24000,
          cache_read_input_tokens: 60000,
          output_tokens: 900,
        },
      }),
    ],
    lines: [
      [12, price('anthropic', 'Claude Opus 4.1', 'input')],
      [24000, price('anthropic', 'Claude Opus 4.1', 'cache write, 5 minutes')],
      [60000, price('anthropic', 'Claude Opus 4.1', 'cache read')],
      [900, price('anthropic', 'Claude Opus 4.1', 'output')],
    ],
  }),
  make({
    name: 'hit-and-miss-counts',
    provider: 'deepseek',
    title: 'DeepSeek’s own counts of hits and misses, without details',
    day,
    calls: [
      call('openai-chat', 'deepseek', 'deepseek-v4-flash', {
        model: 'deepseek-v4-flash',
        usage: {
          prompt_tokens: 50000,
          completion_tokens: 100,
          total_tokens: 50100,
          prompt_cache_hit_tokens: 49920,
          prompt_cache_miss_tokens: 80,
        },
      }),
    ],
    lines: [
      [80, price('deepseek', 'deepseek-v4-flash', 'input')],
      [49920, price('deepseek', 'deepseek-v4-flash', 'cached input')],
      [100, price('deepseek', 'deepseek-v4-flash', 'output')],
    ],
  }),
  make({
    name: 'grok-4',
    provider: 'xai',
    title: 'A cached prompt of xAI',
    day: '2026-03-01',
    calls: [
      call(
        'openai-chat',
        'xai',
        'grok-4',
        body.xaiChat('grok-4-0709', { prompt: 40000, cached: 39936, completion: 50 }),
      ),
    ],
    lines: [
      ['40000 - 39936', price('xai', 'grok-4', 'input')],
      [39936, price('xai', 'grok-4', 'cached input')],
      [50, price('xai', 'grok-4', 'output')],
    ],
  }),
  make({
    name: 'codestral',
    provider: 'mistral',
    title: 'A cached prompt of Mistral',
    day,
    calls: [
      call(
        'openai-chat',
        'mistral',
        'codestral-2508',
        body.mistralChat('codestral-2508', { prompt: 31000, cached: 30720, completion: 77 }),
      ),
    ],
    lines: [
      ['31000 - 30720', price('mistral', 'codestral-2508', 'input')],
      [30720, price('mistral', 'codestral-2508', 'cached input')],
      [77, price('mistral', 'codestral-2508', 'output')],
    ],
  }),
  make({
    name: 'cache-writes-of-openai',
    provider: 'openai',
    title: 'Models that charge for filling the cache: written tokens are inside of the input, and dearer',
    day: '2026-08-10',
    calls: [
      call(
        'openai-responses',
        'openai',
        'gpt-5.6-terra',
        body.openaiResponses('gpt-5.6-terra', { input: 30000, output: 250, cached: 20000, written: 9000 }),
      ),
    ],
    lines: [
      ['30000 - 20000 - 9000', price('openai', 'gpt-5.6-terra', 'input')],
      [20000, price('openai', 'gpt-5.6-terra', 'cached input')],
      [9000, price('openai', 'gpt-5.6-terra', 'cache write')],
      [250, price('openai', 'gpt-5.6-terra', 'output')],
    ],
  }),
  make({
    name: 'no-price-for-reads',
    provider: 'bedrock',
    title: 'A model with no price for cached tokens: they have none, rather than that of input or nothing',
    day,
    calls: [
      call(
        'bedrock-converse',
        'bedrock',
        'meta.llama3-3-70b-instruct-v1:0',
        body.converse({ input: 900, output: 100, read: 4000 }),
      ),
    ],
    unpriced: 'The page has no price for tokens that this model reads from a cache.',
  }),
];

export const cacheIgnored: readonly Fixture[] = [...implicit, ...reads, ...writes, ...google, audio, ...rest];
