import type { Fixture } from '../../fixture.ts';
import { type Draft, fixture } from '../builder.ts';
import { call, claude } from '../calls.ts';
import { price } from '../published.ts';
import * as body from '../responses/index.ts';

const make = (draft: Draft) => fixture('attempts', draft);
const day = '2026-06-01';
const opus = claude.opus45;
const iterations = [
  make({
    name: 'iterations-compaction',
    provider: 'anthropic',
    title: 'A compaction is a sampling of its own, and the counts above leave it out',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        opus.asked,
        body.anthropic(opus.asked, {
          input: 4100,
          output: 900,
          iterations: [
            body.iteration('compaction', { input: 160000, output: 3500 }),
            body.iteration('message', { input: 4100, output: 900 }),
          ],
        }),
      ),
    ],
    lines: [
      ['160000 + 4100', price('anthropic', opus.sheet, 'input')],
      ['3500 + 900', price('anthropic', opus.sheet, 'output')],
    ],
  }),
  make({
    name: 'iterations-advisor',
    provider: 'anthropic',
    title: 'An advisor that was asked is another model, with its own price',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        claude.haiku45.asked,
        body.anthropic(claude.haiku45.asked, {
          input: 2600,
          output: 800,
          iterations: [
            body.iteration('message', { input: 1200, output: 300 }),
            body.iteration('advisor_message', { input: 5000, output: 700 }, opus.asked),
            body.iteration('message', { input: 1400, output: 500 }),
          ],
        }),
      ),
    ],
    lines: [
      ['1200 + 1400', price('anthropic', claude.haiku45.sheet, 'input')],
      ['300 + 500', price('anthropic', claude.haiku45.sheet, 'output')],
      [5000, price('anthropic', opus.sheet, 'input')],
      [700, price('anthropic', opus.sheet, 'output')],
    ],
  }),
  make({
    name: 'iterations-fallback',
    provider: 'anthropic',
    title: 'A fallback inside of one request: each model at its own price',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        opus.asked,
        body.anthropic(claude.sonnet4.asked, {
          input: 6000,
          output: 450,
          iterations: [
            { ...body.iteration('message', { input: 6000, output: 30 }), model: opus.asked },
            body.iteration('fallback_message', { input: 6000, output: 450 }, claude.sonnet4.asked),
          ],
        }),
      ),
    ],
    lines: [
      [6000, price('anthropic', opus.sheet, 'input')],
      [30, price('anthropic', opus.sheet, 'output')],
      [6000, price('anthropic', 'Claude Sonnet 4', 'input')],
      [450, price('anthropic', 'Claude Sonnet 4', 'output')],
    ],
  }),
  make({
    name: 'iterations-cached',
    provider: 'anthropic',
    title: 'The turns of a server-side loop: the second reads what the first wrote',
    day,
    calls: [
      call(
        'anthropic-messages',
        'anthropic',
        claude.sonnet4.asked,
        body.anthropic(claude.sonnet4.asked, {
          input: 60,
          output: 500,
          read: 8000,
          five: 8200,
          iterations: [
            body.iteration('message', { input: 20, output: 200, five: 8000 }),
            body.iteration('message', { input: 40, output: 300, read: 8000, five: 200 }),
          ],
        }),
      ),
    ],
    lines: [
      ['20 + 40', price('anthropic', 'Claude Sonnet 4', 'input')],
      [8000, price('anthropic', 'Claude Sonnet 4', 'cache read')],
      ['8000 + 200', price('anthropic', 'Claude Sonnet 4', 'cache write, 5 minutes')],
      ['200 + 300', price('anthropic', 'Claude Sonnet 4', 'output')],
    ],
  }),
];

export const attemptsInOne: readonly Fixture[] = [...iterations];
