import { CloudActError } from '@cloudact/core/errors';
import { type OrgPrincipal, type Scope, withIncluded } from '@cloudact/core/identity';

/** Throws `forbidden` unless the principal has all of the scopes: nobody gives `what` more than it has itself. */
export function checkHeld(principal: OrgPrincipal, scopes: readonly Scope[], what: string): void {
  const held = withIncluded(principal.scopes);
  const missing = scopes.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return;
  throw new CloudActError('forbidden', {
    detail: `You do not have the scope ${missing.join(', ')}, so ${what} that you make cannot have it. Use a credential that has it, or leave it out.`,
  });
}
