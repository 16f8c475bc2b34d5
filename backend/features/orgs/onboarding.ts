import { CloudActError } from '@cloudact/core/errors';
import { type ApiKeyRecord, apiKeyScopes } from '@cloudact/core/identity';
import type { OnboardingStep, Organisation } from '@cloudact/core/metadata';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import type { Billing } from '../../billing/port.ts';
import type { LifecycleStores } from './stores.ts';
import type { Turns } from './turns.ts';

/** A step that is done. `at`: ISO 8601, UTC. */
export interface FinishedStep<Step extends string> {
  readonly step: Step;
  readonly at: string;
}

export type OnboardedStep = FinishedStep<Exclude<OnboardingStep, 'finished'>>;

export interface OnboardingRequest {
  readonly slug: string;
  readonly name: string;
  /** Default: the plan that an organisation starts with. */
  readonly plan?: string | undefined;
  /** Null for the operator. */
  readonly owner: { readonly userId: string; readonly email: string } | null;
  /** Done last, before the organisation counts as set up: after a failure the same request does it again. */
  readonly conclude?: ((org: OrgSlug) => Promise<unknown>) | undefined;
}

export interface Onboarded {
  readonly organisation: Organisation;
  readonly plan: string;
  /** Shown in this answer and never again. */
  readonly key: string;
  readonly record: ApiKeyRecord;
}

/**
 * Makes an organisation: metadata, dataset, data key, first API key, plan. Each step is recorded once it is done, and the
 * same request again goes on with the first that is not, so a kill at any point leaves nothing that it does not complete.
 *
 * Throws `org_slug_invalid`, `request_invalid` for a name or plan that cannot be, `org_limit_reached`, and `org_exists`
 * when the slug is somebody else's, was ever used, or all is done already.
 */
export async function onboard(
  stores: LifecycleStores,
  turns: Turns,
  { slug, name, plan: wished, owner, conclude }: OnboardingRequest,
  onStep: (step: OnboardedStep) => void,
): Promise<Onboarded> {
  const { metadata, warehouse, vault, billing } = stores;
  const { apiKeys } = stores.identity;
  const org = parseOrgSlug(slug);
  const plan = startingPlan(billing, wished, owner !== null);
  return turns.inTurn(org, async () => {
    const begun = await metadata.onboarding.begin({ slug: org, name, plan, owner });
    if (begun.done.finished !== null) throw isThereAlready(org, owner !== null);

    const stamp = async (step: OnboardedStep['step']) => {
      const { done } = await metadata.onboarding.stamp(org, step);
      onStep({ step, at: done[step]! });
    };
    const once = async (step: OnboardedStep['step'], work: () => Promise<unknown>) => {
      const at = begun.done[step];
      if (at !== null) return onStep({ step, at });
      await work();
      await stamp(step);
    };

    await once('dataset', () => warehouse.createDataset(org));
    await once('data_key', () => vault.createDataKey(org));
    // Done anew until all is finished: a key from before was shown to nobody, and nobody can ever know it.
    await apiKeys.revokeAll(org);
    const { key, record } = await apiKeys.issue({ org, name: 'First key', scopes: apiKeyScopes });
    await stamp('api_key');
    await once('plan', () => billing.begin(org, begun.plan));
    await conclude?.(org);
    await metadata.onboarding.stamp(org, 'finished');

    return { organisation: (await metadata.findOrganisation(org))!, plan: begun.plan, key, record };
  });
}

/** A person begins with the initial plan and buys another; the operator gives also what is agreed upon. */
function startingPlan({ plans, initialPlan }: Billing, wished: string | undefined, isPerson: boolean): string {
  const plan = wished ?? initialPlan;
  const refuse = (reason: string) =>
    new CloudActError('request_invalid', {
      detail: `${reason} Leave "plan" out to begin with "${initialPlan}".`,
      faults: [{ column: 'plan', reason: 'cannot be begun with' }],
    });
  if (plan === initialPlan) return plan;
  const found = plans.find(({ id }) => id === plan);
  if (found === undefined) throw refuse('There is no such plan.');
  if (found.stripePriceId !== null) throw refuse(`The plan "${plan}" is bought in the billing settings, later.`);
  if (isPerson) throw refuse(`The plan "${plan}" is given by the operator.`);
  return plan;
}

function isThereAlready(org: OrgSlug, isPerson: boolean): CloudActError {
  const issue = isPerson ? 'POST /v1/api-keys' : `POST /v1/admin/orgs/${org}/api-keys`;
  return new CloudActError('org_exists', {
    detail: `The organisation "${org}" is set up, and its first API key was shown. Issue another key with ${issue}, or choose another slug.`,
  });
}
