import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A function of the schema `public`. */
export interface SqlFunction {
  name: string;
  /** A value of the right type for each parameter. */
  args: Record<string, unknown>;
  isTrigger: boolean;
}

/** What the migrations leave in the schema `public`, read from their text: a new table or function is tested at once. */
export function migratedSchema(): { tables: string[]; functions: SqlFunction[] } {
  const folder = resolve(import.meta.dirname, '../../../supabase/migrations');
  const text = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
    .replace(/--.*$/gm, '');
  const tables = [...text.matchAll(/create table (?:if not exists )?public\.(\w+)/gi)].map(([, name]) => name!);
  const dropped = new Set([...text.matchAll(/drop function public\.(\w+)/gi)].map(([, name]) => name));
  const functions = [
    ...text.matchAll(/create (?:or replace )?function public\.(\w+)\s*\(([^)]*)\)\s*returns\s+(\w+)/gi),
  ].filter(([, name]) => !dropped.has(name));
  return {
    tables,
    functions: functions.map(([, name, parameters, returns]) => ({
      name: name!,
      isTrigger: returns === 'trigger',
      args: Object.fromEntries(
        parameters!
          .split(',')
          .map((parameter) => parameter.trim().split(/\s+/))
          .filter(([parameter]) => parameter !== '')
          .map(([parameter, type]) => [parameter, exampleOf(type!)]),
      ),
    })),
  };
}

function exampleOf(type: string): unknown {
  const values: Record<string, unknown> = {
    text: 'x',
    'text[]': ['owner'],
    uuid: crypto.randomUUID(),
    integer: 1,
    interval: '30 days',
    boolean: true,
    jsonb: {},
    date: '2026-11-01',
    timestamptz: '2026-11-24T00:00:00Z',
  };
  if (!(type in values)) throw new Error(`a parameter has the type ${type}: say here what to call it with`);
  return values[type];
}
