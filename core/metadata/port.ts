import type { OrgSlug } from '../org.ts';

/** An organisation as people know it. Its cost data is in its dataset; its keys are in the control dataset. */
export interface Organisation {
  slug: OrgSlug;
  name: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** People's and organisations' metadata, kept in Supabase. */
export interface OrganisationDirectory {
  /** Creates the organisation, or returns the one that has this slug and name already. Throws `org_exists` when the slug belongs to another name. */
  create(organisation: { slug: OrgSlug; name: string }): Promise<Organisation>;
  find(slug: OrgSlug): Promise<Organisation | undefined>;
  /** Throws `unavailable` when Supabase does not answer. */
  ping(): Promise<void>;
}
