import type { Connector } from '../../connector.ts';
import { openaiUsage } from '../index.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod, listPeriods } from './fetching.ts';
import { policies } from './policies.ts';
import { fields, type OpenAiSettings, parseSettings } from './settings.ts';

/** Usage and costs of an organisation at OpenAI, read with an admin key. */
export const openaiOrganization: Connector<OpenAiSettings> = {
  id: 'openai-organization',
  title: 'OpenAI usage and costs',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: async (settings) => listPeriods(settings),
  fetch: fetchPeriod,
  format: () => openaiUsage.id,
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
