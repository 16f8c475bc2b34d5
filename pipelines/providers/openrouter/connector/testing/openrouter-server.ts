import { type AnswerServer, startAnswerServer } from '../../../testing/answer-server.ts';

export interface OpenRouterAnswers {
  /** Lines of activity with their `workspace_id`, as `group_by=workspace` gives them; with the digits to deliver. */
  activity: readonly Readonly<Record<string, unknown>>[];
  workspaces?: readonly { readonly id: string; readonly name: string }[];
  /** The key that is let in. Default: any. */
  managementKey?: string;
  /** A key for inference: the API knows it, and refuses the activity. */
  inferenceKey?: string;
}

/** Answers `GET /activity`, `/workspaces` and `/key` as OpenRouter's API documents them. `answers` may change meanwhile. */
export function startOpenRouterServer(answers: OpenRouterAnswers): Promise<AnswerServer> {
  return startAnswerServer(({ url, headers }) => {
    const key = /^Bearer (.+)$/.exec(String(headers.authorization))?.[1];
    const refuse = (status: number, message: string) => ({ status, json: { error: { code: status, message } } });
    const isInference = key !== undefined && key === answers.inferenceKey;
    if (key === undefined || (answers.managementKey !== undefined && key !== answers.managementKey && !isInference)) {
      return refuse(401, 'Missing or invalid key');
    }
    if (url.pathname === '/api/v1/key')
      return { json: { data: { label: 'sk-or-…', is_management_key: !isInference } } };
    if (isInference) return refuse(403, 'Only management keys can fetch activity');
    if (url.pathname === '/api/v1/workspaces') {
      const [offset, limit] = ['offset', 'limit'].map((name) => Number(url.searchParams.get(name)));
      return { json: { data: (answers.workspaces ?? []).slice(offset, offset! + limit!) } };
    }
    if (url.pathname !== '/api/v1/activity') return refuse(404, 'Not found');
    if (url.searchParams.get('group_by') === 'workspace') return { json: { data: answers.activity } };
    return { json: { data: answers.activity.map(({ workspace_id: _workspace, ...line }) => line) } };
  });
}
