import { createHash, randomUUID } from 'node:crypto';
import { apiKeyScopes, type Role, roles, type Scope, widgetScopes } from '@cloudact/core/identity';
import type { OrgSlug } from '@cloudact/core/org';
import { createInvitationToken } from '../../features/people/invitation-token.ts';
import type { TestBackend } from '../backend.ts';
import { loadCharges } from '../charges.ts';
import { randomSlug, type TestPerson } from '../tenants.ts';

/** An organisation with one of everything, in whose texts its own marks stand. */
export interface Tenant {
  readonly org: OrgSlug;
  readonly name: string;
  /** Ids that others may know and try: they stand in their requests, so nobody looks for them in answers. */
  readonly known: { readonly [kind in Kind]: readonly string[] };
  /** Texts that stand in no request of anybody else, and in no answer to anybody else. */
  readonly private: readonly string[];
  /** Texts of charges that lie outside of the slice of `sliceFilter`. */
  readonly outsideOfSlice: readonly string[];
  readonly sliceFilter: string;
  /** Shown to nobody at all: sealed credentials of providers, and secrets of invitations. */
  readonly secrets: readonly string[];
  readonly people: Readonly<Record<Role, TestPerson>>;
  readonly keys: Readonly<Record<string, string>>;
}
type Kind = 'key' | 'invitation' | 'token' | 'integration' | 'member' | 'event' | 'value';

/** Scopes of the keys that ask, by name. */
const KEY_SCOPES: Readonly<Record<string, readonly Scope[]>> = {
  everything: apiKeyScopes,
  reading: ['costs:read'],
  managing: ['keys:write', 'integrations:write'],
  minting: ['widgets:mint', ...widgetScopes],
};

export async function fullTenant(backend: TestBackend, prefix: string): Promise<Tenant> {
  const { deps, warehouse } = backend;
  const { org } = await backend.organisation(randomSlug(prefix));
  const metadata = deps.metadata.forOrg(org);
  const texts: string[] = [];
  const secrets: string[] = [];
  const mark = (kind: string, into: string[] = texts) => {
    const text = `${prefix}${kind}${randomUUID().slice(0, 8)}`;
    into.push(text);
    return text;
  };

  const charges = (kind: string, into: string[], cost: string) => {
    const text = (column: string) => mark(`${kind}${column}`, into);
    return {
      day: '2026-10-01',
      cost,
      tags: { [text('tag')]: text('value') },
      ServiceName: text('service'),
      SubAccountId: text('account'),
      RegionId: text('region'),
      ResourceId: text('resource'),
      BillingAccountId: text('payer'),
    };
  };
  const outsideOfSlice: string[] = [];
  const inside = charges('inside', texts, '3331.17');
  const outside = charges('outside', outsideOfSlice, '7773.19');
  const integration = mark('integration');
  await loadCharges(warehouse, org, [inside, outside], {
    integrationId: integration,
    unpriced: [
      { ...inside, quantity: '5551.13' },
      { ...outside, quantity: '9991.23' },
    ].map(({ cost: _, ...usage }) => usage),
  });

  const name = mark('name');
  await metadata.update({ name, allowedOrigins: [`https://${prefix}.example.com`] });
  const known: Record<Kind, string[]> = {
    key: [],
    invitation: [],
    token: [],
    integration: [],
    member: [],
    event: [],
    value: [],
  };
  known.integration.push(randomSlug(prefix), randomSlug(prefix), randomSlug(prefix));
  for (const id of [integration, ...known.integration]) {
    const place = { org, integrationId: id, provider: 'stand-in', host: null };
    await metadata.integrations.create({
      id,
      connector: place.provider,
      name: mark('title'),
      settings: { bucket: mark('bucket') },
    });
    await deps.vault.seal(place, { secret: mark('sealed', secrets) });
  }
  const invite = (email: string, secret: string) =>
    metadata.invitations.create({
      email,
      role: 'owner',
      tokenHash: createHash('sha256').update(secret).digest('hex'),
      invitedBy: null,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
  for (const isKnown of [true, true, true, false]) {
    const invitation = await invite(`${mark('guest')}@example.com`, mark('invited', secrets));
    (isKnown ? known.invitation : texts).push(invitation.id);
    const { record } = await deps.identity.apiKeys.issue({ org, name: mark('key'), scopes: ['costs:read'] });
    (isKnown ? known.key : texts).push(record.id);
  }
  for (const role of ['viewer', 'analyst'] as const) {
    const { userId, email } = await backend.member(org, role);
    known.member.push(userId);
    texts.push(email);
  }
  const event = randomUUID();
  await deps.metadata.audit.record([
    {
      id: event,
      at: new Date().toISOString(),
      org,
      actor: { kind: 'root', id: 'root' },
      action: 'org.create',
      target: mark('target'),
      requestId: randomUUID(),
      address: null,
      userAgent: null,
      outcome: 'succeeded',
      status: 201,
      code: null,
    },
  ]);
  known.event.push(event);
  known.value.push(org, `${org}_prod`, `https://${prefix}.example.com`, `org:${org}`);

  const people = {} as Record<Role, TestPerson>;
  for (const role of roles) {
    people[role] = await backend.member(org, role);
    texts.push(people[role].email);
    secrets.push(people[role].token);
  }
  // Whoever else has the link is not who is invited.
  const link = createInvitationToken();
  await invite(people.viewer.email, link);
  known.token.push(link);
  const keys: Record<string, string> = {};
  for (const [name, scopes] of Object.entries(KEY_SCOPES)) {
    const { key, record } = await deps.identity.apiKeys.issue({ org, name: mark('caller'), scopes });
    keys[name] = key;
    secrets.push(key);
    texts.push(record.id);
  }
  return {
    org,
    name,
    known,
    private: [...texts, ...outsideOfSlice],
    outsideOfSlice: [...outsideOfSlice, '7773.19', '9991.23', '11104.36'],
    sliceFilter: `ServiceName:${inside.ServiceName}`,
    secrets,
    people,
    keys,
  };
}
