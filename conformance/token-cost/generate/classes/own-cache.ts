import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('own-cache', draft);
const day = '2026-06-01';
const hit = { fromOwnCache: true } as const;

const hits = [
  ...(['gpt-4o', 'gpt-4.1', 'gpt-5', 'gpt-5-mini', 'o4-mini'] as const).map((model) => ({
    provider: 'openai',
    model,
    made: call(
      'openai-chat',
      'openai',
      model,
      body.openaiChat(answered(model), { prompt: 5000, completion: 500, cached: 4096 }),
      hit,
    ),
  })),
  ...[claude.sonnet4, claude.opus41, claude.haiku45].map(({ asked }) => ({
    provider: 'anthropic',
    model: asked,
    made: call(
      'anthropic-messages',
      'anthropic',
      asked,
      body.anthropic(asked, { input: 5000, output: 500, read: 20000 }),
      hit,
    ),
  })),
  ...(['gemini-2.5-pro', 'gemini-2.5-flash'] as const).map((model) => ({
    provider: 'google',
    model,
    made: call('gemini', 'google', model, body.gemini(model, { prompt: 5000, candidates: 500, thoughts: 100 }), hit),
  })),
  {
    provider: 'bedrock',
    model: 'nova-pro',
    made: call('bedrock-converse', 'bedrock', 'amazon.nova-pro-v1:0', body.converse({ input: 5000, output: 500 }), hit),
  },
  {
    provider: 'azure',
    model: 'gpt-4.1',
    made: call(
      'openai-chat',
      'azure',
      'gpt-4.1',
      body.openaiChat('gpt-4.1-2025-04-14', { prompt: 5000, completion: 500 }, null),
      hit,
    ),
  },
  {
    provider: 'openai',
    model: 'unknown-model',
    made: call(
      'openai-chat',
      'openai',
      'in-house-7b',
      body.openaiChat('in-house-7b', { prompt: 5000, completion: 500 }),
      hit,
    ),
  },
].map(({ provider, model, made }) =>
  make({
    name: `hit-${model}`,
    provider,
    title: 'The answer of an earlier request, with its usage, out of one’s own cache: no provider was asked',
    day,
    calls: [made],
  }),
);

const mixed = (['gpt-4.1', 'gpt-5', 'gpt-4o-mini'] as const).map((model, at) =>
  make({
    name: `one-of-${at + 3}-${model}`,
    provider: 'openai',
    title: 'One request and hits of its answer: it is billed once',
    day,
    calls: [
      call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt: 1700, completion: 260 })),
      call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt: 1700, completion: 260 }), {
        ...hit,
        times: at + 2,
      }),
    ],
    lines: [
      [1700, price('openai', model, 'input')],
      [260, price('openai', model, 'output')],
    ],
  }),
);

const both = [claude.sonnet4, claude.haiku45].map(({ asked, sheet }) =>
  make({
    name: `provider-cache-${asked}`,
    provider: 'anthropic',
    title: 'A hit of the provider’s cache is billed, a hit of one’s own is not',
    day,
    calls: [
      call('anthropic-messages', 'anthropic', asked, body.anthropic(asked, { input: 30, output: 210, read: 40000 })),
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 30, output: 210, read: 40000 }),
        hit,
      ),
    ],
    lines: [
      [30, price('anthropic', sheet, 'input')],
      [40000, price('anthropic', sheet, 'cache read')],
      [210, price('anthropic', sheet, 'output')],
    ],
  }),
);

const refused = (
  [
    ['openai', 'openai-chat', 'gpt-4o', { error: { type: 'rate_limit_exceeded', message: 'Rate limit reached.' } }],
    ['openai', 'openai-responses', 'gpt-5', { error: { type: 'invalid_request_error', message: 'Too long.' } }],
    ['anthropic', 'anthropic-messages', claude.opus41.asked, { type: 'error', error: { type: 'overloaded_error' } }],
    ['google', 'gemini', 'gemini-2.5-pro', { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }],
    ['mistral', 'openai-chat', 'mistral-medium-2508', { error: { type: 'invalid_model' } }],
  ] as const
).map(([provider, api, model, response]) =>
  make({
    name: `refused-${api}-${model}`,
    provider,
    title: 'A request that was refused has no usage, and costs nothing',
    day,
    calls: [call(api, provider, model, response)],
  }),
);

export const ownCache: readonly Fixture[] = [...hits, ...mixed, ...both, ...refused];
