import type { Role } from '../identity/roles.ts';
import type { OrgSlug } from '../org.ts';

/**
 * People's and organisations' metadata, kept in Supabase (`supabase/migrations`) and reached with the service role: no
 * row-level security stands behind these calls, so each of them is bound to the organisation or the person that it is
 * for. Times are ISO 8601, UTC.
 *
 * Every method throws `unavailable` when Supabase refuses or does not answer within ten seconds. Nothing is tried twice
 * here: the caller knows what may be repeated.
 */
export interface Metadata {
  readonly onboarding: OnboardingRecords;
  readonly offboarding: OffboardingRecords;
  readonly people: PeopleRecords;
  readonly audit: AuditLog;
  readonly idempotency: IdempotencyRecords;
  readonly stripeEvents: StripeEventRecords;
  /** The records of one organisation: every query is bound to its slug. */
  forOrg(org: OrgSlug): OrgMetadata;
  findOrganisation(org: OrgSlug): Promise<Organisation | undefined>;
  /** Origins that any organisation allows; what a browser's preflight, which names no organisation, is answered by. */
  allowedOrigins(): Promise<ReadonlySet<string>>;
  /** Revocations of all organisations that may still matter. */
  revocations(): Promise<readonly TokenRevocation[]>;
  /** Organisations of Stripe customers, for reconciliation. */
  billedOrganisations(): Promise<readonly { org: OrgSlug; account: BillingAccount }[]>;
  ping(): Promise<void>;
}

/** An organisation as people know it. Its cost data is in its dataset; its keys are in the control dataset. */
export interface Organisation {
  slug: OrgSlug;
  name: string;
  state: 'onboarding' | 'active' | 'leaving';
  allowedOrigins: readonly string[];
  createdAt: string;
}

export interface OrgMetadata {
  readonly org: OrgSlug;
  /** Throws `not_found`. */
  update(changes: { name?: string; allowedOrigins?: readonly string[] }): Promise<Organisation>;
  readonly members: MemberRecords;
  readonly invitations: InvitationRecords;
  readonly integrations: IntegrationRecords;
  readonly billing: BillingRecords;
  /** Takes back tokens issued until now: one (`token`), all of a subject, or all (`org`). */
  revokeTokens(revocation: Omit<TokenRevocation, 'org'>): Promise<void>;
  /** Newest first; `before` is an `id` of an event from an earlier answer. */
  auditEvents(page: { limit: number; before?: string }): Promise<readonly AuditEvent[]>;
  /** What no other method lists, for the export of an organisation that leaves. */
  exportRecords(): Promise<ExportedRecords>;
}

/** As the tables of these names have them, without the organisation; audit events oldest first. */
export interface ExportedRecords {
  subscriptions: readonly Readonly<Record<string, unknown>>[];
  budgets: readonly Readonly<Record<string, unknown>>[];
  hierarchyNodes: readonly Readonly<Record<string, unknown>>[];
  auditEvents: readonly AuditEvent[];
}

// Onboarding and offboarding --------------------------------------------------------------------------------------

export type OnboardingStep = 'dataset' | 'data_key' | 'api_key' | 'plan' | 'finished';

/** How far it is: a step that is done has the time at which it was. */
export interface Onboarding {
  org: OrgSlug;
  plan: string;
  done: Readonly<Record<OnboardingStep, string | null>>;
}

export interface OnboardingRecords {
  /**
   * Creates the organisation, owned by the person where one is given; the same call again returns how far it is.
   * Throws `org_exists` when the slug is taken or was ever used, `org_limit_reached`, and `credential_invalid` when the
   * person is gone.
   */
  begin(input: {
    slug: OrgSlug;
    name: string;
    plan: string;
    owner: { userId: string; email: string } | null;
  }): Promise<Onboarding>;
  /** Records a step as done, once. */
  stamp(org: OrgSlug, step: OnboardingStep): Promise<Onboarding>;
}

export type OffboardingStep = 'keys_revoked' | 'billing_ended' | 'exported' | 'dataset_dropped' | 'data_keys_destroyed';

