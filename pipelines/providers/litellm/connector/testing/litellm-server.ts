import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

/** A row of the log of requests, as `/spend/logs/v2` gives it; the sums of the days are made of them. */
export interface LoggedRequest {
  readonly request_id: string;
  /** ISO 8601, UTC. */
  readonly startTime: string;
  readonly model: string;
  readonly custom_llm_provider: string;
  /** Hash of the virtual key. */
  readonly api_key: string;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly team_id?: string | null;
  readonly end_user?: string | null;
  readonly request_tags?: readonly string[];
  readonly cache_hit?: string;
  readonly metadata?: {
    readonly user_api_key_alias?: string;
    readonly additional_usage_values?: {
      readonly cache_read_input_tokens?: number;
      readonly cache_creation_input_tokens?: number;
    };
  };
}

export interface LiteLlmAnswers {
  requests: readonly LoggedRequest[];
  /** Keys of administrators. Default: any. */
  adminKey?: string;
  /** Rows of a page at most, whatever is asked for. */
  pageSize?: number;
  /** Gives the first page for every page. */
  loops?: boolean;
}

/** Answers `GET /user/daily/activity` and `/spend/logs/v2` as a LiteLLM proxy does. `answers` may change meanwhile. */
export function startLiteLlmServer(answers: LiteLlmAnswers): Promise<AnswerServer> {
  return startAnswerServer(({ url, headers }) => {
    const key = /^Bearer (.+)$/.exec(String(headers.authorization))?.[1];
    const query = Object.fromEntries(url.searchParams) as Record<string, string | undefined>;
    const isAdmin = answers.adminKey === undefined || key === answers.adminKey;
    if (key === undefined) return { status: 401, json: { error: { message: 'No api key passed in.' } } };
    const size = Math.min(Number(query.page_size), answers.pageSize ?? 1000);
    const page = answers.loops ? 1 : Number(query.page);
    const cut = <Row>(rows: readonly Row[]) => rows.slice((page - 1) * size, page * size);
    if (url.pathname.endsWith('/spend/logs/v2')) {
      if (!isAdmin) return { status: 401, json: { error: { message: 'Only proxy admins can view all spend logs' } } };
      const [start, end] = [query.start_date!, query.end_date!];
      const rows = answers.requests.filter((row) => spaced(row.startTime) >= start && spaced(row.startTime) <= end);
      const total_pages = Math.ceil(rows.length / size);
      return { json: { data: cut(rows), total: rows.length, page: Number(query.page), page_size: size, total_pages } };
    }
    if (!url.pathname.endsWith('/user/daily/activity')) return { status: 404, json: { detail: 'Not Found' } };
    const rows = answers.requests.filter(
      ({ startTime, model }) =>
        startTime.slice(0, 10) >= query.start_date! &&
        startTime.slice(0, 10) <= query.end_date! &&
        (query.model === undefined || model === query.model),
    );
    const has_more = page * size < rows.length || answers.loops === true;
    const metadata = { page, total_pages: Math.ceil(rows.length / size), has_more };
    return { json: { results: daysOf(cut(rows)), metadata } };
  });
}

function daysOf(rows: readonly LoggedRequest[]): object[] {
  const groups = (of: readonly LoggedRequest[], name: (row: LoggedRequest) => string) => Object.groupBy(of, name);
  const entries = (of: ReturnType<typeof groups>, make: (rows: readonly LoggedRequest[]) => object) =>
    Object.fromEntries(Object.entries(of).map(([name, found]) => [name, make(found ?? [])]));
  const keys = (of: readonly LoggedRequest[]) =>
    entries(
      groups(of, (row) => row.api_key),
      (found) => ({
        metrics: sumsOf(found),
        metadata: { key_alias: found[0]!.metadata?.user_api_key_alias ?? null, team_id: found[0]!.team_id ?? null },
      }),
    );
  const withKeys = (of: readonly LoggedRequest[]) => ({
    metrics: sumsOf(of),
    metadata: {},
    api_key_breakdown: keys(of),
  });
  const days = groups(rows, (row) => row.startTime.slice(0, 10));
  return Object.entries(days).map(([date, found = []]) => {
    const models = groups(found, (row) => row.model);
    const providers = groups(found, (row) => row.custom_llm_provider);
    const breakdown = {
      models: entries(models, withKeys),
      providers: entries(providers, withKeys),
      api_keys: keys(found),
    };
    return { date, metrics: sumsOf(found), breakdown };
  });
}

function sumsOf(rows: readonly LoggedRequest[]): Record<string, number> {
  const sum = (count: (row: LoggedRequest) => number | undefined) =>
    rows.reduce((total, row) => total + (count(row) ?? 0), 0);
  return {
    spend: 0.001 * rows.length,
    prompt_tokens: sum((row) => row.prompt_tokens),
    completion_tokens: sum((row) => row.completion_tokens),
    cache_read_input_tokens: sum((row) => row.metadata?.additional_usage_values?.cache_read_input_tokens),
    cache_creation_input_tokens: sum((row) => row.metadata?.additional_usage_values?.cache_creation_input_tokens),
    api_requests: rows.length,
  };
}

function spaced(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}
