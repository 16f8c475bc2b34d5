/** What a row of a test belongs to; `marker` is in it, so that it is known again wherever it turns up. */
export interface RowPlace {
  org: string;
  userId: string;
  marker: string;
}

type Row = Record<string, unknown>;

const later = '2099-01-01T00:00:00Z';

/** A new row of every table. */
export const newRow: Readonly<Record<string, (place: RowPlace) => Row>> = {
  organisations: ({ org, marker }) => ({ slug: org, name: marker }),
  memberships: ({ org, userId, marker }) => ({
    org_slug: org,
    user_id: userId,
    role: 'owner',
    email: `${marker}@example.com`,
  }),
  retired_slugs: ({ org, marker }) => ({ slug: `${org}_old`, certificate: { marker } }),
  onboardings: ({ org, marker }) => ({ org_slug: org, plan: marker }),
  offboardings: ({ org, marker }) => ({ org_slug: org, with_export: false, counts: { marker } }),
  invitations: ({ org, marker }) => ({
    org_slug: org,
    email: `${marker}@example.com`,
    role: 'viewer',
    token_hash: crypto.randomUUID(),
    expires_at: later,
  }),
  integrations: ({ org, marker }) => ({ org_slug: org, id: unique('i'), connector: 'aws-s3', name: marker }),
  subscriptions: ({ org, marker }) => ({ org_slug: org, id: unique('s'), plan: { marker } }),
  hierarchy_nodes: ({ org, marker }) => ({ org_slug: org, level: 'team', name: marker }),
  budgets: ({ org, marker }) => ({ org_slug: org, name: marker, amount: '1.50', currency: 'EUR', period: 'month' }),
  runs: ({ org, marker }) => ({ id: unique('run'), org_slug: org, integration_id: unique(marker), kind: 'sync' }),
  billing_accounts: ({ org, marker }) => ({ org_slug: org, plan: marker, status: 'free' }),
  stripe_events: ({ org, marker }) => ({ id: unique('evt'), type: marker, org_slug: org, created_at: later }),
  token_revocations: ({ org, marker }) => ({
    org_slug: org,
    kind: 'subject',
    value: unique(marker),
    revoked_at: later,
    expires_at: later,
  }),
  audit_events: ({ org, marker }) => ({
    id: crypto.randomUUID(),
    org_slug: org,
    actor_kind: 'user',
    action: 'test.write',
    target: marker,
    outcome: 'succeeded',
    request_id: crypto.randomUUID(),
  }),
  idempotency_keys: ({ org, marker }) => ({
    principal: unique('user'),
    key: marker,
    org_slug: org,
    fingerprint: 'x',
    locked_until: later,
    expires_at: later,
  }),
};

/** Column and value that tell whose a row is. */
export function placeOf(table: string, org: string): { column: string; value: string } {
  if (table === 'organisations') return { column: 'slug', value: org };
  if (table === 'retired_slugs') return { column: 'slug', value: `${org}_old` };
  return { column: 'org_slug', value: org };
}

function unique(prefix: string): string {
  return `${prefix}-${crypto.randomUUID()}`;
}
