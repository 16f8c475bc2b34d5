import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { type CursorSettings, fields, parseSettings } from './settings.ts';

/** The events of a Cursor team: tokens, and what they cost beyond what the plan includes. */
export const cursorEvents: Connector<CursorSettings> = {
  id: 'cursor-events',
  title: 'Cursor usage and costs',
  fields,
  parse: parseSettings,
  policies: () => [
    {
      title: 'Admin API key: Dashboard, Settings, Admin API keys, made by an administrator of the team',
      language: 'text',
      text: 'Admin API key',
    },
  ],
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: async (settings) => listPeriods(settings, new Date()),
  fetch: fetchPeriod,
  format: () => 'cursor-usage',
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
