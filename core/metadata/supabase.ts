import { auditLog, ownAuditEvents } from './audit.ts';
import { billedOrganisations, billingRecords, stripeEventRecords } from './billing.ts';
import { type SupabaseOptions, serviceClient } from './client.ts';
import { exportedRecords } from './export.ts';
import { idempotencyRecords } from './idempotency.ts';
import { integrationRecords } from './integrations.ts';
import { invitationRecords } from './invitations.ts';
import { offboardingRecords, onboardingRecords } from './onboarding.ts';
import { organisationRecords, ownRecords } from './organisations.ts';
import { memberRecords, peopleRecords } from './people.ts';
import type { Metadata } from './port.ts';

/**
 * Metadata in Supabase, hosted or Supabase Lite, with the service role.
 * Throws `configuration_invalid` when the URL or the key cannot be used at all. Besides what the port says, a method
 * that writes throws `request_invalid` for a value that the tables do not take, and `not_found` when the organisation or
 * person that a new thing belongs to is gone.
 */
export function supabaseMetadata(options: SupabaseOptions): Metadata {
  const client = serviceClient(options);
  return {
    ...organisationRecords(client),
    billedOrganisations: billedOrganisations(client),
    onboarding: onboardingRecords(client),
    offboarding: offboardingRecords(client),
    people: peopleRecords(client),
    audit: auditLog(client),
    idempotency: idempotencyRecords(client),
    stripeEvents: stripeEventRecords(client),
    forOrg: (org) => ({
      org,
      ...ownRecords(client, org),
      members: memberRecords(client, org),
      invitations: invitationRecords(client, org),
      integrations: integrationRecords(client, org),
      billing: billingRecords(client, org),
      auditEvents: ownAuditEvents(client, org),
      exportRecords: exportedRecords(client, org),
    }),
  };
}
