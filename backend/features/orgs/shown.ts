import type { ApiKeyRecord, OrgPrincipal } from '@cloudact/core/identity';
import type { BillingAccount, Organisation } from '@cloudact/core/metadata';
import { datasetName } from '@cloudact/core/org';
import type { Onboarded } from './onboarding.ts';

export function shownOnboarded({ organisation, plan, key, record }: Onboarded) {
  const { slug, name, createdAt } = organisation;
  return {
    org: { slug, name, plan, created_at: createdAt, dataset: datasetName(slug) },
    api_key: shownKey(key, record),
  };
}

export function shownKey(key: string, { id, name, scopes, createdAt }: ApiKeyRecord) {
  return { id, name, key, scopes: [...scopes], created_at: createdAt };
}

export function shownOrganisation(organisation: Organisation, { plan }: BillingAccount, principal: OrgPrincipal) {
  const { slug, name, state, allowedOrigins, createdAt } = organisation;
  return {
    slug,
    name,
    state,
    plan,
    allowed_origins: [...allowedOrigins],
    created_at: createdAt,
    role: principal.kind === 'member' ? principal.role : null,
  };
}
