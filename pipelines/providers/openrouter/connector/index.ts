import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { fields, type OpenRouterSettings, parseSettings } from './settings.ts';

/** What OpenRouter tells of an account: credits spent and tokens, a line per day, workspace, model and endpoint. */
export const openrouterActivity: Connector<OpenRouterSettings> = {
  id: 'openrouter-activity',
  title: 'OpenRouter usage and costs',
  fields,
  parse: parseSettings,
  policies: () => [
    {
      title:
        'Management key: Settings, Management keys, Create. It can make and delete keys, too; OpenRouter has no smaller right for this',
      language: 'text',
      text: 'Management key',
    },
  ],
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: async (settings) => listPeriods(settings, new Date()),
  fetch: fetchPeriod,
  format: () => 'openrouter-usage',
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
