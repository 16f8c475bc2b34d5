import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseExact } from '../../usage/answers/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { answersInFocus, landedAnswers } from '../testing/landed-answers.ts';
import { cursorSource } from './usage.ts';

const about = {
  cursor_answer: 'about',
  charge_start: '2026-09-01T00:00:00.000Z',
  charge_end: '2026-10-01T00:00:00.000Z',
  team: 'Larkmoor',
};

/** An event as the connector writes it, with its cents as text of JSON. */
function event(cents: string | undefined, more: object = {}): object {
  return {
    cursor_answer: 'event',
    charge_start: '2026-09-03T00:00:00.000Z',
    charge_end: '2026-09-04T00:00:00.000Z',
    team: 'Larkmoor',
    timestamp: '1788439000000',
    model: 'claude-opus-5',
    kind: 'Usage-based',
    userEmail: 'ada@larkmoor.example',
    requestsCosts: 5,
    ...{ input_tokens: 126, output_tokens: 450, cache_write_tokens: 6112, cache_read_tokens: 11964 },
    ...(cents !== undefined && (parseExact(`{"total_cents":${cents}}`) as object)),
    ...more,
  };
}

const read = (...lines: object[]) => landedAnswers(cursorSource, [about, ...lines]);

describe('meters', () => {
  test('the four kinds of tokens of a day, user, model and kind are added up', async () => {
    const { usage } = await read(
      event('1'),
      event('2'),
      event('3', { userEmail: 'bo@larkmoor.example', cache_read_tokens: 0 }),
    );
    expect(
      usage.map(({ principal_id, meter, quantity, requests }) => [principal_id, meter, quantity, requests]),
    ).toEqual([
      ['ada@larkmoor.example', 'cache_write_tokens', '12224', '2'],
      ['ada@larkmoor.example', 'cached_input_tokens', '23928', '2'],
      ['ada@larkmoor.example', 'input_tokens', '252', '2'],
      ['ada@larkmoor.example', 'output_tokens', '900', '2'],
      ['bo@larkmoor.example', 'cache_write_tokens', '6112', '1'],
      ['bo@larkmoor.example', 'input_tokens', '126', '1'],
      ['bo@larkmoor.example', 'output_tokens', '450', '1'],
    ]);
    expect(usage[0]).toMatchObject({
      charge_start: '2026-09-03 00:00:00',
      charge_end: '2026-09-04 00:00:00',
      account_id: 'Larkmoor',
      model: 'claude-opus-5',
      tags: '{"cursor_kind":"Usage-based"}',
      source_row: '2',
    });
  });

  test('days, models and kinds stay apart', async () => {
    const day = { charge_start: '2026-09-04T00:00:00.000Z', charge_end: '2026-09-05T00:00:00.000Z' };
    const { costs } = await read(
      event('1'),
      event('1', day),
      event('1', { model: 'auto' }),
      event('1', { kind: 'Included in Business' }),
    );
    expect(costs).toHaveLength(7);
    expect(new Set(costs.map(({ charge_start, cost_key }) => `${charge_start} ${cost_key}`)).size).toBe(7);
  });
});

