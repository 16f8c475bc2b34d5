import { describe, expect, test } from 'vitest';
import { cost, type Line, line, selected } from './fixtures/landed.ts';
import { openaiSource } from './usage.ts';

const costs = (...lines: Line[]) => selected(lines, openaiSource.costs!);

const said: readonly [string, Line, string | null, string | null, string | null][] = [
  ['gpt-4o-2024-08-06, input', {}, 'gpt-4o-2024-08-06', 'input_tokens', null],
  ['gpt-4o-2024-08-06, output', {}, 'gpt-4o-2024-08-06', 'output_tokens', null],
  ['gpt-4o-2024-08-06, cached input', {}, 'gpt-4o-2024-08-06', 'cached_input_tokens', null],
  ['gpt-6-astra, input_tokens', {}, 'gpt-6-astra', 'input_tokens', null],
  ['GPT-6-Astra , Cached_Input_Tokens', {}, 'gpt-6-astra', 'cached_input_tokens', null],
  ['gpt-5.6-sol, cache writes', {}, 'gpt-5.6-sol', 'cache_write_tokens', null],
  ['gpt-5.6-sol, cache write 12h', {}, 'gpt-5.6-sol', 'cache_write_12h_tokens', null],
  ['o3, output', {}, 'o3', 'output_tokens', null],
  ['ft-gpt-4o-2024-08-06, training', {}, 'ft-gpt-4o-2024-08-06', 'training_tokens', null],
  ['gpt-image-1 image, cached input', {}, 'gpt-image-1', 'cached_input_image_tokens', null],
  ['gpt-image-1 text, input', {}, 'gpt-image-1', 'input_tokens', null],
  ['gpt-audio-mini-2025-12-15 audio, output', {}, 'gpt-audio-mini-2025-12-15', 'output_audio_tokens', null],
  ['flex | gpt-5-mini, input', {}, 'gpt-5-mini', 'input_tokens', 'flex'],
  ['batch | gpt-5-mini, output', {}, 'gpt-5-mini', 'output_tokens', 'batch'],
  ['priority | gpt-5.6-sol, output, long context', {}, 'gpt-5.6-sol', 'output_tokens', 'priority'],
  ['evals | gpt-4o-mini-2024-07-18, input', {}, 'gpt-4o-mini-2024-07-18', 'input_tokens', null],
  ['whisper-1, audio', {}, 'whisper-1', 'audio_seconds', null],
  ['whisper-1', { quantity_unit: 'duration_seconds' }, 'whisper-1', 'audio_seconds', null],
  ['dall-e-3', { quantity_unit: 'images' }, 'dall-e-3', 'images', null],
  ['tts-1', { quantity_unit: 'characters' }, 'tts-1', 'characters', null],
  ['text-embedding-3-small', { quantity_unit: 'tokens' }, 'text-embedding-3-small', 'input_tokens', null],
  ['web search tool calls', {}, null, 'web_searches', null],
  ['file search tool calls', {}, null, 'file_searches', null],
  ['assistants api | file search', { quantity_unit: 'gibibyte_hours' }, null, 'storage', null],
  ['assistants api | code interpreter', {}, null, 'code_sessions', null],
  ['gpt-5-mini, telepathy', {}, 'gpt-5-mini', null, null],
  ['gpt-5-mini', { quantity_unit: 'tokens' }, 'gpt-5-mini', null, null],
  ['input_tokens', { quantity_unit: 'tokens' }, null, null, null],
  ['Something new, and odd', {}, 'something', null, null],
];

describe('a line item', () => {
  test('says model, meter and tier, in every spelling that is known', async () => {
    const rows = await costs(...said.map(([text, values]) => cost(text, 1.25, values)));
    expect(rows.map((row) => [row.line_item, row.model, row.meter, row.tier])).toEqual(
      said.map(([text, , ...expected]) => [text, ...expected]),
    );
  });

  test('that the organisation never had before is billed all the same, as a line of its own', async () => {
    const rows = await costs(cost('quantum tokens (preview)', '0.000000000000000001'), cost('Promotional grant', -5));
    expect(
      rows.map(({ amount, meter, cost_key, charge_category }) => [amount, meter, cost_key, charge_category]),
    ).toEqual([
      ['0.000000000000000001', null, null, null],
      ['-5', null, null, 'Credit'],
    ]);
  });

  test('has its amount to the last digit', async () => {
    const delivered = [0.1, '0.30000000000000004000000', '1.5E-7'];
    const rows = await costs(...delivered.map((amount) => cost('gpt-5-mini, input', amount)));
    expect(rows.map(({ amount, currency }) => `${amount} ${currency}`)).toEqual([
      '0.1 USD',
      '0.30000000000000004 USD',
      '0.00000015 USD',
    ]);
  });

  test('has its quantity in a unit of FOCUS, and none where it has no unit', async () => {
    const units: readonly [string | null, number | null, string | null, string | null][] = [
      ['tokens', 1500, '1500', 'Tokens'],
      ['1000_tokens', 1.5, '1500', 'Tokens'],
      ['duration_minutes', 2, '2', 'Minutes'],
      ['gibibyte_hours', 0.5, '0.5', 'GiB-Hours'],
      ['parsecs', 3, '3', 'Parsecs'],
      ['odd unit', 3, null, null],
      [null, 3, null, null],
      ['tokens', null, null, null],
    ];
    const rows = await costs(
      ...units.map(([quantity_unit, quantity]) => cost('gpt-5-mini, input', 1, { quantity_unit, quantity })),
    );
    expect(rows.map(({ quantity, unit }) => [quantity, unit])).toEqual(units.map(([, , ...expected]) => expected));
  });
});

