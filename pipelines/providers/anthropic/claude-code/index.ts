import { usageMonths } from '../../../usage/answers/index.ts';
import type { Connector } from '../../connector.ts';
import { readSettings } from '../../settings.ts';
import { tryInTurn } from '../../try-in-turn.ts';
import { allowedHosts, anthropicClient } from '../connector/client.ts';
import { firstDay } from '../connector/listing.ts';
import { readApiKeys, readIdentity, readWorkspaces } from '../connector/organization.ts';
import { policies } from '../connector/policies.ts';
import { adminKeyField, fromField } from '../connector/settings.ts';
import { fetchPeriod, readDay } from './fetching.ts';

/** What a connection to an organisation's Claude Code analytics needs; see `fields`. */
export interface ClaudeCodeSettings {
  readonly adminKey: string;
  /** First day to read, `YYYY-MM-DD`. */
  readonly from?: string;
}

const fields = [adminKeyField, fromField];

/** Who used Claude Code: splits what Anthropic billed for its API, and adds nothing to it. */
export const claudeCode: Connector<ClaudeCodeSettings> = {
  id: 'claude-code',
  title: 'Claude Code analytics',
  role: 'attribution',
  fields,
  parse(input) {
    const { adminKey, from } = readSettings(fields, input);
    return { adminKey: adminKey!.trim(), ...(from !== undefined && { from }) };
  },
  policies,
  allowedHosts: () => allowedHosts,
  async check({ adminKey }, context) {
    const { signal } = context;
    const client = await anthropicClient(adminKey, context);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    return tryInTurn(
      [
        ['organization', async () => `The key is of the organisation ${(await readIdentity(client, signal)).name}.`],
        [
          'claude_code',
          async () => {
            const pages = readDay(adminKey, yesterday, context);
            const { value } = await pages.next();
            await pages.return(undefined);
            return `Use of Claude Code on ${yesterday} can be read: ${value?.length ?? 0} lines on the first page.`;
          },
        ],
        ['workspaces', async () => `${(await readWorkspaces(client, signal)).size} workspaces have names.`],
        ['api_keys', async () => `${(await readApiKeys(client, signal)).size} API keys have names.`],
      ],
      context,
    );
  },
  list: async ({ from }) => {
    const now = new Date();
    return usageMonths({
      now,
      ...firstDay(now, from),
      settledAfterDays: 7,
      refreshHours: 6,
      parts: ['usage_report/claude_code'],
      shape: 'claude-code-1',
    });
  },
  fetch: fetchPeriod,
  format: () => 'attribution-file',
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
