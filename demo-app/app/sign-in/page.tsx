import { ActionForm, Field } from '../../components/action-form';
import { Entrance } from '../../components/entrance';
import { ownPath } from '../../lib/form';
import { signIn } from '../actions';

export const metadata = { title: 'Sign in · CloudAct' };

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next);
  return (
    <Entrance
      title="Sign in"
      below={
        <>
          New here? <a href={`/sign-up?next=${encodeURIComponent(next)}`}>Create an account</a>
        </>
      }
    >
      <ActionForm action={signIn} submit="Sign in">
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail" name="email" type="email" autoComplete="username" required />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      </ActionForm>
      <p className="muted">
        <a href="/forgot-password">Forgot your password?</a>
      </p>
    </Entrance>
  );
}
