/**
 * The kinds of lines that the connector writes, in the column `openai_answer`. What the API answers is named by the last
 * part of its path; `costs_total` is what it answers about costs without any grouping.
 */
export const usageAnswers = [
  'completions',
  'embeddings',
  'moderations',
  'images',
  'audio_speeches',
  'audio_transcriptions',
  'vector_stores',
  'code_interpreter_sessions',
  'file_search_calls',
  'web_search_calls',
] as const;

export type UsageAnswer = (typeof usageAnswers)[number];

/** Names of ids that occur in the other lines: `name_id` and `name_text`. */
export type NameAnswer = 'project' | 'user' | 'api_key';

/** Column of the kind of a line; the first line of a file is `about` the file. */
export const MARK = 'openai_answer';
