import { createHash } from 'node:crypto';
import type { OrgSlug } from '@cloudact/core/org';
import type { TestBackend } from './backend.ts';
import { loadCharges } from './charges.ts';
import type { TestPerson } from './tenants.ts';

/**
 * One of everything that an organisation can have, with `mark` in every text, and `owner` as its owner. Costs are 7777.77,
 * quantities that wait for a price 8888.88. Returns what leads to the things.
 */
export async function fillTenant(
  { deps, warehouse }: TestBackend,
  { org, owner }: { org: OrgSlug; owner: TestPerson },
  mark: string,
): Promise<{ key: string; invitation: string; invitationSecret: string }> {
  const metadata = deps.metadata.forOrg(org);
  const texts = {
    ServiceName: mark,
    SubAccountId: mark,
    RegionId: mark,
    ResourceId: mark,
    BillingAccountId: mark,
  };
  const charge = { day: '2026-10-01', cost: '7777.77', tags: { [mark]: mark }, ...texts };
  const { cost: _, ...own } = charge;
  const kind = { x_Model: mark, SkuMeter: mark, ConsumedUnit: mark, x_UnpricedReason: mark };
  await loadCharges(warehouse, org, [charge], {
    integrationId: mark,
    unpriced: [{ ...own, ...kind, quantity: '8888.88' }],
  });
  await metadata.update({ name: mark, allowedOrigins: [`https://${mark}.example.com`] });
  await metadata.integrations.create({ id: mark, connector: 'aws-s3', name: mark, settings: { bucket: mark } });
  const invite = (email: string, secret: string) =>
    metadata.invitations.create({
      email,
      role: 'owner',
      tokenHash: createHash('sha256').update(secret).digest('hex'),
      invitedBy: null,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
  const secret = `${mark}-invitation-secret-0123456789-abcdef`;
  const invitation = await invite(`invited.${mark}@example.com`, secret);
  const owners = `owners-${secret}`;
  await invite(owner.email, owners);
  const tokenHash = createHash('sha256').update(owners).digest('hex');
  await deps.metadata.people.acceptInvitation({ tokenHash, userId: owner.userId, email: owner.email });
  const { record } = await deps.identity.apiKeys.issue({ org: org, name: mark, scopes: ['costs:read'] });
  return { key: record.id, invitation: invitation.id, invitationSecret: secret };
}

/** What nobody else may change. When keys were last used is left out. */
export async function tenantState({ deps, warehouse }: TestBackend, org: OrgSlug): Promise<unknown> {
  const { members, invitations, integrations, billing } = deps.metadata.forOrg(org);
  return [
    await deps.metadata.findOrganisation(org),
    (await deps.identity.apiKeys.list(org)).map(({ lastUsedAt: _, ...key }) => key),
    await Promise.all([members.list(), invitations.list(), integrations.list(), billing.find()]),
    await warehouse.forOrg(org).dataVersion(),
  ];
}
