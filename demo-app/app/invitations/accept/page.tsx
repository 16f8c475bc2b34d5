import { AcceptInvitation } from '../../../components/accept-invitation';
import { Entrance } from '../../../components/entrance';
import { accessToken } from '../../../lib/supabase';

export const metadata = { title: 'Invitation · CloudAct', referrer: 'no-referrer' as const };

export default async function Page() {
  const signedIn = (await accessToken()) !== undefined;
  return (
    <Entrance title="You are invited">
      <AcceptInvitation signedIn={signedIn} />
    </Entrance>
  );
}
