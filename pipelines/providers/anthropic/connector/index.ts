import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { policies } from './policies.ts';
import { type AnthropicSettings, fields, parseSettings } from './settings.ts';

/** Usage and costs of an organisation at Anthropic, opened with an Admin API key. */
export const anthropic: Connector<AnthropicSettings> = {
  id: 'anthropic',
  title: 'Anthropic usage and costs',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: async (settings) => listPeriods(settings),
  fetch: fetchPeriod,
  format: () => 'anthropic-usage',
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
