import type { OrgSlug } from '../org.ts';

/** What a credential may be used for. A key passes on only what it has. */
export const scopes = ['costs:read', 'widgets:mint', 'runs:read', 'runs:write', 'keys:write'] as const;
export type Scope = (typeof scopes)[number];

/** Who is asking, as read from a verified credential and from nowhere else. */
export type Principal = RootPrincipal | ApiKeyPrincipal | WidgetPrincipal;
/** A principal that belongs to one organisation. */
export type OrgPrincipal = ApiKeyPrincipal | WidgetPrincipal;

/**
 * The operator: bootstrap, onboarding, and keys of any organisation. No route answers it with cost data, but a key that
 * it issues opens what its scopes say, so whoever holds the root key can reach all data.
 */
export interface RootPrincipal {
  readonly kind: 'root';
}

export interface ApiKeyPrincipal {
  readonly kind: 'api_key';
  readonly org: OrgSlug;
  readonly scopes: readonly Scope[];
  readonly keyId: string;
}

export interface WidgetPrincipal {
  readonly kind: 'widget';
  readonly org: OrgSlug;
  readonly scopes: readonly Scope[];
  /** Filters in the grammar of the cost question, which every answer to this principal is narrowed by. */
  readonly filters: readonly string[];
  readonly jti: string;
}

export function isScope(text: unknown): text is Scope {
  return (scopes as readonly unknown[]).includes(text);
}
