import type { ContractPrice, Fixture, UnitPrice } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('contract-prices', draft);
const day = '2026-06-01';

function agreed(usd: string, meter: ContractPrice['meter']): UnitPrice {
  return { name: `contract ${meter.replaceAll('_', ' ')}`, usd, per: 1_000_000, page: 'contract' };
}

function contract(
  provider: string,
  model: string,
  prices: Partial<Record<ContractPrice['meter'], string>>,
): ContractPrice[] {
  return Object.entries(prices).map(([meter, usd]) => ({
    provider,
    model,
    meter: meter as ContractPrice['meter'],
    usd,
  }));
}

const whole = (['gpt-4o', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-5', 'gpt-5-mini', 'o4-mini'] as const).map((model, at) => {
  const prices = { input: `${at + 1}.05`, cached_input: `0.${at + 3}1`, output: `${at + 6}.4` };
  const [prompt, cached, completion] = [8000 + at, 6144, 700];
  return make({
    name: `all-of-${model}`,
    provider: 'openai',
    title: 'A contract with a price for every kind of token',
    day,
    contract: contract('openai', model, prices),
    calls: [call('openai-chat', 'openai', model, body.openaiChat(answered(model), { prompt, cached, completion }))],
    lines: [
      [`${prompt} - ${cached}`, agreed(prices.input, 'input')],
      [cached, agreed(prices.cached_input, 'cached_input')],
      [completion, agreed(prices.output, 'output')],
    ],
  });
});

const partly = (['gpt-4o', 'gpt-4.1', 'gpt-5'] as const).map((model, at) => {
  const prices = { input: '0.99', output: `${at + 3}.33` };
  return make({
    name: `without-cache-${model}`,
    provider: 'openai',
    title: 'A contract about input and output only: cached tokens stay at the published price',
    day,
    contract: contract('openai', model, prices),
    calls: [
      call(
        'openai-chat',
        'openai',
        model,
        body.openaiChat(answered(model), { prompt: 5000, cached: 4096, completion: 80 + at }),
      ),
    ],
    lines: [
      ['5000 - 4096', agreed(prices.input, 'input')],
      [4096, price('openai', model, 'cached input')],
      [80 + at, agreed(prices.output, 'output')],
    ],
  });
});

const anthropic = [claude.sonnet4, claude.opus41, claude.haiku45, claude.opus45].map(({ asked }, at) => {
  const prices = { input: '2.4', cached_input: '0.24', cache_write: `3.${at}`, cache_write_1h: '4.8', output: '12' };
  return make({
    name: `lifetimes-${asked}`,
    provider: 'anthropic',
    title: 'A contract with a price for each lifetime of a cache entry',
    day,
    contract: contract('anthropic', asked, prices),
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 50, output: 60, read: 7000, five: 800, hour: 900 }),
      ),
    ],
    lines: [
      [50, agreed(prices.input, 'input')],
      [7000, agreed(prices.cached_input, 'cached_input')],
      [800, agreed(prices.cache_write, 'cache_write')],
      [900, agreed(prices.cache_write_1h, 'cache_write_1h')],
      [60, agreed(prices.output, 'output')],
    ],
  });
});

const readsOnly = [claude.sonnet4, claude.haiku35].map(({ asked, sheet }) =>
  make({
    name: `reads-${asked}`,
    provider: 'anthropic',
    title: 'A contract about cache reads only: all else stays at the published price',
    day,
    contract: contract('anthropic', asked, { cached_input: '0.01' }),
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 10, output: 20, read: 90000, five: 30 }),
      ),
    ],
    lines: [
      [10, price('anthropic', sheet, 'input')],
      [90000, agreed('0.01', 'cached_input')],
      [30, price('anthropic', sheet, 'cache write, 5 minutes')],
      [20, price('anthropic', sheet, 'output')],
    ],
  }),
);

