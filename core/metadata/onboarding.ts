import type { OrgSlug } from '../org.ts';
import { ask, type Client, isoTime, isoTimeOrNull } from './client.ts';
import { requireOrganisationName } from './organisations.ts';
import type {
  Offboarding,
  OffboardingRecords,
  OffboardingStep,
  Onboarding,
  OnboardingRecords,
  OnboardingStep,
} from './port.ts';
import { inNameOf } from './refusals.ts';

export function onboardingRecords(client: Client): OnboardingRecords {
  return {
    async begin({ slug, name, plan, owner }) {
      requireOrganisationName(name);
      const created = ask<OnboardingRow>(
        'The organisation could not be created',
        client
          .rpc('begin_onboarding', {
            slug,
            name,
            plan,
            owner_id: owner?.userId ?? null,
            owner_email: owner?.email ?? null,
          })
          .single(),
      );
      return onboarding(await inNameOf(created));
    },

    async stamp(slug, step) {
      const what = 'The progress of the organisation could not be recorded';
      return onboarding(await ask<OnboardingRow>(what, client.rpc('stamp_onboarding', { slug, step }).single()));
    },
  };
}

export function offboardingRecords(client: Client): OffboardingRecords {
  return {
    async begin({ org, requestedBy, withExport }) {
      const row = await ask<OffboardingRow>(
        'The deletion of the organisation could not begin',
        client.rpc('begin_offboarding', { slug: org, requester: requestedBy, with_export: withExport }).single(),
      );
      return offboarding(row);
    },

    async find(org) {
      const row = await ask<OffboardingRow | null>(
        'The deletion of the organisation could not be read',
        client.from('offboardings').select().eq('org_slug', org).maybeSingle(),
      );
      return row === null ? undefined : offboarding(row);
    },

    async stamp(org, step, counts) {
      const row = await ask<OffboardingRow>(
        'The progress of the deletion could not be recorded',
        client.rpc('stamp_offboarding', { slug: org, step, counted: counts }).single(),
      );
      return offboarding(row);
    },

    async finish(org, certificate) {
      return ask('The organisation could not be deleted', client.rpc('finish_offboarding', { slug: org, certificate }));
    },

    async certificate(org) {
      const row = await ask<{ certificate: unknown } | null>(
        'The certificate could not be read',
        client.from('retired_slugs').select('certificate').eq('slug', org).maybeSingle(),
      );
      return row?.certificate ?? undefined;
    },
  };
}

type OnboardingRow = { org_slug: OrgSlug; plan: string } & Record<`${OnboardingStep}_at`, string | null>;

function onboarding(row: OnboardingRow): Onboarding {
  return {
    org: row.org_slug,
    plan: row.plan,
    done: {
      dataset: isoTimeOrNull(row.dataset_at),
      data_key: isoTimeOrNull(row.data_key_at),
      api_key: isoTimeOrNull(row.api_key_at),
      plan: isoTimeOrNull(row.plan_at),
      finished: isoTimeOrNull(row.finished_at),
    },
  };
}

type OffboardingRow = {
  org_slug: OrgSlug;
  with_export: boolean;
  started_at: string;
  counts: Offboarding['counts'];
} & Record<`${OffboardingStep}_at`, string | null>;

function offboarding(row: OffboardingRow): Offboarding {
  return {
    org: row.org_slug,
    withExport: row.with_export,
    startedAt: isoTime(row.started_at),
    counts: row.counts,
    done: {
      keys_revoked: isoTimeOrNull(row.keys_revoked_at),
      billing_ended: isoTimeOrNull(row.billing_ended_at),
      exported: isoTimeOrNull(row.exported_at),
      dataset_dropped: isoTimeOrNull(row.dataset_dropped_at),
      data_keys_destroyed: isoTimeOrNull(row.data_keys_destroyed_at),
    },
  };
}
