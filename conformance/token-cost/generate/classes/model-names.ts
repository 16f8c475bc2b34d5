import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { call } from '../calls.ts';
import { price, type Seller } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('model-names', draft);
const day = '2026-06-01';

/** [asked for, answered, on the page] */
const names: Readonly<Partial<Record<Seller, readonly (readonly [string, string, string])[]>>> = {
  openai: [
    ['gpt-4o-2024-11-20', 'gpt-4o-2024-11-20', 'gpt-4o'],
    ['gpt-4.1-2025-04-14', 'gpt-4.1-2025-04-14', 'gpt-4.1'],
    ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
    ['o4-mini-2025-04-16', 'o4-mini-2025-04-16', 'o4-mini'],
    ['gpt-5-chat-latest', 'gpt-5-chat-latest', 'gpt-5'],
    ['gpt-5.2-2025-12-11', 'gpt-5.2-2025-12-11', 'gpt-5.2'],
  ],
  azure: [
    ['gpt-4o', 'gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-5-mini', 'gpt-5-mini-2025-08-07', 'gpt-5-mini'],
  ],
  xai: [
    ['grok-4-latest', 'grok-4-0709', 'grok-4'],
    ['grok-3-latest', 'grok-3', 'grok-3'],
    ['grok-4-fast-reasoning', 'grok-4-fast-reasoning', 'grok-4-fast'],
  ],
  mistral: [
    ['mistral-large-2512', 'mistral-large-2512', 'mistral-large-2512'],
    ['devstral-small-2507', 'devstral-small-2507', 'devstral-small'],
    ['magistral-medium-2509', 'magistral-medium-2509', 'magistral-medium'],
  ],
};

const chats = Object.entries(names).flatMap(([seller, models]) =>
  models.map(([asked, got, sheet], at) =>
    make({
      name: `${asked}-as-${got}`,
      provider: seller,
      title: 'A dated name or an alias of a model on the page',
      day,
      calls: [
        call('openai-chat', seller as Seller, asked, body.openaiChat(got, { prompt: 1000 + at, completion: 100 })),
      ],
      lines: [
        [1000 + at, price(seller as Seller, sheet, 'input')],
        [100, price(seller as Seller, sheet, 'output')],
      ],
    }),
  ),
);

const anthropic = (
  [
    ['claude-sonnet-4-0', 'claude-sonnet-4-20250514', 'Claude Sonnet 4'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5'],
    ['claude-opus-4-1', 'claude-opus-4-1-20250805', 'Claude Opus 4.1'],
    ['claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'Claude Haiku 4.5'],
    ['claude-3-5-haiku-latest', 'claude-3-5-haiku-20241022', 'Claude Haiku 3.5'],
  ] as const
).map(([asked, got, sheet], at) =>
  make({
    name: `${asked}-as-${got}`,
    provider: 'anthropic',
    title: 'An alias that is answered by a dated name',
    day,
    calls: [call('anthropic-messages', 'anthropic', asked, body.anthropic(got, { input: 800 + at, output: 90 }))],
    lines: [
      [800 + at, price('anthropic', sheet, 'input')],
      [90, price('anthropic', sheet, 'output')],
    ],
  }),
);

const bedrock = (
  [
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4'],
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5, global'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5, regional'],
    ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5, regional'],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5, global'],
    ['us.amazon.nova-lite-v1:0', 'Nova Lite'],
    ['us.meta.llama3-3-70b-instruct-v1:0', 'Llama 3.3 70B'],
  ] as const
).map(([model, sheet], at) =>
  make({
    name: model.replaceAll(/[.:]/g, '-'),
    provider: 'bedrock',
    title: 'A name with a region: where the price depends on it, it is the region’s',
    day,
    calls: [call('bedrock-converse', 'bedrock', model, body.converse({ input: 5000 + at, output: 400 }))],
    lines: [
      [5000 + at, price('bedrock', sheet, 'input')],
      [400, price('bedrock', sheet, 'output')],
    ],
  }),
);

