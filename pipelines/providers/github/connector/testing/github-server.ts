import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

type Item = Readonly<Record<string, unknown>>;

export interface GithubAnswers {
  organization: string;
  /** Items of the billing feed, each with its `date`. */
  usage: readonly Item[];
  /** Items of a feed by model, each with the `date` by which it is found, which is not delivered. Left out: 404. */
  aiCredits?: readonly Item[];
  premiumRequests?: readonly Item[];
  seats?: number;
  /** The token that is let in. Default: any. */
  token?: string;
  /** A token that lacks the permission. */
  weakToken?: string;
}

/** Answers the routes of billing as GitHub's API documents them. `answers` may change meanwhile. */
export function startGithubServer(answers: GithubAnswers): Promise<AnswerServer> {
  return startAnswerServer(({ url, headers }) => {
    const token = /^(?:Bearer|token) (.+)$/.exec(String(headers.authorization))?.[1];
    const refuse = (status: number, message: string) => ({ status, json: { message, status: String(status) } });
    if (token === answers.weakToken) return refuse(403, 'Resource not accessible by personal access token');
    if (token === undefined || (answers.token !== undefined && token !== answers.token)) {
      return refuse(401, 'Bad credentials');
    }
    const { organization } = answers;
    const [year, month, day] = ['year', 'month', 'day'].map((name) => url.searchParams.get(name));
    const span = [year, month, day]
      .filter((part) => part !== null)
      .map((part) => part!.padStart(2, '0'))
      .join('-');
    const within = (items: readonly Item[]) => items.filter(({ date }) => String(date).startsWith(span));
    const byModel = (items: readonly Item[] | undefined) =>
      items
        ? {
            json: {
              timePeriod: { year: Number(year), month: Number(month), ...(day && { day: Number(day) }) },
              organization,
              usageItems: within(items).map(({ date: _date, ...item }) => item),
            },
          }
        : refuse(404, 'Not Found');
    switch (url.pathname) {
      case `/organizations/${organization}/settings/billing/usage`:
        return { json: { usageItems: within(answers.usage) } };
      case `/organizations/${organization}/settings/billing/ai_credit/usage`:
        return byModel(answers.aiCredits);
      case `/organizations/${organization}/settings/billing/premium_request/usage`:
        return byModel(answers.premiumRequests);
      case `/orgs/${organization}/copilot/billing/seats`:
        return answers.seats === undefined
          ? refuse(404, 'Not Found')
          : { json: { total_seats: answers.seats, seats: [] } };
      default:
        return refuse(404, 'Not Found');
    }
  });
}
