import type { Connector } from '../../connector.ts';
import { mistralUsage } from '../index.ts';
import { allowedHosts } from './calling.ts';
import { checkAccess } from './checking.ts';
import { fetchPeriod, listPeriods } from './fetching.ts';
import { policies } from './policies.ts';
import { fields, type MistralSettings, parseSettings } from './settings.ts';

/** The usage of a Mistral organisation, with the prices that it pays, month by month. */
export const mistralAdmin: Connector<MistralSettings> = {
  id: 'mistral-admin',
  title: 'Mistral AI usage',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: listPeriods,
  fetch: fetchPeriod,
  format: () => mistralUsage.id,
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
