import { defaultWidgetSubject, type Principal } from '@cloudact/core/identity';
import type { OrgSlug } from '@cloudact/core/org';

/** Who did it, as logs and the audit log name it: no name of a person, no credential. */
export interface Actor {
  readonly kind: Principal['kind'];
  readonly id: string;
}

export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case 'root':
      return { kind: 'root', id: 'root' };
    case 'api_key':
      return { kind: 'api_key', id: principal.keyId };
    case 'user':
    case 'member':
      return { kind: principal.kind, id: principal.userId };
    case 'widget':
      return { kind: 'widget', id: principal.subject };
    case 'service':
      return { kind: 'service', id: principal.service };
  }
}

/** The organisation that the principal acts in; null for whoever acts in none. */
export function orgOf(principal: Principal): OrgSlug | null {
  return 'org' in principal ? principal.org : null;
}

/** One text for one principal in one organisation, for counters and keys that those of others never meet. */
export function principalKey(principal: Principal): string {
  const { kind } = principal;
  // Pages whose tokens name no subject of their own are not one principal.
  const isNobody = kind === 'widget' && principal.subject === defaultWidgetSubject(principal.org);
  const id = isNobody ? principal.jti : actorOf(principal).id;
  return `${orgOf(principal) ?? ''}/${kind}:${id}`;
}
