import { CloudActError } from '@cloudact/core/errors';
import type { ApiKeyRecord, Scope } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { defineQuery } from '@cloudact/core/warehouse';
import type { BackendDependencies } from '../../dependencies.ts';

export interface AdminService {
  /** Whether stores answer and control tables are there. Throws `unavailable`. */
  bootstrap(): Promise<{ organisations: number }>;
  /**
   * Another key of an organisation, with the given scopes. Throws `org_slug_invalid`, `not_found` for an organisation
   * that is not there or is leaving, and `conflict` for one whose onboarding stopped half-way.
   */
  issueApiKey(input: {
    slug: string;
    name: string;
    scopes: readonly Scope[];
  }): Promise<{ key: string; record: ApiKeyRecord }>;
}

export function openAdminService({ warehouse, metadata, identity }: BackendDependencies): AdminService {
  return {
    async bootstrap() {
      await Promise.all([warehouse.ping(), metadata.ping()]);
      const [row] = await warehouse.control.rows(countOrganisations, {});
      return { organisations: Number(row!.organisations) };
    },

    async issueApiKey({ slug, name, scopes }) {
      const org = parseOrgSlug(slug);
      const organisation = await metadata.findOrganisation(org);
      if (organisation === undefined || organisation.state === 'leaving') {
        throw new CloudActError('not_found', {
          detail: `There is no organisation "${org}". Create it with POST /v1/admin/orgs.`,
        });
      }
      if (organisation.state === 'onboarding') {
        throw new CloudActError('conflict', {
          detail: `The onboarding of the organisation "${org}" stopped half-way. Whoever began it sends the same request again, which also issues its first key.`,
        });
      }
      return identity.apiKeys.issue({ org, name, scopes });
    },
  };
}

const countOrganisations = defineQuery<Record<string, never>, { organisations: string | number }>({
  name: 'count_organisations_with_keys',
  params: {},
  sql: () => 'SELECT COUNT(DISTINCT org_slug) AS organisations FROM api_keys',
});
