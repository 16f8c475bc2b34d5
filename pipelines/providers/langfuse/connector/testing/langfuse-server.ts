import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

/** A traced call of a model. */
export interface TracedCall {
  /** ISO 8601, UTC. */
  readonly startTime: string;
  readonly providedModelName: string | null;
  readonly environment?: string;
  readonly traceName?: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Default `GENERATION`. */
  readonly type?: string;
}

export interface LangfuseAnswers {
  calls: readonly TracedCall[];
  /** `pk-lf-…:sk-lf-…`. Default: any. */
  keys?: string;
  /** Counts a call once for each of its tags. */
  repeatsTags?: boolean;
}

interface MetricsQuery {
  dimensions: { field: string }[];
  filters: { value: string[] }[];
  fromTimestamp: string;
  toTimestamp: string;
  config: { row_limit: number };
}

/** Answers `GET /api/public/v2/metrics` as Langfuse does: sums are texts. `answers` may change meanwhile. */
export function startLangfuseServer(answers: LangfuseAnswers): Promise<AnswerServer> {
  return startAnswerServer(({ url, headers }) => {
    const given = /^Basic (.+)$/.exec(String(headers.authorization))?.[1];
    const keys = Buffer.from(given ?? '', 'base64').toString('utf8');
    if (given === undefined || (answers.keys !== undefined && keys !== answers.keys)) {
      return { status: 401, json: { message: 'Invalid credentials' } };
    }
    if (!url.pathname.endsWith('/api/public/v2/metrics')) return { status: 404, json: { message: 'Not found' } };
    const query = JSON.parse(url.searchParams.get('query')!) as MetricsQuery;
    const [from, to] = [Date.parse(query.fromTimestamp), Date.parse(query.toTimestamp)];
    const calls = answers.calls
      .filter(({ startTime }) => Date.parse(startTime) >= from && Date.parse(startTime) <= to)
      .filter(({ type = 'GENERATION' }) => query.filters[0]!.value.includes(type));
    return { json: { data: grouped(calls, query, answers.repeatsTags === true).slice(0, query.config.row_limit) } };
  });
}

function grouped(calls: readonly TracedCall[], { dimensions }: MetricsQuery, repeatsTags: boolean): object[] {
  const fields = dimensions.map(({ field }) => field);
  const repeated = calls.flatMap((call) =>
    repeatsTags && fields.includes('tags') ? (call.tags ?? []).map((tag) => ({ ...call, tags: [tag] })) : [call],
  );
  const key = (call: TracedCall) =>
    JSON.stringify(fields.map((field) => [field, call[field as keyof TracedCall] ?? (field === 'tags' ? [] : null)]));
  return Object.entries(Object.groupBy(repeated, key)).map(([values, found = []]) => {
    const sum = (count: (call: TracedCall) => number) => String(found.reduce((total, call) => total + count(call), 0));
    return {
      ...Object.fromEntries(JSON.parse(values) as [string, unknown][]),
      sum_inputTokens: sum((call) => call.inputTokens),
      sum_outputTokens: sum((call) => call.outputTokens),
      sum_totalTokens: sum((call) => call.inputTokens + call.outputTokens),
    };
  });
}
