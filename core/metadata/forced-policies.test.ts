import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { migratedSchema } from './testing/migrations.ts';

const folder = resolve(import.meta.dirname, '../../supabase/migrations');
const text = readdirSync(folder)
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

// No client is the tables' owner here, so that no query tells the difference: the text has to.
it.each(migratedSchema().tables)('policies on %s hold for its owner too', (table) => {
  expect(text).toContain(`alter table public.${table} enable row level security;`);
  expect(text).toContain(`alter table public.${table} force row level security;`);
});

// Supabase Lite grants whole tables anew on every start, so that only the text tells what hosted Supabase will refuse.
it('nobody but the servers may read the hash of the secret of an invitation', () => {
  const grants = [...text.matchAll(/grant [^;]+ to authenticated;/g)].map(([grant]) => grant);
  const ofInvitations = grants.filter((grant) => /public\.invitations\b/.test(grant));
  expect(ofInvitations).toEqual([
    expect.stringMatching(/^grant select \([a-z_, ]+\)\s+on table public\.invitations to/),
  ]);
  expect(ofInvitations[0]).not.toContain('token_hash');
});

it('no policy lets anybody write, and no migration turns a policy off', () => {
  for (const [policy] of text.matchAll(/create policy [^;]+;/g))
    expect(policy).toMatch(/\sfor select to authenticated\s/);
  expect(text).not.toMatch(/disable row level security|no force row level security|bypassrls/i);
});
