import { CloudActError } from '@cloudact/core/errors';
import type { Organisation, OrganisationDirectory } from '@cloudact/core/metadata';

/** A directory that lives as long as the test. */
export function memoryOrganisations(now: () => Date): OrganisationDirectory {
  const bySlug = new Map<string, Organisation>();
  return {
    async create({ slug, name }) {
      const existing = bySlug.get(slug);
      if (existing !== undefined && existing.name !== name) {
        throw new CloudActError('org_exists', { detail: `The slug "${slug}" belongs to another organisation.` });
      }
      const organisation = existing ?? { slug, name, createdAt: now().toISOString() };
      bySlug.set(slug, organisation);
      return organisation;
    },
    find: async (slug) => bySlug.get(slug),
    ping: async () => undefined,
  };
}
