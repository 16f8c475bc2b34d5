import { ActionForm } from '../../../components/action-form';
import { Entrance } from '../../../components/entrance';
import { confirm } from '../../actions';

export const metadata = { title: 'Confirm · CloudAct', referrer: 'no-referrer' as const };

const titles: Record<string, string> = {
  recovery: 'Choose a new password',
  email_change: 'Confirm your new address',
  magiclink: 'Sign in',
};

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ token_hash?: string; token?: string; type?: string }>;
}) {
  const { token_hash: hash, token, type = '' } = await searchParams;
  return (
    <Entrance title={titles[type] ?? 'Confirm your address'}>
      <ActionForm action={confirm} submit="Continue">
        <input type="hidden" name="token_hash" value={hash ?? token ?? ''} />
        <input type="hidden" name="type" value={type} />
      </ActionForm>
    </Entrance>
  );
}
