import type { Connector } from '../../connector.ts';
import { checkAccess } from './checking.ts';
import { allowedHosts } from './client.ts';
import { fetchPeriod } from './fetching.ts';
import { listPeriods } from './listing.ts';
import { fields, type GithubSettings, parseSettings } from './settings.ts';

/** What GitHub bills an organisation: Copilot, Actions, storage and the rest, a line per day, SKU and repository. */
export const githubBilling: Connector<GithubSettings> = {
  id: 'github-billing',
  title: 'GitHub billing (Copilot, Actions and more)',
  fields,
  parse: parseSettings,
  policies: ({ organization }) => [
    {
      title: 'Fine-grained personal access token of an administrator of the organisation',
      language: 'text',
      text: `Resource owner: ${organization}
Repository access: none
Organization permissions:
  Administration: read
  GitHub Copilot Business: read (only to show the number of seats)`,
    },
  ],
  allowedHosts: () => allowedHosts,
  check: checkAccess,
  list: async (settings) => listPeriods(settings, new Date()),
  fetch: fetchPeriod,
  format: () => 'github-usage',
  // Nothing is ever taken back: a month that is no longer listed stays as it was loaded.
  retainedMonths: 0,
};
