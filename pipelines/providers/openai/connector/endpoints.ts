import type OpenAI from 'openai';
import type { UsageAnswer } from '../answers.ts';

type UsageApi = OpenAI['admin']['organization']['usage'];

interface Window {
  /** Unix seconds. */
  start_time: number;
  /** Exclusive. */
  end_time: number;
  bucket_width: '1d';
  /** Days of one page, at most 31. */
  limit: number;
  page?: string;
}

interface Call {
  readonly signal?: AbortSignal;
}

type Ask = (api: UsageApi, window: Window, call: Call) => { asResponse(): Promise<Response> };

/** Every endpoint of usage, at the finest grain that it offers. */
export const usageEndpoints: Readonly<Record<UsageAnswer, Ask>> = {
  completions: (api, window, call) =>
    api.completions(
      { ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'] },
      call,
    ),
  embeddings: (api, window, call) =>
    api.embeddings({ ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model'] }, call),
  moderations: (api, window, call) =>
    api.moderations({ ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model'] }, call),
  images: (api, window, call) =>
    api.images({ ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model', 'size', 'source'] }, call),
  audio_speeches: (api, window, call) =>
    api.audioSpeeches({ ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model'] }, call),
  audio_transcriptions: (api, window, call) =>
    api.audioTranscriptions({ ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model'] }, call),
  vector_stores: (api, window, call) => api.vectorStores({ ...window, group_by: ['project_id'] }, call),
  code_interpreter_sessions: (api, window, call) =>
    api.codeInterpreterSessions({ ...window, group_by: ['project_id'] }, call),
  file_search_calls: (api, window, call) =>
    api.fileSearchCalls({ ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'vector_store_id'] }, call),
  web_search_calls: (api, window, call) =>
    api.webSearchCalls(
      { ...window, group_by: ['project_id', 'user_id', 'api_key_id', 'model', 'context_level'] },
      call,
    ),
};

/** Costs, at the finest grain that usage can be found for. */
export const groupedCosts: Ask = (api, window, call) =>
  api.costs({ ...window, group_by: ['project_id', 'line_item', 'api_key_id'] }, call);

/** Costs without any grouping: what the grouped ones add up to. */
export const totalCosts: Ask = (api, window, call) => api.costs(window, call);