const invoked = (
  [
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5, global'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5, regional'],
    ['anthropic.claude-sonnet-4-20250514-v1:0', 'claude-sonnet-4-20250514', 'Claude Sonnet 4'],
  ] as const
).map(([asked, got, sheet]) =>
  make({
    name: `invoked-${asked.replaceAll(/[.:]/g, '-')}`,
    provider: 'bedrock',
    title: 'Anthropic’s own form on Bedrock: the answer’s name has no region, the one that was asked for has',
    day,
    calls: [call('anthropic-messages', 'bedrock', asked, body.anthropic(got, { input: 7000, output: 350, read: 900 }))],
    lines: [
      [7000, price('bedrock', sheet, 'input')],
      [900, price('bedrock', sheet, 'cache read')],
      [350, price('bedrock', sheet, 'output')],
    ],
  }),
);

const deployments = (
  [
    ['chat-prod', 'gpt-4o', 'gpt-4o-2024-08-06'],
    ['summaries', 'gpt-4.1-mini', 'gpt-4.1-mini-2025-04-14'],
    ['eu-gpt5', 'gpt-5', 'eu-gpt5'],
  ] as const
).map(([deployment, model, got]) =>
  make({
    name: `deployment-${deployment}`,
    provider: 'azure',
    title: 'A deployment’s name, with the model behind it told by the answer or by the account',
    day,
    deployments: { [deployment]: model },
    calls: [call('openai-chat', 'azure', deployment, body.openaiChat(got, { prompt: 760, completion: 50 }, null))],
    lines: [
      [760, price('azure', model, 'input')],
      [50, price('azure', model, 'output')],
    ],
  }),
);

const google = (
  [
    ['gemini-2.5-flash-preview-09-2025', 'gemini-2.5-flash'],
    ['gemini-2.0-flash-001', 'gemini-2.0-flash'],
  ] as const
).map(([model, sheet]) =>
  make({
    name: model,
    provider: 'google',
    title: 'The name of a release of a model on the page',
    day,
    calls: [call('gemini', 'google', model, body.gemini(model, { prompt: 300, candidates: 40 }))],
    lines: [
      [300, price('google', sheet, 'input')],
      [40, price('google', sheet, 'output')],
    ],
  }),
);

const unknown = (
  [
    ['openai', 'openai-chat', 'gpt-9-nova', 'A brand-new model that no page has yet'],
    ['openai', 'openai-chat', 'my-alias', 'An alias of a gateway without the model behind it'],
    ['azure', 'openai-chat', 'chat-prod-2', 'A deployment whose model is not told'],
    ['anthropic', 'anthropic-messages', 'claude-sonnet-6', 'A model that no page has yet'],
    [
      'anthropic',
      'anthropic-messages',
      'claude-sonnet-5-9-20271001',
      'A later version whose name begins as an older one’s',
    ],
    ['google', 'gemini', 'gemini-9-ultra', 'A model that no page has yet'],
    ['bedrock', 'bedrock-converse', 'acme.custom-model-v1:0', 'A model of somebody’s own on Bedrock'],
    ['xai', 'openai-chat', 'grok-12', 'A model that no page has yet'],
  ] as const
).map(([provider, api, model, title]) => {
  const responses: Readonly<Record<string, unknown>> = {
    'openai-chat': body.openaiChat(model, { prompt: 1000, completion: 100 }),
    'anthropic-messages': body.anthropic(model, { input: 1000, output: 100 }),
    gemini: body.gemini(model, { prompt: 1000, candidates: 100 }),
    'bedrock-converse': body.converse({ input: 1000, output: 100 }),
  };
  return make({
    name: `unknown-${model.replaceAll(/[.:]/g, '-')}`,
    provider,
    title: `${title}: not 0, and not the price of another`,
    day,
    calls: [call(api, provider, model, responses[api])],
    unpriced: 'No page has a model of this name.',
  });
});

export const modelNames: readonly Fixture[] = [
  ...chats,
  ...anthropic,
  ...bedrock,
  ...invoked,
  ...deployments,
  ...google,
  ...unknown,
];
