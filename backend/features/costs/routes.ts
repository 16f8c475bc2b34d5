import { Type } from 'typebox';
import type { BackendDependencies, Limits } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { orgPrincipal } from '../../http/auth.ts';
import { problemResponses } from '../../http/problem.ts';
import { readQuestion } from './question.ts';
import { costQuerySchema } from './schemas.ts';
import { openCostService } from './service.ts';

export function costRoutes(app: App, { warehouse, idempotencySecret }: BackendDependencies, limits: Limits): void {
  const costs = openCostService({
    warehouse,
    cacheBytes: limits.answerCacheBytes,
    questionMilliseconds: limits.questionMilliseconds,
    secret: idempotencySecret,
  });

  app.get(
    '/v1/costs',
    {
      config: { auth: { principals: ['api_key', 'member', 'widget'], scopes: ['costs:read'] } },
      schema: {
        operationId: 'getCosts',
        summary: 'Cost by period and group',
        description:
          'Answers one question about the cost of the caller’s organisation. Rows, groups and totals add up exactly. A widget token shows its slice alone, in its own terms: a mark-up and a display currency that it carries are applied to every cost, without rounding.',
        tags: ['Costs'],
        security: [{ apiKey: [] }, { session: [] }, { widgetToken: [] }],
        querystring: costQuerySchema,
        response: {
          200: {
            description:
              'The answer. Its weak ETag changes when the data, the question, or the filters and terms of the credential do.',
            content: { 'application/json': { schema: Type.Ref('CostAnswer') } },
          },
          304: { description: 'The caller already has the answer.', type: 'null' },
          ...problemResponses(400, 401, 403, 404, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const principal = orgPrincipal(request);
      const question = readQuestion(request.query, principal);
      const { etag, json } = await costs.answer(principal.org, question, request.headers['if-none-match']);
      reply
        .header('etag', etag)
        .header('cache-control', 'private, max-age=0, must-revalidate')
        .header('vary', 'Authorization, CloudAct-Org, Origin');
      if (json === undefined) return reply.code(304).send(null);
      // The answer is kept as finished JSON; a text is sent as it is.
      return reply.type('application/json; charset=utf-8').send(json);
    },
  );
}
