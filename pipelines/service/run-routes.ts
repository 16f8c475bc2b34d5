import { randomUUID } from 'node:crypto';
import { CloudActError, errorCatalogue } from '@cloudact/core/errors';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { billFormats } from '../providers/registry.ts';
import type { Run } from '../runs/index.ts';
import { apiKeyPrincipal } from './access.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';
import { inboxNamePattern, resolveInboxFiles } from './inbox.ts';
import type { RunWorker } from './run-worker.ts';

const newRun = Type.Object(
  {
    integration_id: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,99}$', maxLength: 100 }),
    files: Type.Array(Type.String({ pattern: inboxNamePattern, maxLength: 500 }), {
      minItems: 1,
      maxItems: 500,
      uniqueItems: true,
    }),
    from: Type.Optional(Type.Enum(['auto', ...billFormats.map(({ id }) => id)])),
  },
  { additionalProperties: false },
);

const runList = Type.Object(
  { limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$' })) },
  { additionalProperties: false },
);

/** A run as the API shows it. Times are ISO 8601, UTC; `progress` is a share, 0 to 1. */
export interface RunAnswer {
  id: string;
  integration_id: string;
  provider: string;
  state: Run['state'];
  progress: number;
  source: { files: readonly string[]; from: string };
  rows_read: number | null;
  rows_written: number | null;
  error: { code: string; title: string; detail: string } | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** Runs of the organisation that the key belongs to; those of others are as if they were not there. */
export function runRoutes(app: FastifyInstance, deps: PipelineServiceDependencies, worker: RunWorker): void {
  app.post<{ Body: Static<typeof newRun> }>(
    '/v1/runs',
    { config: start, schema: { body: newRun } },
    async (request, reply) => {
      const { org } = apiKeyPrincipal(request);
      const { integration_id: integrationId, files, from = 'auto' } = request.body;
      await resolveInboxFiles(deps.inboxDirectory(org), files);
      if (!(await deps.warehouse.hasDataset(org))) {
        throw new CloudActError('dataset_not_found', {
          detail: 'The organisation has no dataset yet. Finish its onboarding first.',
        });
      }
      const run = await worker.store.create({ id: `run_${randomUUID()}`, org, integrationId, source: { files, from } });
      worker.enqueue(run);
      return reply.code(202).header('location', `/v1/runs/${run.id}`).send(answerOf(run));
    },
  );

  app.get<{ Params: { id: string } }>('/v1/runs/:id', { config: read }, async (request) => {
    const { org } = apiKeyPrincipal(request);
    const run = await worker.store.get(org, request.params.id);
    if (run) return answerOf(run);
    throw new CloudActError('not_found', { detail: 'There is no such run. GET /v1/runs lists the runs there are.' });
  });

  app.get<{ Querystring: Static<typeof runList> }>(
    '/v1/runs',
    { config: read, schema: { querystring: runList } },
    async (request) => {
      const { org } = apiKeyPrincipal(request);
      const runs = await worker.store.list(org, { limit: Number(request.query.limit ?? '50') });
      return { runs: runs.map(answerOf) };
    },
  );
}

const start = { auth: { principals: ['api_key'], scopes: ['runs:write'] } } as const;
const read = { auth: { principals: ['api_key'], scopes: ['runs:read'] } } as const;

function answerOf(run: Run): RunAnswer {
  return {
    id: run.id,
    integration_id: run.integrationId,
    provider: run.provider,
    state: run.state,
    progress: run.progress,
    source: { files: run.source.files, from: run.source.from },
    rows_read: run.rowsRead,
    rows_written: run.rowsWritten,
    error: run.error && { code: run.error.code, title: errorCatalogue[run.error.code].title, detail: run.error.detail },
    created_at: run.createdAt,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
  };
}
