import { ActionButton, ActionForm, Field } from '../../components/action-form';
import { Forbidden } from '../../components/forbidden';
import { ask } from '../../lib/api';
import { person, viewer } from '../../lib/caller';
import { changeRole, endMembership, invite, leave, revokeInvitation } from './actions';

interface Member {
  user_id: string;
  email: string | null;
  role: Role;
  since: string;
}
interface Invitation {
  id: string;
  email: string;
  role: Role;
  state: 'open' | 'accepted' | 'expired' | 'revoked';
  expires_at: string;
}
type Role = 'owner' | 'admin' | 'analyst' | 'viewer';

const roleNames: Record<Role, string> = {
  owner: 'Owner: everything',
  admin: 'Admin: everything but billing and deleting',
  analyst: 'Analyst: costs, budgets, runs',
  viewer: 'Viewer: costs',
};

export default async function People() {
  const { email: own } = await person();
  const { caller, person: me } = await viewer();
  const role = me!.role;
  if (role !== 'owner' && role !== 'admin') return <Forbidden what="see who belongs to the organisation" />;
  const [members, invitations] = await Promise.all([
    ask<{ members: Member[] }>('GET', '/v1/members'),
    ask<{ invitations: Invitation[] }>('GET', '/v1/invitations'),
  ]);
  const open = invitations!.invitations.filter(({ state }) => state === 'open');
  return (
    <>
      <section className="card" aria-labelledby="members">
        <h2 id="members">Members</h2>
        <ul className="list">
          {members!.members.map((member) => (
            <li key={member.user_id}>
              <span>
                <strong>{member.email ?? member.user_id}</strong>
                <small className="muted">
                  {member.email === own ? 'You · ' : ''}since {member.since.slice(0, 10)}
                </small>
              </span>
              <ActionButton action={changeRole} label="Change">
                <input type="hidden" name="user_id" value={member.user_id} />
                <label>
                  <span className="hidden">Role of {member.email}</span>
                  <select name="role" defaultValue={member.role}>
                    {Object.entries(roleNames)
                      .filter(([value]) => role === 'owner' || value !== 'owner')
                      .map(([value, label]) => (
                        <option key={value} value={value}>
                          {label}
                        </option>
                      ))}
                  </select>
                </label>
              </ActionButton>
              {member.email === own ? (
                <ActionButton action={leave} label="Leave" danger>
                  <input type="hidden" name="org" value={caller.organisation!} />
                </ActionButton>
              ) : (
                <ActionButton action={endMembership} label="Remove" danger>
                  <input type="hidden" name="user_id" value={member.user_id} />
                </ActionButton>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="invite">
        <h2 id="invite">Invite</h2>
        {open.length > 0 && (
          <ul className="list">
            {open.map((invitation) => (
              <li key={invitation.id}>
                <span>
                  <strong>{invitation.email}</strong>
                  <small className="muted">
                    {roleNames[invitation.role]} · until {invitation.expires_at.slice(0, 10)}
                  </small>
                </span>
                <ActionButton action={revokeInvitation} label="Take back">
                  <input type="hidden" name="id" value={invitation.id} />
                </ActionButton>
              </li>
            ))}
          </ul>
        )}
        <ActionForm action={invite} submit="Send the invitation">
          <Field label="E-mail" name="email" type="email" required />
          <label className="field">
            <span className="label">Role</span>
            <select name="role" defaultValue="viewer">
              {Object.entries(roleNames)
                .filter(([value]) => role === 'owner' || value !== 'owner')
                .map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
            </select>
          </label>
        </ActionForm>
      </section>
    </>
  );
}
