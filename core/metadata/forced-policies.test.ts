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

it('no policy lets anybody write, and no migration turns a policy off', () => {
  for (const [policy] of text.matchAll(/create policy [^;]+;/g))
    expect(policy).toMatch(/\sfor select to authenticated\s/);
  expect(text).not.toMatch(/disable row level security|no force row level security|bypassrls/i);
});
