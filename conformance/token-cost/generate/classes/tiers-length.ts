import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('tiers', draft);
const day = '2026-06-01';

const lengths = [
  ...([200_000, 200_001] as const).flatMap((input) => {
    const kind = (text: string) => (input > 200_000 ? `long ${text}` : text);
    const sonnet = (text: string) => price('anthropic', 'Claude Sonnet 4.5', kind(text));
    const cachePart = (read: number, five: number, hour: number) => ({
      input: input - read - five - hour,
      read,
      five,
      hour,
    });
    return [
      make({
        name: `length-${input}`,
        provider: 'anthropic',
        title: 'The last length of the base price, and the first of the long one, which holds for every token',
        day,
        calls: [
          call(
            'anthropic-messages',
            'anthropic',
            claude.sonnet45.asked,
            body.anthropic(claude.sonnet45.asked, { input, output: 500 }),
          ),
        ],
        lines: [
          [input, sonnet('input')],
          [500, sonnet('output')],
        ],
      }),
      make({
        name: `length-${input}-in-cache`,
        provider: 'anthropic',
        title: 'Cached tokens count for the length',
        day,
        calls: [
          call(
            'anthropic-messages',
            'anthropic',
            claude.sonnet45.asked,
            body.anthropic(claude.sonnet45.asked, { ...cachePart(190000, 5000, 4000), output: 500 }),
          ),
        ],
        lines: [
          [input - 199000, sonnet('input')],
          [190000, sonnet('cache read')],
          [5000, sonnet('cache write, 5 minutes')],
          [4000, sonnet('cache write, 1 hour')],
          [500, sonnet('output')],
        ],
      }),
      ...(['gemini-2.5-pro', 'gemini-3-pro-preview'] as const).map((model) =>
        make({
          name: `length-${input}-${model}`,
          provider: 'google',
          title: 'The last length of the base price, and the first of the long one; output follows',
          day,
          calls: [
            call(
              'gemini',
              'google',
              model,
              body.gemini(model, { prompt: input, candidates: 300, thoughts: 700, cached: 150000 }),
            ),
          ],
          lines: [
            [`${input} - 150000`, price('google', model, kind('input'))],
            [150000, price('google', model, kind('cached input'))],
            ['300 + 700', price('google', model, kind('output'))],
          ],
        }),
      ),
    ];
  }),
  ...(['gpt-5.4', 'gpt-5.5'] as const).flatMap((model) =>
    ([271_999, 272_000, 272_001] as const).map((input) => {
      const kind = (text: string) => (input > 272_000 ? `long ${text}` : text);
      return make({
        name: `length-${input}-${model}`,
        provider: 'openai',
        title: 'Long requests begin above 272,000 tokens of input',
        day,
        calls: [
          call(
            'openai-responses',
            'openai',
            model,
            body.openaiResponses(answered(model), { input, output: 400, cached: 1024 }),
          ),
        ],
        lines: [
          [`${input} - 1024`, price('openai', model, kind('input'))],
          [1024, price('openai', model, kind('cached input'))],
          [400, price('openai', model, kind('output'))],
        ],
      });
    }),
  ),
];

const lifetimes = [claude.sonnet4, claude.opus41, claude.haiku45, claude.opus45].map(({ asked, sheet }) =>
  make({
    name: `lifetimes-${asked}`,
    provider: 'anthropic',
    title: 'Cache entries of five minutes and of an hour have a price each',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 9, output: 100, five: 10000, hour: 20000 }),
      ),
    ],
    lines: [
      [9, price('anthropic', sheet, 'input')],
      [10000, price('anthropic', sheet, 'cache write, 5 minutes')],
      [20000, price('anthropic', sheet, 'cache write, 1 hour')],
      [100, price('anthropic', sheet, 'output')],
    ],
  }),
);

export const tiersOfLength: readonly Fixture[] = [...lengths, ...lifetimes];
