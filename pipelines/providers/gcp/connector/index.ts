import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { policies } from './policies.ts';
import { type BigQuerySettings, fields, parseSettings } from './settings.ts';

/** A Cloud Billing export in BigQuery, read by a service account. */
export const gcpBigQuery: Connector<BigQuerySettings> = {
  id: 'gcp-bigquery',
  title: 'Google Cloud billing export in BigQuery',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: listPeriods,
  fetch: fetchPeriod,
  format: ({ dataset }) => (dataset === 'focus' ? 'focus' : 'gcp-billing-export'),
  // The export only ever adds rows: a month that is no longer there has expired, it was not taken back.
  retainedMonths: 0,
};
