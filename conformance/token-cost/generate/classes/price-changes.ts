import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture, type Line } from '../builder.ts';
import { call } from '../calls.ts';
import { otherPrice, price, type Seller } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('price-changes', draft);

/** Days, and the sheet that holds on each. */
const changes: readonly (readonly [Seller, string, readonly (readonly [string, string])[]])[] = [
  [
    'openai',
    'o3',
    [
      ['2025-05-01', 'o3 before 10 June 2025'],
      ['2025-06-09', 'o3 before 10 June 2025'],
      ['2025-06-10', 'o3'],
      ['2026-06-01', 'o3'],
    ],
  ],
  [
    'openai',
    'gpt-5.6-luna',
    [
      ['2026-07-29', 'gpt-5.6-luna before 30 July 2026'],
      ['2026-07-30', 'gpt-5.6-luna'],
    ],
  ],
  [
    'openai',
    'gpt-5.6-terra',
    [
      ['2026-07-29', 'gpt-5.6-terra before 30 July 2026'],
      ['2026-07-30', 'gpt-5.6-terra'],
      ['2026-08-15', 'gpt-5.6-terra'],
    ],
  ],
  [
    'openai',
    'gpt-5.6-sol',
    [
      ['2026-08-20', 'gpt-5.6-sol before 21 August 2026'],
      ['2026-08-21', 'gpt-5.6-sol'],
    ],
  ],
  [
    'mistral',
    'mistral-medium-latest',
    [
      ['2026-06-15', 'mistral-medium-2508'],
      ['2026-06-16', 'mistral-medium-latest since 16 June 2026'],
      ['2026-07-01', 'mistral-medium-latest since 16 June 2026'],
    ],
  ],
  [
    'mistral',
    'ministral-8b-latest',
    [
      ['2025-12-01', 'ministral-8b before 2 December 2025'],
      ['2025-12-02', 'ministral-8b since 2 December 2025'],
    ],
  ],
];

const chats = changes.flatMap(([seller, model, days]) =>
  days.map(([day, sheet], at) =>
    make({
      name: `${model}-${day}`,
      provider: seller,
      title: 'A price that changed at midnight UTC: the one of the day of the request holds, then and ever after',
      day,
      calls: [call('openai-chat', seller, model, body.openaiChat(model, { prompt: 40000 + at, completion: 3000 }))],
      lines: [
        [40000 + at, price(seller, sheet, 'input')],
        [3000, price(seller, sheet, 'output')],
      ],
    }),
  ),
);

const cached = (
  [
    ['gpt-5.6-luna', '2026-07-29', 'gpt-5.6-luna before 30 July 2026'],
    ['gpt-5.6-luna', '2026-07-30', 'gpt-5.6-luna'],
    ['gpt-5.6-terra', '2026-07-29', 'gpt-5.6-terra before 30 July 2026'],
    ['gpt-5.6-terra', '2026-07-30', 'gpt-5.6-terra'],
  ] as const
).map(([model, day, sheet]) =>
  make({
    name: `cache-of-${model}-${day}`,
    provider: 'openai',
    title: 'The prices of a cache change with those of its model',
    day,
    calls: [
      call(
        'openai-responses',
        'openai',
        model,
        body.openaiResponses(model, { input: 9000, output: 10, cached: 5000, written: 3000 }),
      ),
    ],
    lines: [
      ['9000 - 5000 - 3000', price('openai', sheet, 'input')],
      [5000, price('openai', sheet, 'cached input')],
      [3000, price('openai', sheet, 'cache write')],
      [10, price('openai', sheet, 'output')],
    ],
  }),
);

/** The day on which long requests stopped to be dearer. */
const longRequests = (
  [
    ['claude-sonnet-4-6', '2026-03-12', 'Claude Sonnet 4.6, long, before 13 March 2026'],
    ['claude-sonnet-4-6', '2026-03-13', 'Claude Sonnet 4.6'],
    ['claude-opus-4-6', '2026-03-12', 'Claude Opus 4.6, long, before 13 March 2026'],
    ['claude-opus-4-6', '2026-03-13', 'Claude Opus 4.6'],
  ] as const
).map(([model, day, sheet]) =>
  make({
    name: `long-${model}-${day}`,
    provider: 'anthropic',
    title:
      'A request of more than 200,000 tokens, on the last day on which that was dearer and on the first on which it was not',
    day,
    calls: [call('anthropic-messages', 'anthropic', model, body.anthropic(model, { input: 300000, output: 1000 }))],
    lines: [
      [300000, price('anthropic', sheet, 'input')],
      [1000, price('anthropic', sheet, 'output')],
    ],
  }),
);

const pages = (
  [
    ['2025-12-17', 'Mistral OCR 2505 page'],
    ['2025-12-18', 'Mistral OCR 2512 page'],
    ['2026-06-22', 'Mistral OCR 2512 page'],
    ['2026-06-23', 'Mistral OCR 4 page'],
  ] as const
).map(([day, name]) =>
  make({
    name: `mistral-ocr-latest-${day}`,
    provider: 'mistral',
    title: 'An alias that moved on to a dearer model',
    day,
    calls: [
      call('mistral-ocr', 'mistral', 'mistral-ocr-latest', {
        model: 'mistral-ocr-latest',
        document_annotation: null,
        usage_info: { pages_processed: 29, doc_size_bytes: null },
      }),
    ],
    lines: [[29, otherPrice(name)]] satisfies Line[],
  }),
);

export const priceChanges: readonly Fixture[] = [...chats, ...cached, ...longRequests, ...pages];
