import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { add, decimal } from '@cloudact/core/money';
import { type AnswerLine, numberText, parseExact } from '../../../../usage/answers/index.ts';
import { MARK } from '../../answers.ts';

export interface OpenAiServerOptions {
  /**
   * What the organisation has: lines as the connector writes them (of any month, read with `parseExact` where digits matter).
   * Without `costs_total` lines, costs without grouping are the sum of the others.
   */
  answers: readonly AnswerLine[];
  adminKey?: string;
  organizationId?: string;
  /** Days of one page, however many are asked for. */
  pageDays?: number;
}

export interface OpenAiServer {
  endpoint: string;
  /** Path and query of every request, in order. */
  requests: string[];
  /** May be replaced at any time. */
  answers: readonly AnswerLine[];
  /** Paths for which the key has no right. */
  denied: RegExp | undefined;
  /** The next requests, so many, are answered with this status instead. */
  failures: { status: number; times: number; headers?: Readonly<Record<string, string>> } | undefined;
  /** Changes the body of answers. */
  spoil: ((path: string, body: string) => string) | undefined;
  /** Answers break off after so many bytes, although they say their whole length. */
  cutAfter: number | undefined;
  close(): Promise<void>;
}

export const ADMIN_KEY = 'sk-admin-testing-0123456789abcdef';
export const ORGANIZATION = 'org-larkmoor';

const DAY = 86_400;
/** Most days of a page, as documented. */
const MOST_DAYS = { usage: 31, costs: 180 };

/**
 * Answers OpenAI's organisation API as documented: usage and costs in buckets of a day, in pages, and the names of projects,
 * API keys and users.
 */
export async function startOpenAiServer(options: OpenAiServerOptions): Promise<OpenAiServer> {
  const { adminKey = ADMIN_KEY, organizationId = ORGANIZATION, pageDays = 7 } = options;

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, 'http://localhost');
    server.requests.push(url.pathname + url.search);
    const send = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) => {
      const text = JSON.stringify(value);
      const body = Buffer.from((status === 200 && server.spoil?.(url.pathname, text)) || text);
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
      if (status !== 200 || server.cutAfter === undefined) return response.end(body);
      return response.write(body.subarray(0, server.cutAfter), () => response.destroy());
    };
    const refuse = (status: number, code: string, headers?: Readonly<Record<string, string>>) =>
      send(
        status,
        { error: { message: `Refused: ${code}.`, type: 'invalid_request_error', param: null, code } },
        headers,
      );

    if (server.failures && server.failures.times > 0) {
      server.failures.times -= 1;
      return refuse(server.failures.status, 'busy', server.failures.headers);
    }
    if (request.headers.authorization !== `Bearer ${adminKey}`) return refuse(401, 'invalid_api_key');
    if (request.headers['openai-organization'] !== organizationId) return refuse(401, 'mismatched_organization');
    if (server.denied?.test(url.pathname)) return refuse(403, 'missing_scope');
    const [, answer] = /^\/v1\/organization\/(?:usage\/)?(\w+)$/.exec(url.pathname) ?? [];
    const names = namesAt(server.answers, url.pathname);
    if (names) return send(200, named(names, url.searchParams));
    if (answer === undefined) return refuse(404, 'unknown_url');
    return send(200, bucketPage(answer, url.searchParams));
  };

  const bucketPage = (answer: string, query: URLSearchParams) => {
    const [start, end] = [Number(query.get('start_time')), Number(query.get('end_time'))];
    const isTotal = answer === 'costs' && !query.has('group_by[]');
    const all = isTotal ? totalsOf(server.answers) : server.answers.filter((line) => line[MARK] === answer);
    const byDay = Map.groupBy(all, ({ charge_start }) => Date.parse(String(charge_start)) / 1000);
    const most = answer === 'costs' ? MOST_DAYS.costs : MOST_DAYS.usage;
    const days = Math.min(Number(query.get('limit') ?? 7), most, pageDays);
    const from = Number(Buffer.from(query.get('page')?.slice('page_'.length) ?? '', 'base64url').toString() || start);
    const until = Math.min(from + days * DAY, end);
    const data = [];
    for (let day = from; day < until; day += DAY) {
      const results = (byDay.get(day) ?? []).map((line) => resultOf(line, answer));
      data.push({ object: 'bucket', start_time: day, end_time: day + DAY, results });
    }
    const next = until < end ? `page_${Buffer.from(String(until)).toString('base64url')}` : null;
    return { object: 'page', data, has_more: next !== null, next_page: next };
  };

  const http = createServer(handle);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: OpenAiServer = {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests: [],
    answers: options.answers,
    denied: undefined,
    failures: undefined,
    spoil: undefined,
    cutAfter: undefined,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}

const ENVELOPE = new Set([MARK, 'charge_start', 'charge_end', 'account_id', 'amount_value', 'amount_currency']);

/** A line without what the connector added. */
function resultOf(line: AnswerLine, answer: string): AnswerLine {
  const delivered = Object.fromEntries(Object.entries(line).filter(([name]) => !ENVELOPE.has(name)));
  const object = answer === 'costs' ? 'organization.costs.result' : `organization.usage.${answer}.result`;
  const amount = { value: line.amount_value, currency: line.amount_currency };
  return { object, ...(answer === 'costs' && { amount }), ...delivered };
}

function totalsOf(lines: readonly AnswerLine[]): readonly AnswerLine[] {
  const told = lines.filter((line) => line[MARK] === 'costs_total');
  if (told.length > 0) return told;
  const costs = lines.filter((line) => line[MARK] === 'costs');
  const groups = Map.groupBy(costs, ({ charge_start, amount_currency }) => `${charge_start} ${amount_currency}`);
  return [...groups.values()].map((group) => ({
    charge_start: group[0]!.charge_start,
    amount_value: parseExact(add(...group.map(({ amount_value }) => decimal(numberText(amount_value)!)))),
    amount_currency: group[0]!.amount_currency,
    line_item: null,
    project_id: null,
  }));
}

/** What a path of names lists; undefined for other paths. */
function namesAt(lines: readonly AnswerLine[], path: string): AnswerLine[] | undefined {
  const of = (kind: string) => lines.filter((line) => line[MARK] === kind);
  const [, project] = /^\/v1\/organization\/projects\/([^/]+)\/api_keys$/.exec(path) ?? [];
  if (project !== undefined) {
    const own = new Set(lines.filter(({ project_id }) => project_id === project).map(({ api_key_id }) => api_key_id));
    return of('api_key').filter(({ name_id }) => own.has(name_id));
  }
  if (path === '/v1/organization/projects') return of('project');
  return path === '/v1/organization/users' ? of('user') : undefined;
}

function named(names: readonly AnswerLine[], query: URLSearchParams) {
  const after = names.findIndex(({ name_id }) => name_id === query.get('after'));
  const limit = Number(query.get('limit') ?? 20);
  const page = names.slice(after + 1, after + 1 + limit);
  const data = page.map((line) => ({
    id: line.name_id,
    [line[MARK] === 'user' ? 'email' : 'name']: line.name_text,
  }));
  return {
    object: 'list',
    data,
    first_id: page[0]?.name_id ?? null,
    last_id: page.at(-1)?.name_id ?? null,
    has_more: after + 1 + limit < names.length,
  };
}
