import { ActionButton, ActionForm, Field } from '../../../components/action-form';
import { Forbidden } from '../../../components/forbidden';
import { ask } from '../../../lib/api';
import { viewer } from '../../../lib/caller';
import { createKey, revokeKey, rotateKey } from '../actions';

interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  last4: string;
  scopes: string[];
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

/** What keys are mostly made for; more can be had through the API. */
const purposes = [
  { scope: 'costs:read', label: 'Read costs' },
  { scope: 'widgets:mint', label: 'Mint widget tokens for a portal' },
  { scope: 'runs:write', label: 'Start runs' },
  { scope: 'integrations:write', label: 'Set up integrations' },
];

export default async function Keys() {
  const { person } = await viewer();
  if (person!.role !== 'owner' && person!.role !== 'admin') return <Forbidden what="see and make API keys" />;
  const { api_keys: keys } = (await ask<{ api_keys: ApiKey[] }>('GET', '/v1/api-keys'))!;
  const now = new Date();
  const inForce = keys.filter(
    ({ revoked_at, expires_at }) => revoked_at === null && (expires_at === null || new Date(expires_at) > now),
  );
  return (
    <>
      <section className="card" aria-labelledby="keys">
        <h2 id="keys">API keys</h2>
        {inForce.length === 0 && <p className="muted">No key is in force.</p>}
        <ul className="list">
          {inForce.map(({ id, name, prefix, last4, scopes, last_used_at, expires_at }) => (
            <li key={id}>
              <span>
                <strong>{name}</strong>{' '}
                <code>
                  {prefix}…{last4}
                </code>
                <small className="muted">
                  {scopes.length > 4 ? `${scopes.length} scopes` : scopes.join(', ')} ·{' '}
                  {last_used_at === null ? 'not used yet' : `last used ${last_used_at.slice(0, 10)}`}
                  {expires_at !== null && ` · until ${expires_at.slice(0, 16).replace('T', ' ')} UTC`}
                </small>
              </span>
              <ActionButton action={rotateKey} label="Rotate">
                <input type="hidden" name="id" value={id} />
              </ActionButton>
              <ActionButton action={revokeKey} label="Revoke" danger>
                <input type="hidden" name="id" value={id} />
              </ActionButton>
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="new-key">
        <h2 id="new-key">New key</h2>
        <ActionForm action={createKey} submit="Create">
          <Field label="Name" name="name" maxLength={200} required hint="What it is for, for example: Portal." />
          <fieldset className="choices">
            <legend>May</legend>
            {purposes.map(({ scope, label }) => (
              <label key={scope}>
                <input type="checkbox" name="scope" value={scope} /> {label}
              </label>
            ))}
          </fieldset>
        </ActionForm>
      </section>
    </>
  );
}