export interface Offboarding {
  org: OrgSlug;
  withExport: boolean;
  startedAt: string;
  done: Readonly<Record<OffboardingStep, string | null>>;
  counts: Readonly<Record<string, number | string>>;
}

export interface OffboardingRecords {
  /**
   * The organisation becomes `leaving`, and its widget tokens are void. The same call again returns how far it is. Throws
   * `not_found`.
   */
  begin(input: { org: OrgSlug; requestedBy: string | null; withExport: boolean }): Promise<Offboarding>;
  find(org: OrgSlug): Promise<Offboarding | undefined>;
  stamp(org: OrgSlug, step: OffboardingStep, counts: Readonly<Record<string, number | string>>): Promise<Offboarding>;
  /** Deletes all that refers to the organisation, and retires its slug with the certificate. Returns the certificate that is kept. */
  finish(org: OrgSlug, certificate: unknown): Promise<unknown>;
  /** The certificate of an organisation that is gone. */
  certificate(org: OrgSlug): Promise<unknown | undefined>;
}

// People ----------------------------------------------------------------------------------------------------------

export interface Membership {
  org: OrgSlug;
  userId: string;
  role: Role;
  email: string | null;
  since: string;
}

export interface PeopleRecords {
  /** The organisations of a person, with their names. */
  memberships(userId: string): Promise<readonly (Membership & { name: string; state: Organisation['state'] })[]>;
  membership(userId: string, org: OrgSlug): Promise<Membership | undefined>;
  /**
   * Throws `invitation_invalid` when unknown, taken back, expired, used, or for another address, and
   * `credential_invalid` when the person is gone.
   */
  acceptInvitation(input: { tokenHash: string; userId: string; email: string }): Promise<Membership>;
  /** Deletes the person. Throws `last_owner`. Doing it again changes nothing. */
  deleteAccount(userId: string): Promise<void>;
}

export interface MemberRecords {
  list(): Promise<readonly Membership[]>;
  /**
   * `actor`: id of the member who asks. Open invitations that the person sent are taken back. Throws `not_found`,
   * `forbidden` unless the actor's role at this moment allows it, `last_owner`.
   */
  changeRole(userId: string, role: Role, actor: string): Promise<void>;
  /** As `changeRole`; a person may always be the actor of the own leaving. */
  remove(userId: string, actor: string): Promise<void>;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  createdAt: string;
  expiresAt: string;
  acceptedAt: string | null;
  revokedAt: string | null;
}

export interface InvitationRecords {
  /**
   * `tokenHash`: SHA-256 of the secret in the link, hexadecimal. `most`: members and open invitations, without one to the
   * same address; null or nothing for no limit. Throws `plan_limit_reached`, and `rate_limited` after 20 invitations of the
   * organisation in an hour or one to the address in five minutes. Invitations that were closed 90 days ago are deleted.
   */
  create(input: {
    email: string;
    role: Role;
    tokenHash: string;
    invitedBy: string | null;
    expiresAt: string;
    most?: number | null;
  }): Promise<Invitation>;
  list(): Promise<readonly Invitation[]>;
  /** Throws `not_found`. Doing it again changes nothing. */
  revoke(id: string): Promise<void>;
  /** Deletes one that nobody was told of, so that it counts for no limit. Doing it again changes nothing. */
  discard(id: string): Promise<void>;
}

// What is set up --------------------------------------------------------------------------------------------------

export interface Integration {
  id: string;
  connector: string;
  name: string;
  /** What was filled in and is no secret. */
  settings: Readonly<Record<string, unknown>>;
  state: 'draft' | 'active' | 'paused' | 'broken';
  problem: string | null;
  checkedAt: string | null;
  createdAt: string;
  updatedAt: string;
  /** Every change raises it. */
  version: number;
}

