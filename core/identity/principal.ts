import type { OrgSlug } from '../org.ts';
import type { Role } from './roles.ts';
import type { Scope } from './scopes.ts';

/** Who is asking, as read from a verified credential and from nowhere else. */
export type Principal =
  | RootPrincipal
  | ApiKeyPrincipal
  | UserPrincipal
  | MemberPrincipal
  | WidgetPrincipal
  | ServicePrincipal;
/** A principal that acts in one organisation, with scopes. */
export type OrgPrincipal = ApiKeyPrincipal | MemberPrincipal | WidgetPrincipal;

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
  /** When the key ends, ISO 8601, UTC; null for never. Keys that it makes end by then. */
  readonly expiresAt: string | null;
}

/** A person who is signed in, as such: for what belongs to the person and to no organisation. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly userId: string;
  /** Confirmed, lower case. */
  readonly email: string;
}

/** A signed-in person in one organisation (header `CloudAct-Org`), with what the role there allows at this moment. */
export interface MemberPrincipal {
  readonly kind: 'member';
  readonly userId: string;
  readonly email: string;
  readonly org: OrgSlug;
  readonly role: Role;
  readonly scopes: readonly Scope[];
}

export interface WidgetPrincipal {
  readonly kind: 'widget';
  readonly org: OrgSlug;
  readonly scopes: readonly Scope[];
  /** Filters in the grammar of the cost question, which every answer to this principal is narrowed by. */
  readonly filters: readonly string[];
  /** Tags of the elements that may use the token; empty for all. */
  readonly widgets: readonly string[];
  /** Origins of the pages that may use the token; empty for all whose pages may call the API. */
  readonly origins: readonly string[];
  /** Factor on every cost, decimal text, `1.15` for 15 % more; null for none. The bearer cannot read it. */
  readonly markUp: string | null;
  /** Currency in which costs are shown, with the rates that lead to it; null for the bill's own. */
  readonly displayCurrency: DisplayCurrency | null;
  readonly subject: string;
  /** Whose token it is; null for tokens that do not tell. The bearer cannot read it. */
  readonly mintedBy: Minter | null;
  readonly jti: string;
  /** Unix seconds. */
  readonly issuedAt: number;
}

/** A person in the organisation by id, or an API key by id. */
export type Minter = `member:${string}` | `key:${string}`;

export interface DisplayCurrency {
  /** ISO 4217. */
  readonly currency: string;
  /** What one unit of a bill's currency is in `currency`, decimal text, by ISO 4217 code. */
  readonly rates: Readonly<Record<string, string>>;
}

/** One of our own services, on routes that are for nobody else. `org`: the organisation that it acts for. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly service: 'api' | 'pipelines' | 'scheduler';
  readonly org: OrgSlug | null;
}
