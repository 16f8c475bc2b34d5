import { ActionForm, Field } from '../../components/action-form';
import { Entrance } from '../../components/entrance';
import { person } from '../../lib/caller';
import { signOutEverywhere } from '../actions';
import { deleteAccount } from './actions';

export const metadata = { title: 'Your account · CloudAct' };

export default async function Page() {
  const { email } = await person();
  return (
    <Entrance title="Your account" intro={email} below={<a href="/">Back to costs</a>}>
      <form action={signOutEverywhere} className="form">
        <button type="submit" className="quiet">
          Sign out everywhere
        </button>
      </form>
      <details>
        <summary>Delete your account</summary>
        <p className="muted">
          You leave every organisation. One that only you own must get another owner, or be deleted, before.
        </p>
        <ActionForm action={deleteAccount} submit="Delete my account" danger>
          <Field label="Your e-mail, to confirm" name="confirm" type="email" required autoComplete="off" />
        </ActionForm>
      </details>
    </Entrance>
  );
}