const google = (['gemini-2.5-pro', 'gemini-2.5-flash'] as const).map((model) =>
  make({
    name: `all-of-${model}`,
    provider: 'google',
    title: 'A contract with Google: thoughts are output',
    day,
    contract: contract('google', model, { input: '0.21', cached_input: '0.021', output: '1.75' }),
    calls: [
      call(
        'gemini',
        'google',
        model,
        body.gemini(model, { prompt: 6000, cached: 4000, candidates: 70, thoughts: 500 }),
      ),
    ],
    lines: [
      ['6000 - 4000', agreed('0.21', 'input')],
      [4000, agreed('0.021', 'cached_input')],
      ['70 + 500', agreed('1.75', 'output')],
    ],
  }),
);

const own = [
  make({
    name: 'own-model',
    provider: 'openai',
    title: 'A model that no list knows, with prices of one’s own',
    day,
    contract: contract('openai', 'acme-chat-one', { input: '0.7', cached_input: '0.07', output: '2.1' }),
    calls: [
      call(
        'openai-chat',
        'openai',
        'acme-chat-one',
        body.openaiChat('acme-chat-one', { prompt: 900, cached: 512, completion: 30 }),
      ),
    ],
    lines: [
      ['900 - 512', agreed('0.7', 'input')],
      [512, agreed('0.07', 'cached_input')],
      [30, agreed('2.1', 'output')],
    ],
  }),
  make({
    name: 'own-model-without-cache-hits',
    provider: 'openai',
    title: 'A model of one’s own without a cache price, and no cached tokens: nothing is missing',
    day,
    contract: contract('openai', 'acme-chat-two', { input: '0.7', output: '2.1' }),
    calls: [
      call('openai-chat', 'openai', 'acme-chat-two', body.openaiChat('acme-chat-two', { prompt: 900, completion: 30 })),
    ],
    lines: [
      [900, agreed('0.7', 'input')],
      [30, agreed('2.1', 'output')],
    ],
  }),
  make({
    name: 'own-model-without-cache-price',
    provider: 'openai',
    title: 'A model of one’s own without a cache price, and cached tokens',
    day,
    contract: contract('openai', 'acme-chat-two', { input: '0.7', output: '2.1' }),
    calls: [
      call(
        'openai-chat',
        'openai',
        'acme-chat-two',
        body.openaiChat('acme-chat-two', { prompt: 900, cached: 512, completion: 30 }),
      ),
    ],
    unpriced:
      'The contract says nothing about cached tokens, and no page has the model: neither 0 nor the input price is known.',
  }),
  make({
    name: 'own-model-without-write-price',
    provider: 'anthropic',
    title: 'A model of one’s own without a price for cache writes, and tokens written',
    day,
    contract: contract('anthropic', 'acme-tuned-claude', { input: '3.5', cached_input: '0.35', output: '17.5' }),
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        'acme-tuned-claude',
        body.anthropic('acme-tuned-claude', { input: 40, output: 50, read: 100, five: 2000 }),
      ),
    ],
    unpriced: 'The contract says nothing about cache writes, and no page has the model.',
  }),
  make({
    name: 'more-than-twelve-digits',
    provider: 'openai',
    title: 'A contract price of many digits, and a large count: all digits of the product hold',
    day,
    contract: contract('openai', 'acme-chat-three', { input: '0.123456789012', output: '7.000000000001' }),
    calls: [
      call(
        'openai-chat',
        'openai',
        'acme-chat-three',
        body.openaiChat('acme-chat-three', { prompt: 987654321, completion: 123456789 }),
      ),
    ],
    lines: [
      [987654321, agreed('0.123456789012', 'input')],
      [123456789, agreed('7.000000000001', 'output')],
    ],
  }),
  make({
    name: 'another-model',
    provider: 'openai',
    title: 'A contract about one model says nothing about its smaller sister',
    day,
    contract: contract('openai', 'gpt-4.1', { input: '1', cached_input: '0.25', output: '4' }),
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-4.1-mini',
        body.openaiChat(answered('gpt-4.1-mini'), { prompt: 700, cached: 640, completion: 9 }),
      ),
    ],
    lines: [
      ['700 - 640', price('openai', 'gpt-4.1-mini', 'input')],
      [640, price('openai', 'gpt-4.1-mini', 'cached input')],
      [9, price('openai', 'gpt-4.1-mini', 'output')],
    ],
  }),
];

export const contractPrices: readonly Fixture[] = [...whole, ...partly, ...anthropic, ...readsOnly, ...google, ...own];
