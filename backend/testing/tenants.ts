import { randomUUID } from 'node:crypto';
import { apiKeyScopes, type Role, type Scope } from '@cloudact/core/identity';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { createClient } from '@supabase/supabase-js';
import type { TestSupabase } from '../../scripts/test-supabase.ts';
import type { BackendDependencies } from '../dependencies.ts';

export interface Tenants {
  /**
   * An active organisation without members: metadata, dataset, data key, an API key with the scopes (all that a key can
   * have by default). Its slug is for this test file alone, because Supabase is shared: put `randomSlug()` where two
   * files could choose the same.
   */
  organisation(slug: string, options?: { scopes?: readonly Scope[] }): Promise<{ org: OrgSlug; key: string }>;
  /** Somebody who signed up, and belongs to no organisation. */
  person(email?: string): Promise<TestPerson>;
  /** Somebody who signed up, with the role in the organisation. */
  member(org: OrgSlug, role: Role): Promise<TestPerson>;
}

export interface TestPerson {
  readonly userId: string;
  readonly email: string;
  /** Access token of the session. */
  readonly token: string;
}

/** A slug that no other test has. */
export function randomSlug(prefix = 'org'): string {
  return `${prefix}_${randomUUID().slice(0, 8)}`;
}

/** Organisations and people of a test, made in the stores that the API stands on. */
export function testTenants(deps: BackendDependencies, { url, anonKey, serviceRoleKey }: TestSupabase): Tenants {
  const options = { auth: { persistSession: false, autoRefreshToken: false } };

  async function person(email = `${randomUUID()}@example.com`): Promise<TestPerson> {
    const { data, error } = await createClient(url, anonKey, options).auth.signUp({ email, password: randomUUID() });
    if (error !== null || data.user === null || data.session === null) {
      throw new Error(`${email} could not sign up: ${error?.message ?? 'no session'}`);
    }
    return { userId: data.user.id, email, token: data.session.access_token };
  }

  return {
    person,

    async organisation(slug, { scopes = apiKeyScopes } = {}) {
      const org = parseOrgSlug(slug);
      const { onboarding } = deps.metadata;
      await onboarding.begin({ slug: org, name: slug, plan: deps.billing.initialPlan, owner: null });
      await deps.warehouse.createDataset(org);
      await onboarding.stamp(org, 'dataset');
      await deps.vault.createDataKey(org);
      await onboarding.stamp(org, 'data_key');
      const { key } = await deps.identity.apiKeys.issue({ org, name: 'Test', scopes });
      await onboarding.stamp(org, 'api_key');
      await deps.billing.begin(org, deps.billing.initialPlan);
      await onboarding.stamp(org, 'plan');
      await onboarding.stamp(org, 'finished');
      return { org, key };
    },

    async member(org, role) {
      const somebody = await person();
      // Not through an invitation: whoever tests those needs members that do not depend on them.
      const { error } = await createClient(url, serviceRoleKey, options)
        .from('memberships')
        .insert({ org_slug: org, user_id: somebody.userId, role, email: somebody.email });
      if (error !== null) throw new Error(`no membership in ${org}: ${error.message}`);
      return somebody;
    },
  };
}
