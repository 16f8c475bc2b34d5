'use server';

import { redirect } from 'next/navigation';
import { chooseOrganisation, person } from '../../lib/caller';
import { type FormState, textOf } from '../../lib/form';
import { request } from '../../lib/request';
import { told } from '../../lib/told';

export async function createOrganisation(_state: FormState, form: FormData): Promise<FormState> {
  const { caller } = await person();
  return told(async () => {
    const created = await request<{ org: { slug: string; name: string }; api_key: { key: string } }>(
      caller,
      'POST',
      '/v1/orgs',
      { name: textOf(form, 'name'), slug: textOf(form, 'slug') },
    );
    await chooseOrganisation(created!.org.slug);
    return {
      done: `${created!.org.name} is set up. This is its first API key; then open the organisation above.`,
      secret: created!.api_key.key,
    };
  });
}

export async function choose(form: FormData): Promise<void> {
  await chooseOrganisation(textOf(form, 'slug'));
  redirect('/');
}

export async function leave(_state: FormState, form: FormData): Promise<FormState> {
  const { caller } = await person();
  const slug = textOf(form, 'slug');
  return told(async () => {
    await request({ ...caller, organisation: slug }, 'DELETE', '/v1/members/me', { confirm: slug });
    return { done: 'You left.' };
  });
}
