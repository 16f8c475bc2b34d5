import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { answered, call, claude } from '../calls.ts';
import { otherPrice, price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('other-units', draft);
const day = '2026-06-01';
const search = (query: string) => ({ type: 'web_search_call', status: 'completed', action: { type: 'search', query } });

const claudeSearches = [claude.sonnet4, claude.opus41, claude.opus45].map(({ asked, sheet }, at) =>
  make({
    name: `web-search-${asked}`,
    provider: 'anthropic',
    title: 'Searches are billed beside the tokens',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        asked,
        body.anthropic(asked, { input: 12000, output: 650, searches: 2 + at }),
      ),
    ],
    lines: [
      [12000, price('anthropic', sheet, 'input')],
      [650, price('anthropic', sheet, 'output')],
      [2 + at, otherPrice('Claude web search')],
    ],
  }),
);

const openaiTools = [
  make({
    name: 'web-search-gpt-5',
    provider: 'openai',
    title: 'Three searches, and a page that was opened, which is none',
    day,
    calls: [
      call(
        'openai-responses',
        'openai',
        'gpt-5',
        body.openaiResponses(answered('gpt-5'), {
          input: 18000,
          output: 1200,
          tools: [
            search('a'),
            search('b'),
            search('c'),
            { type: 'web_search_call', status: 'completed', action: { type: 'open_page' } },
          ],
        }),
      ),
    ],
    lines: [
      [18000, price('openai', 'gpt-5', 'input')],
      [1200, price('openai', 'gpt-5', 'output')],
      [3, otherPrice('OpenAI web search')],
    ],
  }),
  make({
    name: 'web-search-gpt-5.2',
    provider: 'openai',
    title: 'One search',
    day,
    calls: [
      call(
        'openai-responses',
        'openai',
        'gpt-5.2',
        body.openaiResponses(answered('gpt-5.2'), { input: 9000, output: 300, tools: [search('a')] }),
      ),
    ],
    lines: [
      [9000, price('openai', 'gpt-5.2', 'input')],
      [300, price('openai', 'gpt-5.2', 'output')],
      [1, otherPrice('OpenAI web search')],
    ],
  }),
  ...(['gpt-4.1', 'gpt-5-mini'] as const).map((model) =>
    make({
      name: `file-search-${model}`,
      provider: 'openai',
      title: 'Two searches of files',
      day,
      calls: [
        call(
          'openai-responses',
          'openai',
          model,
          body.openaiResponses(answered(model), {
            input: 4000,
            output: 220,
            tools: [
              { type: 'file_search_call', status: 'completed', queries: ['a'] },
              { type: 'file_search_call', status: 'completed', queries: ['b'] },
            ],
          }),
        ),
      ],
      lines: [
        [4000, price('openai', model, 'input')],
        [220, price('openai', model, 'output')],
        [2, otherPrice('OpenAI file search')],
      ],
    }),
  ),
];

const grounding = [
  ...(['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-2.0-flash'] as const).map((model) =>
    make({
      name: `grounded-${model}`,
      provider: 'google',
      title: 'A grounded request past the free allowance: one, whatever it searched for',
      day,
      calls: [
        call('gemini', 'google', model, body.gemini(model, { prompt: 80, candidates: 400, queries: ['a', 'b', 'c'] }), {
          allowancesUsedUp: true,
        }),
      ],
      lines: [
        [80, price('google', model, 'input')],
        [400, price('google', model, 'output')],
        [1, otherPrice('Gemini 2.5 grounded request')],
      ],
    }),
  ),
  ...(['gemini-3-pro-preview', 'gemini-3-flash-preview'] as const).map((model) =>
    make({
      name: `grounded-${model}`,
      provider: 'google',
      title: 'A grounded request past the free allowance: since Gemini 3 each query counts',
      day,
      calls: [
        call('gemini', 'google', model, body.gemini(model, { prompt: 90, candidates: 410, queries: ['a', 'b', 'c'] }), {
          allowancesUsedUp: true,
        }),
      ],
      lines: [
        [90, price('google', model, 'input')],
        [410, price('google', model, 'output')],
        [3, otherPrice('Gemini 3 search query')],
      ],
    }),
  ),
  make({
    name: 'grounded-within-or-past',
    provider: 'google',
    title: 'A grounded request of which nobody tells whether the free allowance was used up',
    day,
    calls: [
      call(
        'gemini',
        'google',
        'gemini-2.5-flash',
        body.gemini('gemini-2.5-flash', { prompt: 80, candidates: 400, queries: ['a'] }),
      ),
    ],
    unpriced:
      'The first grounded requests of a day are free, the next are not, and the answer does not tell which this was.',
  }),
];

const tools = (['gemini-2.5-flash', 'gemini-2.5-pro'] as const).map((model) =>
  make({
    name: `tool-prompt-${model}`,
    provider: 'google',
    title: 'What tools give the model to read is beside the prompt, and input',
    day,
    calls: [call('gemini', 'google', model, body.gemini(model, { prompt: 50, candidates: 300, tools: 8800 }))],
    lines: [
      ['50 + 8800', price('google', model, 'input')],
      [300, price('google', model, 'output')],
    ],
  }),
);

const unknown = [
  make({
    name: 'audio-without-price',
    provider: 'openai',
    title: 'Audio at a model that has no price for it: not that of text',
    day,
    calls: [
      call(
        'openai-chat',
        'openai',
        'gpt-4.1',
        body.openaiChat(answered('gpt-4.1'), { prompt: 900, completion: 20, audioIn: 850 }),
      ),
    ],
    unpriced: 'The page has no price for audio at this model.',
  }),
  make({
    name: 'new-kind-of-usage',
    provider: 'anthropic',
    title: 'A kind of usage that came up after the library was made: not free',
    day,
    calls: [
      call('anthropic-messages', 'anthropic', claude.sonnet4.asked, {
        type: 'message',
        model: claude.sonnet4.asked,
        usage: {
          input_tokens: 100,
          output_tokens: 50,
          server_tool_use: { web_search_requests: 0, hologram_requests: 3 },
        },
      }),
    ],
    unpriced: 'No page has a price for hologram_requests.',
  }),
];

export const otherUnitsOfTools: readonly Fixture[] = [
  ...claudeSearches,
  ...openaiTools,
  ...grounding,
  ...tools,
  ...unknown,
];
