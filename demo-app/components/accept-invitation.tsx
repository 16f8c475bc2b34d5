'use client';

import { useEffect, useState } from 'react';
import { acceptInvitation } from '../app/invitations/accept/actions';
import { ActionForm } from './action-form';

const KEPT = 'cloudact-invitation';

/**
 * The secret of an invitation is in the link's fragment, which no server's log sees. It is kept in this tab while the
 * person signs in.
 */
export function AcceptInvitation({ signedIn }: { signedIn: boolean }) {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const given = new URLSearchParams(location.hash.slice(1)).get('token');
    if (given) {
      sessionStorage.setItem(KEPT, given);
      history.replaceState(null, '', location.pathname);
    }
    setToken(given ?? sessionStorage.getItem(KEPT) ?? '');
  }, []);
  if (token === null) return null;
  if (token === '') return <p className="muted">This link is not complete. Copy all of it from the mail.</p>;
  if (!signedIn) {
    return (
      <p>
        <a href="/sign-in?next=/invitations/accept">Sign in</a> or{' '}
        <a href="/sign-up?next=/invitations/accept">create an account</a> with the address that was invited, then come
        back to this page.
      </p>
    );
  }
  return (
    <ActionForm action={acceptInvitation} submit="Join">
      <input type="hidden" name="token" value={token} />
    </ActionForm>
  );
}
