'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, ownPath, textOf } from '../lib/form';
import { supabase } from '../lib/supabase';

const origin = () => process.env.CLOUDACT_WEB_ORIGIN ?? 'http://localhost:3000';

export async function signUp(_state: FormState, form: FormData): Promise<FormState> {
  const email = textOf(form, 'email');
  const password = String(form.get('password') ?? '');
  const { data, error } = await (await supabase()).auth.signUp({
    email,
    password,
    options: { emailRedirectTo: `${origin()}/auth/confirm` },
  });
  if (error) return { problem: sentence(error.message) };
  if (data.session) redirect(ownPath(textOf(form, 'next')));
  return { done: `We sent a link to ${email}. Open it to confirm that the address is yours.` };
}

export async function signIn(_state: FormState, form: FormData): Promise<FormState> {
  const { error } = await (await supabase()).auth.signInWithPassword({
    email: textOf(form, 'email'),
    password: String(form.get('password') ?? ''),
  });
  if (error?.code === 'email_not_confirmed') {
    return { problem: 'This address is not confirmed yet. Open the link in the mail that we sent you.' };
  }
  if (error) return { problem: error.status === 400 ? 'E-mail or password is not right.' : sentence(error.message) };
  redirect(ownPath(textOf(form, 'next')));
}

export async function signOut(): Promise<void> {
  await (await supabase()).auth.signOut({ scope: 'local' });
  (await cookies()).delete('cloudact_org');
  redirect('/sign-in');
}

export async function signOutEverywhere(): Promise<void> {
  await (await supabase()).auth.signOut({ scope: 'global' });
  (await cookies()).delete('cloudact_org');
  redirect('/sign-in');
}

/** Says the same whether the address has an account or not. */
export async function requestReset(_state: FormState, form: FormData): Promise<FormState> {
  const email = textOf(form, 'email');
  const { error } = await (await supabase()).auth.resetPasswordForEmail(email, {
    redirectTo: `${origin()}/auth/confirm`,
  });
  // 429: the last mail to this address was sent a moment ago, which happens to those that have an account alone.
  if (error && error.status !== 400 && error.status !== 429) return { problem: sentence(error.message) };
  return { done: `If ${email} has an account, a link to choose a new password is on its way.` };
}

export async function resetPassword(_state: FormState, form: FormData): Promise<FormState> {
  const client = await supabase();
  const { error } = await client.auth.updateUser({ password: String(form.get('password') ?? '') });
  if (error) return { problem: sentence(error.message) };
  // Whoever knew the old password is out.
  await client.auth.signOut({ scope: 'others' });
  redirect('/');
}

/** The kinds of links in mails that lead here. */
const kinds = ['signup', 'email', 'recovery', 'magiclink', 'email_change'] as const;

/** A link is used by a click on this page, not by opening it: mail scanners open links. */
export async function confirm(_state: FormState, form: FormData): Promise<FormState> {
  const kind = kinds.find((each) => each === textOf(form, 'type'));
  if (kind === undefined) return { problem: 'This link is not complete. Copy all of it from the mail.' };
  const { error } = await (await supabase()).auth.verifyOtp({ type: kind, token_hash: textOf(form, 'token_hash') });
  if (error) return { problem: 'This link was used already, or is too old. Ask for a new one.' };
  redirect(kind === 'recovery' ? '/reset-password' : '/organisations');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
