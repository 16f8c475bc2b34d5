import { ActionButton, ActionForm, Field } from '../../components/action-form';
import { Entrance } from '../../components/entrance';
import { person } from '../../lib/caller';
import { choose, createOrganisation, leave } from './actions';

export const metadata = { title: 'Organisations · CloudAct' };

const roleNames = { owner: 'Owner', admin: 'Admin', analyst: 'Analyst', viewer: 'Viewer' } as const;

export default async function Page() {
  const { email, organisations } = await person();
  return (
    <Entrance
      title={organisations.length === 0 ? 'Set up your organisation' : 'Your organisations'}
      intro={
        organisations.length === 0
          ? 'It gets a dataset of its own, and its first API key. Were you invited to one? Open the link in that mail.'
          : undefined
      }
      below={
        <>
          Signed in as {email}. <a href="/account">Your account</a>
        </>
      }
    >
      {organisations.length > 0 && (
        <ul className="list">
          {organisations.map(({ slug, name, role, state }) => (
            <li key={slug}>
              <span>
                <strong>{name}</strong>
                <small className="muted">
                  {roleNames[role]}
                  {state === 'onboarding' && ' · being set up: send its form again to go on'}
                  {state === 'leaving' && ' · being deleted'}
                </small>
              </span>
              {state === 'active' && (
                <>
                  <form action={choose}>
                    <input type="hidden" name="slug" value={slug} />
                    <button type="submit" className="quiet">
                      Open<span className="hidden"> {name}</span>
                    </button>
                  </form>
                  <ActionButton action={leave} label="Leave" danger>
                    <input type="hidden" name="slug" value={slug} />
                  </ActionButton>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {organisations.length > 0 && <h2>New organisation</h2>}
      <ActionForm action={createOrganisation} submit="Create">
        <Field label="Name" name="name" maxLength={200} required autoComplete="organization" />
        <Field
          label="Short name"
          name="slug"
          required
          pattern="[a-z][a-z0-9_]{2,39}"
          hint="3 to 40 lower-case letters, digits or underscores. It cannot be changed."
        />
      </ActionForm>
    </Entrance>
  );
}
