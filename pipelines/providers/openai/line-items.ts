import type { MeterId } from '../../prices/meters.ts';
import { lookUpSql } from '../look-up.ts';

/**
 * A line item of the costs is free text: `gpt-4o-2024-08-06, cached input`, `gpt-image-1 image, output`,
 * `flex | gpt-5-mini, input`, `priority | gpt-5.6-sol, output, long context`, `gpt-6-astra, input_tokens`,
 * `assistants api | file search`, `web search tool calls`. What it says is read where it can be; any other text is a line of its own.
 */

/** The words after the model, sorted, without those that say nothing (`text`, `tokens`) or name the tier. */
const metersByWords: Readonly<Record<string, MeterId>> = {
  input: 'input_tokens',
  'cached input': 'cached_input_tokens',
  output: 'output_tokens',
  'audio input': 'input_audio_tokens',
  'audio cached input': 'cached_input_audio_tokens',
  'audio output': 'output_audio_tokens',
  'image input': 'input_image_tokens',
  'cached image input': 'cached_input_image_tokens',
  'image output': 'output_image_tokens',
  'input video': 'input_video_tokens',
  'cache write': 'cache_write_tokens',
  'cache input write': 'cache_write_tokens',
  '30m cache write': 'cache_write_30m_tokens',
  '30m cache input write': 'cache_write_30m_tokens',
  '12h cache write': 'cache_write_12h_tokens',
  '12h cache input write': 'cache_write_12h_tokens',
  training: 'training_tokens',
  audio: 'audio_seconds',
  seconds: 'audio_seconds',
  characters: 'characters',
  images: 'images',
};

/** Line items without a model, by their whole text. */
const metersByText: Readonly<Record<string, MeterId>> = {
  'web search tool calls': 'web_searches',
  'web search tool call': 'web_searches',
  'web search': 'web_searches',
  'file search tool calls': 'file_searches',
  'file search tool call': 'file_searches',
  // Its amounts are those of storage: far below the price of one search.
  'assistants api / file search': 'storage',
  'file search storage': 'storage',
  'vector storage': 'storage',
  'vector store storage': 'storage',
  'code interpreter': 'code_sessions',
  'code interpreter sessions': 'code_sessions',
  'assistants api / code interpreter': 'code_sessions',
};

/** A model's name alone: its unit tells what is counted. */
const metersByUnit: Readonly<Record<string, MeterId>> = {
  images: 'images',
  characters: 'characters',
  duration_seconds: 'audio_seconds',
  duration_minutes: 'audio_seconds',
  duration_hours: 'audio_seconds',
};

/** Meters that line items and usage name without a model, or with different ones. */
export const metersWithoutModel: readonly MeterId[] = ['web_searches', 'file_searches', 'code_sessions', 'storage'];

const TIERS = "['batch', 'flex', 'priority', 'scale']";

/**
 * SELECT of all columns of `from`, which has `line_item` and `quantity_unit`, and what the line item says: `item_model`,
 * `item_tier` (null is standard), `item_meter` (null where it is no meter of ours), `item_context` (`long context`).
 */
export function lineItemsSql(from: string): string {
  return `SELECT * EXCLUDE (item_parts, item_text, item_prefixes, item_pieces, item_words, item_rest, item_meter_known, item_model_name),
      CASE WHEN item_meter_known IN (${metersWithoutModel.map((meter) => `'${meter}'`).join(', ')}) THEN NULL ELSE item_model_name END AS item_model,
      item_meter_known AS item_meter
    FROM (SELECT *,
        COALESCE(${lookUpSql('item_text', metersByText)},
          CASE WHEN len(item_rest) > 0 THEN ${lookUpSql("array_to_string(list_sort(item_rest), ' ')", metersByWords)}
            WHEN len(item_words) = 1 AND contains(item_words[1], '-') THEN CASE
              WHEN quantity_unit IN ('tokens', '1000_tokens') THEN CASE
                WHEN regexp_matches(item_words[1], '^text-embedding|moderation') THEN 'input_tokens' END
              ELSE ${lookUpSql('quantity_unit', metersByUnit)} END END) AS item_meter_known,
        CASE WHEN len(item_pieces) > 1 OR (len(item_words) = 1 AND contains(item_words[1], '-')) THEN item_words[1] END AS item_model_name,
        COALESCE(list_filter(item_prefixes, lambda p: list_contains(${TIERS}, p))[1],
          list_filter(item_words[2:], lambda w: list_contains(${TIERS}, w))[1]) AS item_tier,
        CASE WHEN list_contains(item_pieces, 'long context') THEN 'long context' END AS item_context
      FROM (SELECT *,
          list_distinct(list_transform(
            list_filter(item_words[2:], lambda w: NOT list_contains(['text', 'token', 'tokens'] || ${TIERS}, w)),
            lambda w: CASE w WHEN 'writes' THEN 'write' ELSE w END)) AS item_rest
        FROM (SELECT *,
            string_split_regex(item_pieces[1], ' +')
              || list_filter(string_split_regex(array_to_string(list_filter(item_pieces[2:], lambda p: p <> 'long context'), ' '), '[ _]+'),
                lambda w: w <> '') AS item_words
          FROM (SELECT *,
              array_to_string(item_parts, ' / ') AS item_text,
              item_parts[:-2] AS item_prefixes,
              list_transform(string_split(item_parts[-1], ','), lambda p: trim(p)) AS item_pieces
            FROM (SELECT *, list_transform(string_split(lower(line_item), '|'), lambda p: trim(p)) AS item_parts FROM ${from})))))`;
}

/** A model as both sides write it: a fine-tuned one is `ft:<base>:<organisation>:…` in usage and `ft-<base>` in costs. */
export function modelKeySql(model: string): string {
  return `regexp_replace(lower(trim(${model})), '^ft:([^:]+):.*$', 'ft-\\1')`;
}

/** The model without the date of its snapshot, since one side may name the alias. */
export function modelFamilySql(modelKey: string): string {
  return `regexp_replace(${modelKey}, '-(20[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{4}|latest)$', '')`;
}
