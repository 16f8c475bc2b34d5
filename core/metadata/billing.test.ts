import { expect, it } from 'vitest';
import { metadata, newOrg } from './testing/supabase.ts';

it('a billing account is that of its organisation: nobody else finds or changes it', async () => {
  const [ours, theirs] = [metadata.forOrg(await newOrg()).billing, metadata.forOrg(await newOrg()).billing];
  await ours.put({ plan: 'team', status: 'active' });
  expect(await theirs.find()).toBeUndefined();

  await theirs.put({ plan: 'free', status: 'free' });
  await theirs.put({ status: 'cancelled' });
  expect(await ours.find()).toMatchObject({ plan: 'team', status: 'active' });
  expect(await theirs.find()).toMatchObject({ plan: 'free', status: 'cancelled' });
});
