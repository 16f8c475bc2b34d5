'use server';

import { redirect } from 'next/navigation';
import { chooseOrganisation, person } from '../../../lib/caller';
import { type FormState, textOf } from '../../../lib/form';
import { request } from '../../../lib/request';
import { told } from '../../../lib/told';

export async function acceptInvitation(_state: FormState, form: FormData): Promise<FormState> {
  const { caller } = await person();
  return told(async () => {
    const joined = await request<{ slug: string }>(caller, 'POST', '/v1/invitations/accept', {
      token: textOf(form, 'token'),
    });
    await chooseOrganisation(joined!.slug);
    redirect('/');
  });
}
