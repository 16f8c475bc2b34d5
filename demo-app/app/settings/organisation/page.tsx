import { ActionForm, Field } from '../../../components/action-form';
import { Forbidden } from '../../../components/forbidden';
import { ask } from '../../../lib/api';
import { viewer } from '../../../lib/caller';
import { deleteOrganisation, rename } from '../actions';

interface Organisation {
  slug: string;
  name: string;
  allowed_origins: string[];
}

export default async function OrganisationPage() {
  const { person } = await viewer();
  if (person!.role !== 'owner') return <Forbidden what="change or delete the organisation" />;
  const { slug, name, allowed_origins: origins } = (await ask<Organisation>('GET', '/v1/org'))!;
  return (
    <>
      <section className="card" aria-labelledby="organisation">
        <h2 id="organisation">Organisation</h2>
        <ActionForm action={rename} submit="Save">
          <Field label="Name" name="name" defaultValue={name} maxLength={200} required />
          <Field
            label="Origins of pages that embed widgets"
            name="allowed_origins"
            defaultValue={origins.join(' ')}
            placeholder="https://portal.example.com"
            hint="Separated by spaces."
          />
        </ActionForm>
      </section>
      <section className="card" aria-labelledby="delete">
        <h2 id="delete">Delete the organisation</h2>
        <p className="muted">
          Ends all keys, tokens and subscriptions, and deletes cost data and credentials. You get a certificate of what
          was deleted. This cannot be undone, and the short name is not given out again.
        </p>
        <ActionForm action={deleteOrganisation} submit="Delete everything" danger>
          <Field label={`Type ${slug} to confirm`} name="confirm" required pattern={slug} autoComplete="off" />
          <label>
            <input type="checkbox" name="export" defaultChecked /> Export all data before
          </label>
        </ActionForm>
      </section>
    </>
  );
}
