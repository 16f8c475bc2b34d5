import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { Billing } from './port.ts';

/**
 * Creates one more of what the plan limits. `create` counts and writes in one transaction, so that the limit holds against
 * parallel requests; it gets the limit, null for none, and throws `plan_limit_reached`, which then tells the plan and what
 * to do.
 */
export async function withinPlan<Result>(
  billing: Billing,
  org: OrgSlug,
  limit: 'integrations' | 'seats',
  create: (most: number | null) => Promise<Result>,
): Promise<Result> {
  const { [limit]: most } = await billing.entitlements(org);
  try {
    return await create(most);
  } catch (error) {
    if (most !== null && error instanceof CloudActError && error.code === 'plan_limit_reached') {
      await billing.requireRoom(org, limit, most);
    }
    throw error;
  }
}
