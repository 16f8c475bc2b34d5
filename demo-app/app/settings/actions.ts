'use server';

import { redirect } from 'next/navigation';
import { ask } from '../../lib/api';
import { person } from '../../lib/caller';
import { type FormState, textOf } from '../../lib/form';
import { told } from '../../lib/told';

/** Settings are for people: whoever is not signed in is sent there, and never acts with the key of the demo. */
function asPerson(work: () => Promise<FormState>): Promise<FormState> {
  return told(async () => {
    await person();
    return work();
  });
}

export async function invite(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    const email = textOf(form, 'email');
    await ask('POST', '/v1/invitations', { email, role: textOf(form, 'role') });
    return { done: `An invitation is on its way to ${email}. It holds for 7 days.` };
  });
}

export async function revokeInvitation(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    await ask('DELETE', `/v1/invitations/${encodeURIComponent(textOf(form, 'id'))}`);
    return {};
  });
}

export async function changeRole(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    const id = encodeURIComponent(textOf(form, 'user_id'));
    await ask('PATCH', `/v1/members/${id}`, { role: textOf(form, 'role') });
    return {};
  });
}

export async function endMembership(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    await ask('DELETE', `/v1/members/${encodeURIComponent(textOf(form, 'user_id'))}`);
    return {};
  });
}

export async function leave(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    await ask('DELETE', '/v1/members/me', { confirm: textOf(form, 'org') });
    redirect('/organisations');
  });
}

export async function createKey(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    const name = textOf(form, 'name');
    const scopes = form.getAll('scope');
    if (scopes.length === 0) return { problem: 'Choose what the key may be used for.' };
    const { api_key: key } = (await ask<{ api_key: { key: string } }>('POST', '/v1/api-keys', { name, scopes }))!;
    return { done: `The key “${name}” is in force.`, secret: key.key };
  });
}

export async function rotateKey(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    const id = encodeURIComponent(textOf(form, 'id'));
    const { api_key: key } = (await ask<{ api_key: { key: string } }>('POST', `/v1/api-keys/${id}/rotate`, {}))!;
    return { done: 'The new key is in force; the old one goes on for 24 hours.', secret: key.key };
  });
}

export async function revokeKey(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    await ask('DELETE', `/v1/api-keys/${encodeURIComponent(textOf(form, 'id'))}`);
    return {};
  });
}

export async function rename(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    const origins = textOf(form, 'allowed_origins')
      .split(/[\s,]+/)
      .filter((origin) => origin !== '');
    await ask('PATCH', '/v1/org', { name: textOf(form, 'name'), allowed_origins: origins });
    return { done: 'Saved.' };
  });
}

export async function deleteOrganisation(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    await ask('DELETE', '/v1/org', { confirm: textOf(form, 'confirm'), export: form.get('export') === 'on' });
    redirect('/organisations');
  });
}

export async function toCheckout(_state: FormState, form: FormData): Promise<FormState> {
  return asPerson(async () => {
    redirect((await ask<{ url: string }>('POST', '/v1/billing/checkout', { plan: textOf(form, 'plan') }))!.url);
  });
}

export async function toPortal(): Promise<FormState> {
  return asPerson(async () => redirect((await ask<{ url: string }>('POST', '/v1/billing/portal', {}))!.url));
}
