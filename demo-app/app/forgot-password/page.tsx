import { ActionForm, Field } from '../../components/action-form';
import { Entrance, LocalMailbox } from '../../components/entrance';
import { requestReset } from '../actions';

export const metadata = { title: 'Forgot your password? · CloudAct' };

export default function Page() {
  return (
    <Entrance
      title="Forgot your password?"
      intro="We send you a link to choose a new one."
      below={<a href="/sign-in">Back to sign in</a>}
    >
      <ActionForm action={requestReset} submit="Send the link">
        <Field label="E-mail" name="email" type="email" autoComplete="username" required />
      </ActionForm>
      <LocalMailbox />
    </Entrance>
  );
}
