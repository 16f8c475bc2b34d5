import type { CheckFinding, ConnectorContext } from '../../connector.ts';
import { tryInTurn } from '../../try-in-turn.ts';
import { analyticsPages } from './analytics.ts';
import { anthropicClient } from './client.ts';
import type { Kind } from './lines.ts';
import { readApiKeys, readIdentity, readWorkspaces } from './organization.ts';
import { reportPages } from './reports.ts';
import type { AnthropicSettings } from './settings.ts';

const DAY = 86_400_000;

/** Tries, in order: the organisation, usage and cost of the last day, the names. Stops at the first step that fails. */
export async function checkAccess(settings: AnthropicSettings, context: ConnectorContext): Promise<CheckFinding[]> {
  const { signal } = context;
  const client = await anthropicClient(settings.adminKey, context);
  const today = Math.floor(Date.now() / DAY) * DAY;
  const range = { start: instant(today - DAY), end: instant(today) };
  const readOne = async (kind: Kind) => {
    const pages =
      settings.dataset === 'analytics'
        ? analyticsPages(client, kind, { starting_at: range.start, ending_at: range.end, limit: 1 }, signal)
        : reportPages(settings.adminKey, kind, range, [], context);
    await pages.next();
    await pages.return(undefined);
    return `The ${kind} of the organisation can be read.`;
  };
  return tryInTurn(
    [
      ['organization', async () => `The key is of the organisation ${(await readIdentity(client, signal)).name}.`],
      ['usage', () => readOne('usage')],
      ['cost', () => readOne('cost')],
      ['workspaces', async () => `${(await readWorkspaces(client, signal)).size} workspaces have names.`],
      ['api_keys', async () => `${(await readApiKeys(client, signal)).size} API keys have names.`],
    ],
    context,
  );
}

function instant(time: number): string {
  return new Date(time).toISOString().replace('.000', '');
}
