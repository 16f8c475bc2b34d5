import { CloudActError } from '@cloudact/core/errors';
import { callJson } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { MistralSettings } from './settings.ts';

export const allowedHosts: readonly string[] = ['api.mistral.ai'];

const WHICH_KEY =
  'It takes an admin key of the organization, which Mistral gives to Enterprise organizations on request; a key for models has no right to it.';

/** The usage of one month, `YYYY-MM-01`, as Mistral answers it, with exact numbers. */
export async function askUsage(
  { adminKey, workspaceId }: MistralSettings,
  billingPeriod: string,
  { endpoint, signal }: ConnectorContext,
): Promise<unknown> {
  const url = new URL('/v1/admin/usage', endpoint ?? `https://${allowedHosts[0]}`);
  url.searchParams.set('month', String(Number(billingPeriod.slice(5, 7))));
  url.searchParams.set('year', billingPeriod.slice(0, 4));
  if (workspaceId !== undefined) url.searchParams.set('workspace_id', workspaceId);
  return await callJson(url, {
    name: `the usage of ${billingPeriod.slice(0, 7)}`,
    headers: { 'x-api-key': adminKey },
    allowedHosts: endpoint === undefined ? allowedHosts : null,
    whenDenied: WHICH_KEY,
    onStatus: (status) =>
      status === 404
        ? new CloudActError('source_denied', {
            detail: `Mistral shows no usage (status 404). ${WHICH_KEY} Check the workspace ID, too.`,
          })
        : undefined,
    ...(signal && { signal }),
  });
}
