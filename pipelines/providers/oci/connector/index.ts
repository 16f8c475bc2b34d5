import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { policies } from './policies.ts';
import { fields, type OciSettings, parseSettings } from './settings.ts';

/** The cost or FOCUS reports that Oracle keeps for a tenancy, opened with an API key. */
export const ociObjectStorage: Connector<OciSettings> = {
  id: 'oci-object-storage',
  title: 'Oracle Cloud cost reports in Object Storage',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts,
  check: checkAccess,
  list: listPeriods,
  fetch: fetchPeriod,
  format: ({ dataset }) => (dataset === 'focus' ? 'focus' : 'oci-cost-report'),
  // Oracle keeps a year; a month is told while its first day is within it.
  retainedMonths: 10,
};
