import { redirect } from 'next/navigation';
import { ActionForm, Field } from '../../components/action-form';
import { Entrance } from '../../components/entrance';
import { accessToken } from '../../lib/supabase';
import { resetPassword } from '../actions';

export const metadata = { title: 'Choose a new password · CloudAct' };

export default async function Page() {
  if ((await accessToken()) === undefined) redirect('/forgot-password');
  return (
    <Entrance title="Choose a new password" intro="All other sessions of yours end with it.">
      <ActionForm action={resetPassword} submit="Save">
        <Field
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          required
          hint="At least 8 characters."
        />
      </ActionForm>
    </Entrance>
  );
}
