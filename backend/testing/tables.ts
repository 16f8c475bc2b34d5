import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The tables of the schema `public`, as the migrations make them: a new one is looked at at once. */
export function migratedTables(): string[] {
  const folder = resolve(import.meta.dirname, '../../supabase/migrations');
  return readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/^create table public\.(\w+)/gm)].map(([, table]) => table!),
  );
}