describe('what an event costs', () => {
  const kinds: readonly (readonly [why: string, event: object, billed: string, list: string | undefined])[] = [
    [
      'usage beyond the plan: what is charged',
      { kind: 'Usage-based', chargedCents: 21.36232, cursorTokenFee: 1.18 },
      '0.2136232',
      '0.2136232',
    ],
    ['usage without a charge of its own: the tokens', { kind: 'Usage-based' }, '0.2018232', '0.2018232'],
    ['a discount', { kind: 'Usage-based', chargedCents: 10 }, '0.1', '0.2018232'],
    ['included usage: nothing, at its value', { kind: 'Included in Business' }, '0', '0.2018232'],
    [
      'included usage with a charge of its own: nothing',
      { kind: 'Included in Pro', chargedCents: 21 },
      '0',
      '0.2018232',
    ],
    ['an error', { kind: 'Errored, Not Charged' }, '0', '0'],
    ['what is not chargeable', { kind: 'Usage-based', isChargeable: false }, '0', '0.2018232'],
    ['one’s own key: Cursor’s fee alone', { kind: 'User API Key', chargedCents: 1.18 }, '0.0118', '0.0118'],
    ['one’s own key without a fee', { kind: 'User API Key' }, '0', '0'],
    ['a kind that is new: what is charged', { kind: 'Cloud agent', chargedCents: 3 }, '0.03', '0.2018232'],
    ['no kind', { kind: undefined }, '0.2018232', '0.2018232'],
  ];

  test('depends on its kind', async () => {
    const { costs } = await read(...kinds.map(([model, more]) => event('20.18232', { ...more, model })));
    const of = (why: string) => costs.filter(({ model }) => model === why);
    expect(kinds.map(([why]) => [why, total(of(why), 'amount'), total(of(why), 'list_amount')])).toEqual(
      kinds.map(([why, , billed, list]) => [why, billed, list]),
    );
  });

  test('cents as texts and with exponents keep their digits; fields that are new change nothing', async () => {
    const { costs } = await read(event('"0.5"'), event('1.25e-7', { serviceTier: { fast: true } }));
    expect(costs).toMatchObject([{ amount: '0.00500000125', quantity: '2', unit: 'Requests' }]);
  });

  test('what nobody says the cost of is usage without one, and never 0', async () => {
    const request = {
      ...{ input_tokens: undefined, output_tokens: undefined },
      cache_write_tokens: undefined,
      cache_read_tokens: undefined,
    };
    const { usage, costs } = await read(event('1'), event(undefined), event(undefined, { ...request, model: 'gpt-5' }));
    expect(costs.map(({ amount, quantity }) => [amount, quantity])).toEqual([['0.01', '1']]);
    const without = usage.filter(({ cost_key }) => cost_key !== costs[0]!.cost_key);
    expect(without.map(({ model, meter, quantity }) => [model, meter, quantity])).toEqual([
      ['claude-opus-5', 'cache_write_tokens', '6112'],
      ['claude-opus-5', 'cached_input_tokens', '11964'],
      ['claude-opus-5', 'input_tokens', '126'],
      ['claude-opus-5', 'output_tokens', '450'],
      ['gpt-5', 'requests', '5'],
    ]);
  });

  test.each([
    ['total_cents', event('"some"')],
    ['chargedCents', event('1', { chargedCents: { usd: 1 } })],
    ['input_tokens', event('1', { input_tokens: -1 })],
  ])('an event whose %s cannot be read is named', async (column, wrong) => {
    await expect(read(event('1'), wrong)).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [expect.objectContaining({ row: 3, column })],
    });
  });
});

/** Six places; undefined where a row has none. */
function total(rows: readonly Record<string, unknown>[], name: string): string | undefined {
  if (rows.some((row) => row[name] === undefined)) return undefined;
  return String(Math.round(rows.reduce((sum, row) => sum + Number(row[name]), 0) * 1e7) / 1e7);
}

test('in FOCUS the charges add up to what is billed, and break no rule', async () => {
  const lines = [
    about,
    event('20.18232'),
    event('0.0000001', { userEmail: 'bo@larkmoor.example' }),
    event('50', { kind: 'Included in Business' }),
    event('7', { model: 'priced' }),
    event('3', { model: 'bugbot', input_tokens: 0, output_tokens: 0, cache_write_tokens: 0, cache_read_tokens: 0 }),
    event(undefined, { model: 'unknown' }),
  ];
  const prices = {
    priced: { input_tokens: '5', output_tokens: '25', cached_input_tokens: '0.5', cache_write_tokens: '6.25' },
  };
  const { rows, totals, billed, broken } = await answersInFocus(cursorSource, lines, prices);
  expect(broken).toEqual([]);
  expect(totals).toEqual([{ billing_period: '2026-09-01', currency: 'USD', total: '0.301823201' }]);
  expect(billed).toEqual(totals);
  expect(emptyColumns(rows)).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
  const included = rows.filter(({ Tags }) => String(Tags).includes('Included'));
  expect(included.map(({ BilledCost }) => BilledCost)).toEqual(['0', '0', '0', '0']);
  expect(total(included, 'ListCost')).toBe('0.5');
  expect(rows.some(({ x_Model }) => x_Model === 'unknown')).toBe(false);
  expect(rows.find(({ x_Model }) => x_Model === 'bugbot')).toMatchObject({
    BilledCost: '0.03',
    ServiceName: 'Cursor',
    ServiceCategory: 'Developer Tools',
    ServiceSubcategory: 'Development Environments',
    x_PrincipalId: 'ada@larkmoor.example',
  });
});
