import { randomUUID } from 'node:crypto';
import { CloudActError } from '@cloudact/core/errors';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { billFormats } from '../providers/registry.ts';
import { replayPeriods } from '../runs/index.ts';
import { apiKeyPrincipal } from './access.ts';
import type { PipelineServiceDependencies } from './dependencies.ts';

const usageFormats = billFormats.filter(({ isUsage }) => isUsage).map(({ id }) => id);

const newReplay = Type.Object(
  {
    integration_id: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,99}$', maxLength: 100 }),
    /** The format in which the usage was loaded. */
    format: Type.Enum(usageFormats),
    /** First days of months. */
    billing_periods: Type.Array(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-01$' }), {
      minItems: 1,
      maxItems: 120,
      uniqueItems: true,
    }),
    /** The organisation's own prices, as `prices/README.md` has them. Committed, they hold for what is loaded later. */
    prices: Type.Optional(Type.Unknown()),
    /** Puts the new rows in place. Default: the differences are looked at only. */
    commit: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** Prices loaded usage of the key's organisation again. Answers when it is done, which a million rows take seconds for. */
export function replayRoutes(app: FastifyInstance, { warehouse }: PipelineServiceDependencies): void {
  app.post<{ Body: Static<typeof newReplay> }>(
    '/v1/replays',
    { config: { auth: { principals: ['api_key'], scopes: ['runs:write'] } }, schema: { body: newReplay } },
    async (request) => {
      const { org } = apiKeyPrincipal(request);
      const { integration_id: integrationId, format, billing_periods: billingPeriods, commit = false } = request.body;
      const { prices: ownPrices } = request.body;
      if (!(await warehouse.hasDataset(org))) {
        throw new CloudActError('dataset_not_found', {
          detail: 'The organisation has no dataset yet. Finish its onboarding first.',
        });
      }
      const options = {
        integrationId,
        format,
        billingPeriods,
        commit,
        runId: `replay_${randomUUID()}`,
        ...(ownPrices !== undefined && { ownPrices }),
      };
      const replay = await warehouse.forOrg(org).load((session) => replayPeriods(session, options));
      return {
        price_book: replay.priceBook,
        is_same: replay.isSame,
        committed: replay.committed,
        differences: replay.differences,
      };
    },
  );
}
