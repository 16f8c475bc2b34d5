import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { policies } from './policies.ts';
import { type AzureBlobSettings, fields, parseSettings } from './settings.ts';

/** Cost Management exports in a container of Azure Blob Storage, opened by a service principal or a SAS. */
export const azureBlob: Connector<AzureBlobSettings> = {
  id: 'azure-blob',
  title: 'Azure Cost Management exports in Blob Storage',
  fields,
  parse: parseSettings,
  policies,
  allowedHosts,
  check: checkAccess,
  list: listPeriods,
  fetch: fetchPeriod,
  format: ({ dataset }) => (dataset === 'focus' ? 'focus' : 'azure-cost-details'),
  // The container keeps blobs for ever, but its lifecycle rules may not.
  retainedMonths: 3,
};