describe('an amount is laid over', () => {
  const used = (model: string | null, values: Line = {}) =>
    line('completions', { model, input_tokens: 10, output_tokens: 0, ...values });

  /** For each amount the first cells of the usage that it belongs to. */
  async function pairs(...lines: Line[]): Promise<Record<string, string[]>> {
    const usage = await selected(lines, openaiSource.usage);
    const billed = await costs(...lines);
    return Object.fromEntries(
      billed.map(({ amount, cost_key }) => [
        amount!,
        usage
          .filter((row) => row.cost_key === cost_key)
          .map((row) => `${row.model} ${row.tier ?? 'standard'} ${row.api_key_id ?? '-'}`),
      ]),
    );
  }

  test('all keys and tiers of its model, day and project, where it names none', async () => {
    expect(
      await pairs(
        used('gpt-5-mini', { api_key_id: 'key_1' }),
        used('gpt-5-mini', { api_key_id: 'key_2', batch: true }),
        used('gpt-5-mini', { api_key_id: 'key_3', project_id: 'proj_b' }),
        used('gpt-5-nano', { api_key_id: 'key_1' }),
        cost('gpt-5-mini, input', 1),
      ),
    ).toEqual({ 1: ['gpt-5-mini standard key_1', 'gpt-5-mini batch key_2'] });
  });

  test('the usage of its own tier and key, where both sides tell the same ones', async () => {
    expect(
      await pairs(
        used('gpt-5-mini', { api_key_id: 'key_1' }),
        used('gpt-5-mini', { api_key_id: 'key_2', service_tier: 'flex' }),
        cost('gpt-5-mini, input', 1, { api_key_id: 'key_1' }),
        cost('flex | gpt-5-mini, input', 2, { api_key_id: 'key_2' }),
      ),
    ).toEqual({ 1: ['gpt-5-mini standard key_1'], 2: ['gpt-5-mini flex key_2'] });
  });

  test('all keys of its tier, where a cost has a key that usage does not tell of', async () => {
    expect(
      await pairs(
        used('gpt-5-mini', { api_key_id: 'key_1' }),
        used('gpt-5-mini', { api_key_id: 'key_2', service_tier: 'flex' }),
        cost('gpt-5-mini, input', 1, { api_key_id: 'key_deleted' }),
        cost('flex | gpt-5-mini, input', 2, { api_key_id: 'key_2' }),
      ),
    ).toEqual({ 1: ['gpt-5-mini standard key_1'], 2: ['gpt-5-mini flex key_2'] });
  });

  test('its own snapshot alone, and all snapshots where it names their alias', async () => {
    const snapshots = [used('gpt-4o-2024-05-13'), used('gpt-4o-2024-08-06')];
    expect(await pairs(...snapshots, cost('gpt-4o-2024-08-06, input', 1))).toEqual({
      1: ['gpt-4o-2024-08-06 standard -'],
    });
    expect(await pairs(...snapshots, cost('gpt-4o, input', 1))).toEqual({
      1: ['gpt-4o-2024-05-13 standard -', 'gpt-4o-2024-08-06 standard -'],
    });
    expect(await pairs(used('gpt-4o'), cost('gpt-4o-2024-08-06, input', 1))).toEqual({ 1: ['gpt-4o standard -'] });
  });

  test('a fine-tuned model, which the two sides spell differently', async () => {
    const tuned = used('ft:gpt-4o-mini-2024-07-18:larkmoor::abc');
    expect(await pairs(tuned, used('gpt-4o-mini-2024-07-18'), cost('ft-gpt-4o-mini-2024-07-18, input', 1))).toEqual({
      1: ['ft:gpt-4o-mini-2024-07-18:larkmoor::abc standard -'],
    });
  });

  test('tool calls of any model', async () => {
    const calls = line('web_search_calls', { model: 'gpt-5-mini', num_requests: 4 });
    expect(await pairs(calls, cost('web search tool calls', 0.04))).toEqual({ '0.04': ['gpt-5-mini standard -'] });
  });
});

test.each([
  ['amount_value', { amount_value: undefined }],
  ['amount_value', { amount_value: 'free' }],
  ['amount_currency', { amount_currency: undefined }],
])('a cost without a readable %s is named', async (column, values) => {
  await expect(costs(cost('gpt-5-mini, input', 1, values))).rejects.toMatchObject({
    code: 'rows_unreadable',
    faults: [expect.objectContaining({ column, row: 2 })],
  });
});
