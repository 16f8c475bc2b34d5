import { ActionForm, Field } from '../../components/action-form';
import { Entrance, LocalMailbox } from '../../components/entrance';
import { ownPath } from '../../lib/form';
import { signUp } from '../actions';

export const metadata = { title: 'Sign up · CloudAct' };

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next);
  return (
    <Entrance
      title="Create your account"
      intro="See what your cloud, AI and software cost, to the last decimal."
      below={
        <>
          Have an account? <a href={`/sign-in?next=${encodeURIComponent(next)}`}>Sign in</a>
        </>
      }
    >
      <ActionForm action={signUp} submit="Sign up">
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail" name="email" type="email" autoComplete="email" required />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          required
          hint="At least 8 characters."
        />
      </ActionForm>
      <LocalMailbox />
    </Entrance>
  );
}
