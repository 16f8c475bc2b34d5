import { attributionMonths, daysOf, writeAttribution } from '../../attribution-file/delivering.ts';
import { attributionFormat } from '../../attribution-file/index.ts';
import type { Connector } from '../../connector.ts';
import { tryInTurn } from '../../try-in-turn.ts';
import { askForAdmin, dailyActivity } from './client.ts';
import { dailyLines } from './daily.ts';
import { requestLines } from './requests.ts';
import { fields, type LiteLlmSettings, parseSettings } from './settings.ts';

/** Who usage was for, as a LiteLLM proxy counted it. Its `spend` is an estimate of its own and is not read. */
export const liteLlmProxy: Connector<LiteLlmSettings> = {
  id: 'litellm-proxy',
  title: 'LiteLLM proxy',
  role: 'attribution',
  fields,
  parse: parseSettings,
  policies: () => [
    {
      title:
        'A user of the proxy that may read everything and change nothing; its key is the admin key of this connection',
      language: 'text',
      text: 'POST /user/new  {"user_role": "proxy_admin_viewer", "key_alias": "cloudact", "auto_create_key": true}',
    },
  ],
  allowedHosts: ({ address }) => [address.hostname],
  format: () => attributionFormat.id,
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
  check: (settings, context) =>
    tryInTurn(
      [
        [
          'admin_key',
          async () => {
            await askForAdmin(settings, context);
            return 'The key sees the requests of everybody.';
          },
        ],
        [
          'daily_activity',
          async () => {
            const today = new Date().toISOString().slice(0, 10);
            await dailyActivity(settings, context, { first: today, last: today }).next();
            return 'The daily activity can be read.';
          },
        ],
      ],
      context,
    ),
  list: async ({ from, detail }) =>
    attributionMonths({
      from,
      shape: `litellm-1 ${detail}`,
      parts: [detail === 'keys' ? '/user/daily/activity' : '/spend/logs/v2'],
    }),
  fetch: async (settings, period, folder, context) => {
    // A key without the right would get its own requests and no error.
    await askForAdmin(settings, context);
    const days = daysOf(period, settings.from);
    const lines = settings.detail === 'keys' ? dailyLines : requestLines;
    const { billingPeriod } = period;
    return {
      files: [
        await writeAttribution(
          folder,
          { source: 'litellm', billingPeriod },
          lines(settings, context, days),
          context.signal,
        ),
      ],
    };
  },
};
