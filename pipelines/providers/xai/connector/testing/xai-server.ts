import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

export const MANAGEMENT_KEY = 'xai-token-of-the-team';
export const TEAM = 'team-1';

/** Answers of one team with the digits to deliver; by month, `2026-10`. What is left out is empty. */
export interface XaiAnswers {
  readonly invoices?: Readonly<Record<string, readonly object[]>>;
  /** Left out: the team has no invoice to come. */
  readonly preview?: object;
  /** `timeSeries` and `limitReached`. */
  readonly usage?: Readonly<Record<string, object>>;
  /** Default: the team of the key. */
  readonly validation?: object;
}

/** Answers the validation of a key, invoices, the invoice to come and the usage of days as xAI's management API does. */
export function startXaiServer(answers: XaiAnswers): Promise<AnswerServer> {
  const billing = `/v1/billing/teams/${TEAM}/`;
  return startAnswerServer(({ method, url, headers, body }) => {
    if (headers.authorization !== `Bearer ${MANAGEMENT_KEY}`) return { status: 401, json: { error: 'Unauthorized' } };
    if (url.pathname === '/auth/management-keys/validation') {
      return { json: answers.validation ?? { apiKeyId: 'k', teamId: TEAM, scope: 'SCOPE_TEAM', scopeId: TEAM } };
    }
    if (url.pathname === `${billing}invoices`) {
      const [year, month] = ['year', 'month'].map((part) => url.searchParams.get(`billingCycle.${part}`));
      return { json: { invoices: answers.invoices?.[`${year}-${month!.padStart(2, '0')}`] ?? [] } };
    }
    if (url.pathname === `${billing}postpaid/invoice/preview` && answers.preview) return { json: answers.preview };
    if (url.pathname === `${billing}usage` && method === 'POST') {
      const { timeRange } = (body as { analyticsRequest: { timeRange: { startTime: string } } }).analyticsRequest;
      return { json: answers.usage?.[timeRange.startTime.slice(0, 7)] ?? { timeSeries: [], limitReached: false } };
    }
    return { status: 404, json: { error: 'Not found' } };
  });
}
