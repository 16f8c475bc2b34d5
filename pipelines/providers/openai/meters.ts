import type { MeterId } from '../../prices/meters.ts';
import type { RawColumn, RowRule } from '../bill-format.ts';
import type { UsageAnswer } from './answers.ts';

/** Counts of the usage answers. None is money. */
export const countColumns = [
  'input_tokens',
  'input_cached_tokens',
  'input_cache_write_tokens',
  'input_cache_write_30m_tokens',
  'input_cache_write_12h_tokens',
  'input_uncached_tokens',
  'input_audio_tokens',
  'input_image_tokens',
  'input_cached_text_tokens',
  'input_cached_audio_tokens',
  'input_cached_image_tokens',
  'output_tokens',
  'output_audio_tokens',
  'output_image_tokens',
  'num_model_requests',
  'num_requests',
  'num_sessions',
  'images',
  'characters',
  'seconds',
  'usage_bytes',
] as const;

export const countTypes: readonly RawColumn[] = countColumns.map((name) => ({
  source: name,
  raw: name,
  type: 'decimal',
  rounds: true,
}));

type Count = (typeof countColumns)[number];

/** A delivered count as DECIMAL(38,18). DuckDB reads text into 64-bit integers ten times faster than into wide decimals. */
export function countSql(text: string): string {
  const short = `CASE WHEN strlen(${text}) < 16 AND NOT contains(${text}, '.') THEN ${text} END`;
  return `COALESCE(CAST(TRY_CAST(${short} AS BIGINT) AS DECIMAL(38,18)), TRY_CAST(${text} AS DECIMAL(38,18)))`;
}

/** A count that the answer leaves out is 0 in sums; text that is no number is null, and named by its column's type. */
const count = (name: Count) => `COALESCE(TRY_CAST(${name} AS DECIMAL(38,18)), 0)`;
const known = (name: Count) => `TRY_CAST(${name} AS DECIMAL(38,18))`;

/**
 * OpenAI counts cached and cache-write tokens inside of the input tokens, and audio and images inside of each. What is left
 * of a total when its parts are taken off is text.
 */
const cachedText = `COALESCE(${known('input_cached_tokens')} - ${count('input_cached_audio_tokens')} - ${count('input_cached_image_tokens')},
  ${count('input_cached_text_tokens')})`;
const cached = `COALESCE(${known('input_cached_tokens')},
  ${count('input_cached_text_tokens')} + ${count('input_cached_audio_tokens')} + ${count('input_cached_image_tokens')})`;
const writesApart = `${count('input_cache_write_30m_tokens')} + ${count('input_cache_write_12h_tokens')}`;
const writes = `COALESCE(${known('input_cache_write_tokens')}, ${writesApart})`;
const uncached = `COALESCE(${known('input_uncached_tokens')}, ${count('input_tokens')} - ${cached} - ${writes})`;
const uncachedText = `${uncached} - ${count('input_audio_tokens')} - ${count('input_image_tokens')}`;
const otherWrites = `${writes} - (${writesApart})`;
const outputText = `${count('output_tokens')} - ${count('output_audio_tokens')} - ${count('output_image_tokens')}`;

/** 10^-18 GiB-hours: bytes are counted as held for as long as the bucket lasts. */
const byteHours = `CAST(trunc(${count('usage_bytes')}) AS HUGEINT) * date_diff('hour', CAST(charge_start AS TIMESTAMP), CAST(charge_end AS TIMESTAMP))`;
const storage = `(CAST(((${byteHours}) // 1073741824) AS DECIMAL(38,18))
  + CAST((((${byteHours}) % 1073741824) * 1000000000000000000::HUGEINT) // 1073741824 AS DECIMAL(38,0)) * CAST(0.000000000000000001 AS DECIMAL(18,18)))`;

const meterCounts: Readonly<Record<UsageAnswer, Partial<Readonly<Record<MeterId, string>>>>> = {
  completions: {
    input_tokens: uncachedText,
    cached_input_tokens: cachedText,
    cache_write_tokens: otherWrites,
    cache_write_30m_tokens: count('input_cache_write_30m_tokens'),
    cache_write_12h_tokens: count('input_cache_write_12h_tokens'),
    output_tokens: outputText,
    input_audio_tokens: count('input_audio_tokens'),
    cached_input_audio_tokens: count('input_cached_audio_tokens'),
    output_audio_tokens: count('output_audio_tokens'),
    input_image_tokens: count('input_image_tokens'),
    cached_input_image_tokens: count('input_cached_image_tokens'),
    output_image_tokens: count('output_image_tokens'),
  },
  embeddings: { input_tokens: count('input_tokens') },
  moderations: { input_tokens: count('input_tokens') },
  images: { images: count('images') },
  audio_speeches: { characters: count('characters') },
  audio_transcriptions: { audio_seconds: count('seconds') },
  vector_stores: { storage },
  code_interpreter_sessions: { code_sessions: count('num_sessions') },
  file_search_calls: { file_searches: count('num_requests') },
  web_search_calls: { web_searches: count('num_requests') },
};

/** SQL over a raw row: a list of `{meter, quantity}`, disjoint, without those of quantity 0. */
export function metersOfRowSql(): string {
  const cases = Object.entries(meterCounts).map(([answer, counts]) => {
    const items = Object.entries(counts).map(
      ([meter, quantity]) => `{'meter': '${meter}', 'quantity': CAST(${quantity} AS DECIMAL(38,18))}`,
    );
    return `WHEN '${answer}' THEN [${items.join(', ')}]`;
  });
  return `list_filter(CASE openai_answer ${cases.join('\n    ')} END, lambda m: m.quantity <> 0)`;
}

/** Answers whose parts are more than their whole: nobody knows which of the counts is wrong. */
export const meterRules: readonly RowRule[] = [
  broken('input_tokens', uncachedText, 'is less than its cached, cache-write, audio and image tokens together'),
  broken('input_cached_tokens', cachedText, 'is less than its audio and image tokens together'),
  broken('input_cache_write_tokens', otherWrites, 'is less than its 30-minute and 12-hour tokens together'),
  broken('output_tokens', outputText, 'is less than its audio and image tokens together'),
];

function broken(column: Count, rest: string, reason: string): RowRule {
  return { column, brokenWhen: `COALESCE(openai_answer = 'completions' AND (${rest}) < 0, false)`, reason };
}
