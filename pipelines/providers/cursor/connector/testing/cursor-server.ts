import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

export interface CursorAnswers {
  /** Events as the API delivers them, each with its `timestamp` in milliseconds. */
  events: readonly Readonly<Record<string, unknown>>[];
  members?: readonly { readonly email: string }[];
  /** The key that is let in. Default: any. */
  adminKey?: string;
  /** Default: what is asked for. */
  pageSize?: number;
}

/** Answers `/teams/members` and `/teams/filtered-usage-events` as Cursor documents them. `answers` may change meanwhile. */
export function startCursorServer(answers: CursorAnswers): Promise<AnswerServer> {
  return startAnswerServer(({ method, url, headers, body }) => {
    const given = /^Basic (.+)$/.exec(String(headers.authorization))?.[1] ?? '';
    const key = Buffer.from(given, 'base64').toString('utf8').replace(/:$/, '');
    if (key === '' || (answers.adminKey !== undefined && key !== answers.adminKey)) {
      return { status: 401, json: { error: 'Unauthorized', message: 'Invalid API key' } };
    }
    if (url.pathname === '/teams/members') return { json: { teamMembers: answers.members ?? [] } };
    if (method !== 'POST' || url.pathname !== '/teams/filtered-usage-events') {
      return { status: 404, json: { error: 'Not found' } };
    }
    const { startDate, endDate, page, pageSize } = body as Record<
      'startDate' | 'endDate' | 'page' | 'pageSize',
      number
    >;
    if (endDate - startDate > 30 * 86_400_000) {
      return { status: 400, json: { error: 'Date range cannot exceed 30 days' } };
    }
    const size = Math.min(pageSize, answers.pageSize ?? pageSize);
    const events = answers.events.filter(({ timestamp }) => {
      const time = Number(timestamp);
      return time >= startDate && time <= endDate;
    });
    return {
      json: {
        totalUsageEventsCount: events.length,
        pagination: {
          numPages: Math.ceil(events.length / size),
          currentPage: page,
          pageSize: size,
          hasNextPage: page * size < events.length,
          hasPreviousPage: page > 1,
        },
        usageEvents: events.slice((page - 1) * size, page * size),
        period: { startDate, endDate },
      },
    };
  });
}