export interface IntegrationRecords {
  list(): Promise<readonly Integration[]>;
  find(id: string): Promise<Integration | undefined>;
  count(): Promise<number>;
  /** `most`: null or nothing for no limit. Throws `conflict` when the id is taken, `plan_limit_reached`. */
  create(
    input: Pick<Integration, 'id' | 'connector' | 'name' | 'settings'> & { most?: number | null },
  ): Promise<Integration>;
  /** Changes what was read as this version. Throws `not_found`, and `conflict` when it has another version by now. */
  update(
    id: string,
    changes: Partial<Pick<Integration, 'name' | 'settings' | 'state' | 'problem' | 'checkedAt'>>,
    read: Pick<Integration, 'version'>,
  ): Promise<Integration>;
  /** Doing it again changes nothing. */
  remove(id: string): Promise<void>;
}

// Billing ---------------------------------------------------------------------------------------------------------

export interface BillingAccount {
  /** Id of a plan in the configuration. */
  plan: string;
  status: 'self_hosted' | 'free' | 'trialing' | 'active' | 'past_due' | 'cancelled';
  stripeCustomerId: string | null;
  stripeSubscriptionId: string | null;
  trialEndsAt: string | null;
  currentPeriodEndsAt: string | null;
  /** After a failed payment: until when the plan still holds. */
  graceEndsAt: string | null;
  cancelsAtPeriodEnd: boolean;
  synchronisedAt: string | null;
}

export interface BillingRecords {
  find(): Promise<BillingAccount | undefined>;
  /** Creates the account or changes what is given. */
  put(changes: Partial<BillingAccount>): Promise<BillingAccount>;
}

export interface StripeEventRecords {
  /** False when the event is known and processed already. */
  receive(event: { id: string; type: string; createdAt: string; org: OrgSlug | null }): Promise<boolean>;
  processed(id: string): Promise<void>;
  /** The organisation of a Stripe customer. */
  orgOfCustomer(customerId: string): Promise<OrgSlug | undefined>;
}

// Around it -------------------------------------------------------------------------------------------------------

export interface TokenRevocation {
  org: OrgSlug;
  kind: 'token' | 'subject' | 'org';
  /** `jti`, `sub`, or empty for `org`. */
  value: string;
  /** Tokens issued at this second or earlier are void. */
  revokedAt: string;
  /** By then every such token has expired. */
  expiresAt: string;
}

export interface AuditEntry {
  id: string;
  org: OrgSlug | null;
  actor: { kind: string; id: string | null };
  action: string;
  target: string | null;
  requestId: string;
  address: string | null;
  userAgent: string | null;
}

export interface AuditOutcome {
  outcome: 'succeeded' | 'refused' | 'failed';
  status: number;
  code: string | null;
  /** Known only afterwards: the organisation or thing that came into being. */
  target?: string;
  /** Of an entry without an organisation: the one that it turned out to be about. It is kept while that is there. */
  org?: OrgSlug;
}

export interface AuditEvent extends AuditEntry, Omit<AuditOutcome, 'outcome' | 'status' | 'target' | 'org'> {
  at: string;
  outcome: 'attempted' | AuditOutcome['outcome'];
  status: number | null;
}

export interface AuditLog {
  /** Before the work: what is about to be done. When this throws, nothing is done. */
  attempt(entry: AuditEntry): Promise<void>;
  /** After the work, once. */
  complete(id: string, outcome: AuditOutcome): Promise<void>;
  /** Entries that are known with their outcome: refused authorisations, minted tokens. `at`: when it happened. */
  record(entries: readonly (AuditEntry & Omit<AuditOutcome, 'target' | 'org'> & { at: string })[]): Promise<void>;
}

export interface IdempotencyRecords {
  /** Takes the key for one request. */
  begin(input: {
    principal: string;
    key: string;
    org: OrgSlug | null;
    /** SHA-256 of method, path and body, hexadecimal. */
    fingerprint: string;
    lockSeconds: number;
    keepSeconds: number;
  }): Promise<
    | { state: 'begin' }
    | { state: 'in_flight' }
    | { state: 'mismatch' }
    | { state: 'answered'; status: number; sealedAnswer: string }
  >;
  /** Keeps the answer. */
  answer(input: { principal: string; key: string; status: number; sealedAnswer: string }): Promise<void>;
  /** Lets go of a key whose request failed in a way that a repetition may mend. */
  release(input: { principal: string; key: string }): Promise<void>;
}
