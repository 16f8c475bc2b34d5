import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Asked,
  analyticsCost,
  analyticsUsage,
  instant,
  nextDay,
  reportCost,
  reportUsage,
  type ServedCost,
  type ServedUsage,
} from './answers.ts';

export const ADMIN_KEY = 'sk-ant-admin01-made-up-for-tests';

/** What the organisation has; days are found by their dates, so that any month can be served. */
export interface AnthropicAnswers {
  organization: { id: string; name: string };
  workspaces: readonly { id: string; name: string; tags?: Record<string, string> }[];
  /** Told as null by the reports, and by its id by the analytics. */
  defaultWorkspace?: string;
  apiKeys: readonly { id: string; name: string; principal?: Record<string, string> | null }[];
  usage: readonly ServedUsage[];
  costs: readonly ServedCost[];
  /** Rows of Claude Code's analytics as documented; each has its `date`. */
  claudeCode?: readonly { date: string }[];
  /** ISO 8601. */
  refreshedAt: string | null;
}

/** What an answer becomes on its way: another status or body, or broken off in the middle. */
interface Interference {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  cut?: boolean;
}

export interface AnthropicServerOptions {
  answers: AnthropicAnswers;
  adminKey?: string;
  /** Rows, or buckets of reports, in one page at most. Default: as many as asked for. */
  pageSize?: number;
  /** The analytics are not open to the organisation. */
  withoutAnalytics?: boolean;
  /** Grouping by speed is not open to the organisation. */
  withoutSpeed?: boolean;
  /** Called with every request and its true answer; `count` is how many there were before it. */
  interfere?: (url: URL, body: string, count: number) => Interference | undefined;
}

export interface AnthropicServer {
  endpoint: string;
  close(): Promise<void>;
  /** Path and query of every request, in order. */
  requests: string[];
}

type Reply = { status: number; body: unknown };

