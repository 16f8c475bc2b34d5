import type { OrgSlug } from '../org.ts';
import { ask, askAll, type Client, isoTimeOrNull } from './client.ts';
import type { BillingAccount, BillingRecords, Metadata, StripeEventRecords } from './port.ts';

export function billingRecords(client: Client, org: OrgSlug): BillingRecords {
  const table = () => client.from('billing_accounts');
  return {
    async find() {
      const row = await ask<BillingRow | null>(
        'The billing account could not be read',
        table().select(COLUMNS).eq('org_slug', org).maybeSingle(),
      );
      return row === null ? undefined : account(row);
    },

    async put(changes) {
      const what = 'The billing account could not be written';
      const row = { ...changedColumns(changes), updated_at: new Date().toISOString() };
      // Not an upsert alone: that refuses an account that is there when `plan` and `status` are not given.
      const changed = await ask<BillingRow | null>(
        what,
        table().update(row).eq('org_slug', org).select(COLUMNS).maybeSingle(),
      );
      if (changed !== null) return account(changed);
      const created = table()
        .upsert({ org_slug: org, ...row })
        .select(COLUMNS)
        .single();
      return account(await ask<BillingRow>(what, created));
    },
  };
}

export function stripeEventRecords(client: Client): StripeEventRecords {
  return {
    async receive({ id, type, createdAt, org }) {
      await ask(
        'The event could not be kept',
        client
          .from('stripe_events')
          .upsert({ id, type, org_slug: org, created_at: createdAt }, { onConflict: 'id', ignoreDuplicates: true }),
      );
      const { processed_at } = await ask<{ processed_at: string | null }>(
        'The event could not be read',
        client.from('stripe_events').select('processed_at').eq('id', id).single(),
      );
      return processed_at === null;
    },

    async processed(id) {
      await ask(
        'The event could not be marked as processed',
        client
          .from('stripe_events')
          .update({ processed_at: new Date().toISOString() })
          .eq('id', id)
          .is('processed_at', null),
      );
    },

    async orgOfCustomer(customerId) {
      const row = await ask<{ org_slug: OrgSlug } | null>(
        'The customer could not be read',
        client.from('billing_accounts').select('org_slug').eq('stripe_customer_id', customerId).maybeSingle(),
      );
      return row?.org_slug;
    },
  };
}

export function billedOrganisations(client: Client): Metadata['billedOrganisations'] {
  return async () => {
    const rows = await askAll<BillingRow & { org_slug: OrgSlug }>(
      'The billing accounts could not be read',
      'org_slug',
      () =>
        client
          .from('billing_accounts')
          .select(`org_slug,${COLUMNS}`, { count: 'exact' })
          .not('stripe_customer_id', 'is', null),
    );
    return rows.map((row) => ({ org: row.org_slug, account: account(row) }));
  };
}

/** The column of each field. */
const columns = {
  plan: 'plan',
  status: 'status',
  stripeCustomerId: 'stripe_customer_id',
  stripeSubscriptionId: 'stripe_subscription_id',
  trialEndsAt: 'trial_ends_at',
  currentPeriodEndsAt: 'current_period_ends_at',
  graceEndsAt: 'grace_ends_at',
  cancelsAtPeriodEnd: 'cancels_at_period_end',
  synchronisedAt: 'synchronised_at',
} as const satisfies Record<keyof BillingAccount, string>;
const COLUMNS = Object.values(columns).join(',');

function changedColumns(changes: Partial<BillingAccount>): Record<string, unknown> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([field, value]) => [columns[field as keyof BillingAccount], value]));
}

interface BillingRow {
  plan: string;
  status: BillingAccount['status'];
  stripe_customer_id: string | null;
  stripe_subscription_id: string | null;
  trial_ends_at: string | null;
  current_period_ends_at: string | null;
  grace_ends_at: string | null;
  cancels_at_period_end: boolean;
  synchronised_at: string | null;
}

function account(row: BillingRow): BillingAccount {
  return {
    plan: row.plan,
    status: row.status,
    stripeCustomerId: row.stripe_customer_id,
    stripeSubscriptionId: row.stripe_subscription_id,
    trialEndsAt: isoTimeOrNull(row.trial_ends_at),
    currentPeriodEndsAt: isoTimeOrNull(row.current_period_ends_at),
    graceEndsAt: isoTimeOrNull(row.grace_ends_at),
    cancelsAtPeriodEnd: row.cancels_at_period_end,
    synchronisedAt: isoTimeOrNull(row.synchronised_at),
  };
}
