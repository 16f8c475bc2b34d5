import { CloudActError } from '@cloudact/core/errors';
import type { Role } from '@cloudact/core/identity';
import type { Invitation } from '@cloudact/core/metadata';
import type { OrgSlug } from '@cloudact/core/org';
import { withinPlan } from '../../billing/within-plan.ts';
import type { BackendDependencies } from '../../dependencies.ts';
import type { Mail } from '../../mail/port.ts';
import { createInvitationToken, hashInvitationToken } from './invitation-token.ts';

export interface InvitationService {
  /**
   * Creates the invitation and mails its link. Throws `conflict` for a member, `plan_limit_reached`, `rate_limited`, and
   * `unavailable` when the mail could not be sent: nothing is open then.
   */
  invite(request: InvitationRequest): Promise<Invitation>;
}

interface InvitationRequest {
  readonly org: OrgSlug;
  /** Null for the operator. */
  readonly by: { readonly userId: string; readonly email: string } | null;
  readonly email: string;
  readonly role: Role;
}

export function openInvitationService({
  metadata,
  billing,
  mailer,
  appOrigin,
  now,
}: BackendDependencies): InvitationService {
  return {
    async invite({ org: slug, by, email: written, role }) {
      const email = written.toLowerCase();
      const org = metadata.forOrg(slug);
      const [organisation, members, invitations] = await Promise.all([
        metadata.findOrganisation(slug),
        org.members.list(),
        org.invitations.list(),
      ]);
      if (members.some((member) => member.email === email)) {
        throw new CloudActError('conflict', {
          detail: 'Somebody with this address is a member already. Change the role of the member instead.',
        });
      }
      const replaced = invitations.filter(
        (invitation) => invitation.email === email && invitationState(invitation, now()) === 'open',
      );
      const token = createInvitationToken();
      const expiresAt = new Date(now().getTime() + LIFETIME_MILLISECONDS).toISOString();
      const invitation = await withinPlan(billing, slug, 'seats', (most) =>
        org.invitations.create({
          email,
          role,
          tokenHash: hashInvitationToken(token),
          invitedBy: by?.userId ?? null,
          expiresAt,
          most,
        }),
      );
      try {
        // After the #, which no browser sends: the secret is in no log of a server.
        const link = `${appOrigin}/invitations/accept#token=${token}`;
        await mailer.send(
          invitationMail({ to: email, by: by?.email ?? null, name: organisation?.name ?? slug, role, link }),
        );
      } catch (cause) {
        await org.invitations.discard(invitation.id);
        throw new CloudActError('unavailable', {
          detail: 'The invitation could not be mailed, and is not open. Try again.',
          cause,
        });
      }
      for (const { id } of replaced) await org.invitations.revoke(id);
      return invitation;
    },
  };
}

export function invitationState(
  { acceptedAt, revokedAt, expiresAt }: Invitation,
  now: Date,
): 'open' | 'accepted' | 'expired' | 'revoked' {
  if (acceptedAt !== null) return 'accepted';
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'open';
}

const LIFETIME_DAYS = 7;
const LIFETIME_MILLISECONDS = LIFETIME_DAYS * 24 * 60 * 60 * 1000;

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  admin: 'an admin',
  analyst: 'an analyst',
  viewer: 'a viewer',
};

function invitationMail(about: { to: string; by: string | null; name: string; role: Role; link: string }): Mail {
  const name = about.name.replace(/\s+/g, ' ');
  const opening = about.by === null ? 'You are invited' : `${about.by} invites you`;
  return {
    to: about.to,
    subject: `Invitation to ${name} on CloudAct`,
    text: [
      `${opening} to ${name} on CloudAct, as ${ROLE_NAMES[about.role]}.`,
      '',
      `Sign in or sign up with this address (${about.to}) and open:`,
      about.link,
      '',
      `The link is good for ${LIFETIME_DAYS} days. If you do not expect it, do nothing: nobody joins without it.`,
      '',
    ].join('\n'),
  };
}
