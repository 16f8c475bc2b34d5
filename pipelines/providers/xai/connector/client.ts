import { CloudActError } from '@cloudact/core/errors';
import { callJson } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { XaiSettings } from './settings.ts';

export const allowedHosts: readonly string[] = ['management-api.x.ai'];

const WHICH_KEY =
  'It takes a management key with Billing Read (xAI Console, Settings, Management Keys); a key for models has no right to bills, and a key of another team none to this one.';

/** The parts of xAI's management API that tell of bills; answers with exact numbers. */
export interface XaiClient {
  /** The team of the settings, or of the key. Throws `source_incomplete` where neither names one. */
  team(): Promise<string>;
  invoices(team: string, month: string): Promise<unknown>;
  /** Undefined for a team that has no invoice to come. */
  preview(team: string): Promise<unknown>;
  /** What each day of the month cost, by description. */
  days(team: string, from: string, until: string): Promise<unknown>;
}

export function xaiClient({ managementKey, teamId }: XaiSettings, { endpoint, signal }: ConnectorContext): XaiClient {
  const ask = async (path: string, name: string, more: { body?: unknown; absent?: boolean } = {}): Promise<unknown> => {
    const { body, absent = false } = more;
    try {
      return await callJson(new URL(path, endpoint ?? `https://${allowedHosts[0]}`), {
        name,
        headers: { authorization: `Bearer ${managementKey}` },
        allowedHosts: endpoint === undefined ? allowedHosts : null,
        whenDenied: WHICH_KEY,
        ...(body !== undefined && { method: 'POST' as const, body }),
        onStatus: (status) =>
          status === 404 ? new CloudActError('not_found', { detail: `${name} is not there.` }) : undefined,
        ...(signal && { signal }),
      });
    } catch (error) {
      if (!(error instanceof CloudActError) || error.code !== 'not_found') throw error;
      if (absent) return undefined;
      throw new CloudActError('source_denied', {
        detail: `xAI shows nothing for ${name} (status 404). Check the team ID. ${WHICH_KEY}`,
        cause: error,
      });
    }
  };
  const billing = (team: string, rest: string) => `/v1/billing/teams/${encodeURIComponent(team)}/${rest}`;
  return {
    async team() {
      const answer = await ask('/auth/management-keys/validation', 'the management key');
      if (teamId !== undefined) return teamId;
      const { teamId: own, scope, scopeId } = (answer ?? {}) as Record<string, unknown>;
      const team = own ?? (scope === 'SCOPE_TEAM' ? scopeId : undefined);
      if (typeof team === 'string' && team !== '') return team;
      throw new CloudActError('source_incomplete', {
        detail: 'xAI does not say which team the key belongs to. Fill in the team ID.',
      });
    },
    invoices(team, month) {
      const [year, number] = [month.slice(0, 4), Number(month.slice(5, 7))];
      const path = billing(team, `invoices?billingCycle.year=${year}&billingCycle.month=${number}`);
      return ask(path, `the invoices of ${month.slice(0, 7)}`);
    },
    preview: (team) => ask(billing(team, 'postpaid/invoice/preview'), 'the invoice to come', { absent: true }),
    days(team, from, until) {
      const lastDay = new Date(Date.parse(until) - 86_400_000).toISOString().slice(0, 10);
      const analyticsRequest = {
        timeRange: { startTime: `${from} 00:00:00`, endTime: `${lastDay} 23:59:59`, timezone: 'Etc/GMT' },
        timeUnit: 'TIME_UNIT_DAY',
        values: [{ name: 'usd', aggregation: 'AGGREGATION_SUM' }],
        groupBy: ['description'],
        filters: [],
      };
      return ask(billing(team, 'usage'), `the daily usage of ${from.slice(0, 7)}`, { body: { analyticsRequest } });
    },
  };
}
