import { expect, test } from 'vitest';
import { type Line, line, selected, withLines } from './fixtures/landed.ts';
import { openaiSource } from './usage.ts';

async function metersOf(...lines: Line[]): Promise<Record<string, string>> {
  const rows = await selected(lines, openaiSource.usage);
  return Object.fromEntries(rows.map(({ meter, quantity }) => [meter!, quantity!]));
}

const model = { model: 'gpt-5-mini', num_model_requests: 5 };

test('the parts of an answer are disjoint and add up to all of its tokens', async () => {
  const completions = line('completions', {
    ...model,
    input_tokens: 1000,
    input_cached_tokens: 400,
    input_cache_write_tokens: 100,
    input_cache_write_30m_tokens: 60,
    input_cache_write_12h_tokens: 30,
    input_uncached_tokens: 500,
    input_text_tokens: 400,
    input_cached_text_tokens: 300,
    input_audio_tokens: 40,
    input_cached_audio_tokens: 45,
    input_image_tokens: 60,
    input_cached_image_tokens: 55,
    output_tokens: 500,
    output_text_tokens: 400,
    output_audio_tokens: 70,
    output_image_tokens: 30,
  });
  const meters = await metersOf(completions);
  expect(meters).toEqual({
    input_tokens: '400',
    cached_input_tokens: '300',
    cache_write_tokens: '10',
    cache_write_30m_tokens: '60',
    cache_write_12h_tokens: '30',
    input_audio_tokens: '40',
    cached_input_audio_tokens: '45',
    input_image_tokens: '60',
    cached_input_image_tokens: '55',
    output_tokens: '400',
    output_audio_tokens: '70',
    output_image_tokens: '30',
  });
  expect(Object.values(meters).reduce((sum, value) => sum + Number(value), 0)).toBe(1500);
});

test('an older answer without the parts gives the same meters by subtraction', async () => {
  const old = { ...model, input_tokens: 1000, input_cached_tokens: 400, output_tokens: 500, input_audio_tokens: 50 };
  expect(await metersOf(line('completions', old))).toEqual({
    input_tokens: '550',
    input_audio_tokens: '50',
    cached_input_tokens: '400',
    output_tokens: '500',
  });
});

test('cache writes that only one retention tells of are counted once', async () => {
  const writes = { ...model, input_tokens: 100, input_cache_write_12h_tokens: 100, output_tokens: 0 };
  expect(await metersOf(line('completions', writes))).toEqual({ cache_write_12h_tokens: '100' });
});

test('every other answer has the meter of its kind, and counts of 0 make no row', async () => {
  expect(
    await metersOf(
      line('embeddings', { model: 'text-embedding-3-small', input_tokens: 16, num_model_requests: 2 }),
      line('images', { model: 'dall-e-3', images: 2, num_model_requests: 2, size: '1024x1024' }),
      line('audio_speeches', { model: 'tts-1', characters: 45, num_model_requests: 1 }),
      line('audio_transcriptions', { model: 'whisper-1', seconds: 20, num_model_requests: 1 }),
      line('vector_stores', { usage_bytes: 1073741825 }),
      line('code_interpreter_sessions', { num_sessions: 1 }),
      line('file_search_calls', { num_requests: 3, vector_store_id: 'vs_1' }),
      line('web_search_calls', { num_model_requests: 2, num_requests: 4, context_level: 'low' }),
      line('moderations', { model: 'omni-moderation-latest', input_tokens: 0, num_model_requests: 2 }),
    ),
  ).toEqual({
    input_tokens: '16',
    images: '2',
    characters: '45',
    audio_seconds: '20',
    storage: '24.00000002235174179',
    code_sessions: '1',
    file_searches: '3',
    web_searches: '4',
  });
});

test('a row says project, key, user and tier, with the names that are known', async () => {
  const name = (openai_answer: string, name_id: string, name_text: string) =>
    line(openai_answer, { name_id, name_text, project_id: undefined });
  const lines = [
    line('completions', {
      ...model,
      input_tokens: 7,
      output_tokens: 0,
      api_key_id: 'key_1',
      user_id: 'user-1',
      batch: true,
      service_tier: 'default',
    }),
    line('completions', { ...model, input_tokens: 8, output_tokens: 0, batch: false, service_tier: 'default' }),
    line('completions', { ...model, input_tokens: 9, output_tokens: 0, batch: null, service_tier: 'Flex' }),
    name('project', 'proj_a', 'Search'),
    name('api_key', 'key_1', 'nightly'),
    name('user', 'user-1', 'ada@larkmoor.example'),
  ];
  const rows = await selected(lines, openaiSource.usage);
  expect(rows.map(({ tier }) => tier)).toEqual(['batch', null, 'flex']);
  expect(rows[0]).toMatchObject({
    account_id: 'org-larkmoor',
    sub_account_id: 'proj_a',
    sub_account_name: 'Search',
    api_key_id: 'key_1',
    api_key_name: 'nightly',
    principal_id: 'user-1',
    requests: '5',
    tags: '{"user":"ada@larkmoor.example"}',
  });
  expect(rows[1]).toMatchObject({ api_key_name: null, principal_id: null, tags: null });
});

test.each([
  ['input_tokens', { input_tokens: 100, input_cached_tokens: 400, output_tokens: 0 }],
  [
    'input_cached_tokens',
    { input_tokens: 100, input_cached_tokens: 40, input_cached_audio_tokens: 41, output_tokens: 0 },
  ],
  [
    'input_cache_write_tokens',
    { input_tokens: 100, input_cache_write_tokens: 1, input_cache_write_30m_tokens: 2, output_tokens: 0 },
  ],
  ['output_tokens', { input_tokens: 0, output_tokens: 1, output_audio_tokens: 2 }],
  ['input_tokens', { input_tokens: 'many', output_tokens: 1 }],
])('an answer whose %s contradict the rest is named, row and column', async (column, counts) => {
  await expect(withLines([line('completions', { ...model, ...counts })], async () => undefined)).rejects.toMatchObject({
    code: 'rows_unreadable',
    faults: [expect.objectContaining({ column, row: 2 })],
  });
});

test('a field that nobody knows yet changes nothing', async () => {
  const grown = {
    ...model,
    input_tokens: 3,
    output_tokens: 0,
    input_holograms: 12,
    details: { a: [1] },
    tier: 'x',
    meter: 'y',
    account_name: 'z',
    source_row: 7,
  };
  expect(await metersOf(line('completions', grown))).toEqual({ input_tokens: '3' });
});
