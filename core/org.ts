import { CloudActError } from './errors.ts';

/** A checked organisation slug: lower-case letters, digits and underscores, 3 to 40 long, starting with a letter. */
export type OrgSlug = string & { readonly __brand: 'OrgSlug' };

const SLUG = /^[a-z][a-z0-9_]{2,39}$/;
/** Dataset names these slugs would collide with, or names that DuckDB and BigQuery keep for themselves. */
const RESERVED = new Set(['control', 'main', 'system', 'temp', 'memory', 'information_schema', 'pg_catalog', 'public']);

/** Checks a slug. Throws `org_slug_invalid`. */
export function parseOrgSlug(text: string): OrgSlug {
  if (!SLUG.test(text) || RESERVED.has(text)) {
    throw new CloudActError('org_slug_invalid', {
      detail: `"${text.slice(0, 60)}" is not a usable slug. Use 3 to 40 lower-case letters, digits or underscores, starting with a letter.`,
    });
  }
  return text as OrgSlug;
}

/** The name of the organisation's dataset: `{org_slug}_prod`. */
export function datasetName(org: OrgSlug): string {
  return `${org}_prod`;
}