/** Answers the parts of Anthropic's Admin API that are documented for usage, costs and names, with their limits. */
export async function startAnthropicServer(options: AnthropicServerOptions): Promise<AnthropicServer> {
  const requests: string[] = [];
  const http = createServer((request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    const reply = replyTo(url, request, options);
    const text = JSON.stringify(reply.body);
    const {
      status = reply.status,
      headers = {},
      body = text,
      cut,
    } = options.interfere?.(url, text, requests.length) ?? {};
    requests.push(decodeURIComponent(request.url!));
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    if (!cut) return response.end(body);
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    close() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}

function replyTo(url: URL, request: IncomingMessage, options: AnthropicServerOptions): Reply {
  const { answers, adminKey = ADMIN_KEY, pageSize = Number.POSITIVE_INFINITY } = options;
  const given = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /, '');
  if (given !== adminKey) return failed(401, 'authentication_error', 'invalid x-api-key');
  const query = url.searchParams;
  const beta = String(request.headers['anthropic-beta'] ?? '');
  const refusal = limitOf(url, beta, options);
  if (refusal) return refusal;
  const paged = (rows: readonly unknown[]) => pageOf(rows, query, pageSize, answers.refreshedAt);
  const days = () => daysOf(askedOf(query));
  const reported = <Row extends { workspace_id?: string | null }>(rows: readonly Row[]) =>
    rows.map((row) => (row.workspace_id === answers.defaultWorkspace ? { ...row, workspace_id: null } : row));
  switch (url.pathname) {
    case '/v1/organizations/me':
      return ok({ ...answers.organization, type: 'organization' });
    case '/v1/organizations/workspaces':
      return ok(
        listOf(
          answers.workspaces.map((item) => ({ tags: {}, ...item, type: 'workspace' })),
          query,
          pageSize,
        ),
      );
    case '/v1/organizations/api_keys':
      return ok(
        listOf(
          answers.apiKeys.map((item) => ({ principal: null, ...item, type: 'api_key' })),
          query,
          pageSize,
        ),
      );
    case '/v1/organizations/analytics/usage':
      return ok(paged(analyticsUsage(answers.usage, askedOf(query))));
    case '/v1/organizations/analytics/cost':
      return ok(paged(analyticsCost(answers.costs, askedOf(query))));
    case '/v1/organizations/usage_report/messages':
      return ok(
        paged(days().map((day) => ({ ...day.bounds, results: reportUsage(reported(answers.usage), day.asked) }))),
      );
    case '/v1/organizations/cost_report':
      return ok(
        paged(days().map((day) => ({ ...day.bounds, results: reportCost(reported(answers.costs), day.asked) }))),
      );
    case '/v1/organizations/usage_report/claude_code':
      return ok(paged((answers.claudeCode ?? []).filter(({ date }) => date.startsWith(query.get('starting_at')!))));
    default:
      return failed(404, 'not_found_error', 'Not found');
  }
}

/** What the documentation says is refused. */
function limitOf(
  url: URL,
  beta: string,
  { withoutAnalytics, withoutSpeed }: AnthropicServerOptions,
): Reply | undefined {
  const groupBy = url.searchParams.getAll('group_by[]');
  if (url.pathname.includes('/analytics/')) {
    if (withoutAnalytics) return failed(403, 'permission_error', 'Analytics are not enabled for this organization');
    if (!beta.includes('analytics-usage-cost-2026-08-24')) return failed(404, 'not_found_error', 'Not found');
    if (groupBy.filter((name) => !['cost_type', 'token_type'].includes(name)).length > 5) {
      return failed(400, 'invalid_request_error', 'group_by: at most 5');
    }
    const [start, end] = [url.searchParams.get('starting_at')!, url.searchParams.get('ending_at')!].map(Date.parse) as [
      number,
      number,
    ];
    if (end - start > 31 * 86_400_000 || start < Date.UTC(2026, 0, 1) || start < Date.now() - 365 * 86_400_000) {
      return failed(400, 'invalid_request_error', 'starting_at: out of range');
    }
  }
  if (groupBy.includes('speed') && url.pathname.includes('usage_report')) {
    if (withoutSpeed || !beta.includes('fast-mode')) return failed(400, 'invalid_request_error', 'group_by: speed');
  }
  return undefined;
}

function askedOf(query: URLSearchParams): Asked {
  return {
    start: query.get('starting_at')!.slice(0, 10),
    end: query.get('ending_at')!.slice(0, 10),
    groupBy: query.getAll('group_by[]'),
    byDay: query.has('time_bucket_width') || query.has('bucket_width'),
    models: query.getAll('models[]'),
    geographies: query.getAll('inference_geos[]'),
  };
}

function daysOf(asked: Asked) {
  const days: { bounds: { starting_at: string; ending_at: string }; asked: Asked }[] = [];
  for (let day = asked.start; day < asked.end; day = nextDay(day)) {
    const bounds = { starting_at: instant(day), ending_at: instant(nextDay(day)) };
    days.push({ bounds, asked: { ...asked, start: day, end: nextDay(day) } });
  }
  return days;
}

function pageOf(rows: readonly unknown[], query: URLSearchParams, pageSize: number, refreshedAt: string | null) {
  const size = Math.min(pageSize, Number(query.get('limit') ?? 20));
  const start = Number(query.get('page')?.replace('page_', '') ?? 0);
  const more = start + size < rows.length;
  const next_page = more ? `page_${start + size}` : null;
  return { data: rows.slice(start, start + size), has_more: more, next_page, data_refreshed_at: refreshedAt };
}

function listOf(items: readonly { id: string }[], query: URLSearchParams, pageSize: number) {
  const start = items.findIndex(({ id }) => id === query.get('after_id')) + 1;
  const data = items.slice(start, start + Math.min(pageSize, Number(query.get('limit') ?? 20)));
  return {
    data,
    has_more: start + data.length < items.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function failed(status: number, type: string, message: string): Reply {
  return { status, body: { type: 'error', error: { type, message } } };
}
