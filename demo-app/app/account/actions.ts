'use server';

import { redirect } from 'next/navigation';
import { person } from '../../lib/caller';
import { type FormState, textOf } from '../../lib/form';
import { request } from '../../lib/request';
import { supabase } from '../../lib/supabase';
import { told } from '../../lib/told';

export async function deleteAccount(_state: FormState, form: FormData): Promise<FormState> {
  const { caller } = await person();
  return told(async () => {
    await request(caller, 'DELETE', '/v1/me', { confirm: textOf(form, 'confirm') });
    await (await supabase()).auth.signOut({ scope: 'local' });
    redirect('/sign-in');
  });
}
