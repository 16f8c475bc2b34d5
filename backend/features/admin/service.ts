import { CloudActError } from '@cloudact/core/errors';
import { type ApiKeyRecord, type Scope, scopes } from '@cloudact/core/identity';
import type { Organisation } from '@cloudact/core/metadata';
import { parseOrgSlug } from '@cloudact/core/org';
import { defineQuery } from '@cloudact/core/warehouse';
import type { BackendDependencies } from '../../dependencies.ts';

export interface AdminService {
  /** Whether stores answer and control tables are there. Throws `unavailable`. */
  bootstrap(): Promise<{ organisations: number }>;
  /**
   * Directory, then dataset, then first API key, each step repeatable: asked again after a failure, it goes on where
   * it stopped. Throws `org_slug_invalid`, and `org_exists` once all of it is done.
   */
  createOrg(input: {
    slug: string;
    name: string;
  }): Promise<{ organisation: Organisation; key: string; record: ApiKeyRecord }>;
  /**
   * Another key of an organisation, with the given scopes. Throws `org_slug_invalid`, `not_found` for
   * an organisation that is not there, and `dataset_not_found` for one whose onboarding stopped half-way.
   */
  issueApiKey(input: {
    slug: string;
    name: string;
    scopes: readonly Scope[];
  }): Promise<{ key: string; record: ApiKeyRecord }>;
}

export function openAdminService({ warehouse, organisations, identity }: BackendDependencies): AdminService {
  const underWay = new Map<string, Promise<unknown>>();

  async function create(slugText: string, name: string) {
    const slug = parseOrgSlug(slugText);
    const organisation = await organisations.create({ slug, name });
    await warehouse.createDataset(slug);
    if ((await identity.apiKeys.list(slug)).length > 0) {
      throw new CloudActError('org_exists', {
        detail: `The organisation "${slug}" is set up and has an API key already. Use that key, issue another one with POST /v1/admin/orgs/${slug}/api-keys, or choose another slug.`,
      });
    }
    const { key, record } = await identity.apiKeys.issue({ org: slug, name: 'First key', scopes });
    return { organisation, key, record };
  }

  return {
    async bootstrap() {
      await Promise.all([warehouse.ping(), organisations.ping()]);
      const [row] = await warehouse.control.rows(countOrganisations, {});
      return { organisations: Number(row!.organisations) };
    },

    async createOrg({ slug, name }) {
      // One after the other, or two requests at once would each issue a first key.
      const before = underWay.get(slug) ?? Promise.resolve();
      const created = before.then(() => create(slug, name));
      const settled = created.then(
        () => undefined,
        () => undefined,
      );
      underWay.set(slug, settled);
      try {
        return await created;
      } finally {
        if (underWay.get(slug) === settled) underWay.delete(slug);
      }
    },

    async issueApiKey({ slug, name, scopes: granted }) {
      const org = parseOrgSlug(slug);
      if ((await organisations.find(org)) === undefined) {
        throw new CloudActError('not_found', {
          detail: `There is no organisation "${org}". Create it with POST /v1/admin/orgs.`,
        });
      }
      if (!(await warehouse.hasDataset(org))) {
        throw new CloudActError('dataset_not_found', {
          detail: `The organisation "${org}" has no dataset: its onboarding stopped half-way. Send its POST /v1/admin/orgs again, which also issues its first key.`,
        });
      }
      return identity.apiKeys.issue({ org, name, scopes: granted });
    },
  };
}

const countOrganisations = defineQuery<Record<string, never>, { organisations: string | number }>({
  name: 'count_organisations_with_keys',
  params: {},
  sql: () => 'SELECT COUNT(DISTINCT org_slug) AS organisations FROM api_keys',
});
