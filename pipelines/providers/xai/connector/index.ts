import type { Connector } from '../../connector.ts';
import { xaiUsage } from '../index.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod, listPeriods } from './fetching.ts';
import { policies } from './policies.ts';
import { fields, parseSettings, type XaiSettings } from './settings.ts';

/** The invoices of an xAI team, the one to come, and where there is none what its days cost. */
export const xaiManagement: Connector<XaiSettings> = {
  id: 'xai-management',
  title: 'xAI invoices and usage',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: listPeriods,
  fetch: fetchPeriod,
  format: () => xaiUsage.id,
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
