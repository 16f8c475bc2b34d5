import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';

/** Keys of one local Supabase, made once for its folder. */
export interface SupabaseKeys {
  /** Publishable: for browsers, with the rights of `anon` until somebody signs in. */
  anonKey: string;
  /** Secret: passes every row-level security policy. */
  serviceRoleKey: string;
  /** Signs the sessions of users (HS256). */
  jwtSecret: string;
}

/*
 * The folder:
 *   keys.json                 SupabaseKeys, mode 0600
 *   data/                     PGlite, in place once the first migrations are through
 *   data.new/                 the same on a first start that is not finished
 *   applied.json              which migrations `data` has: file name → SHA-256
 *                             (`data*` and `applied.json` are not there over a PostgreSQL server)
 *   supabase/                 what Lite reads: config.json, migrations/*.sql
 *   launcher.lock, server.lock, home/
 */

/** Reads the keys, or makes them on the first start. Throws `dataset_damaged`. */
export async function supabaseKeys(directory: string): Promise<SupabaseKeys> {
  const path = join(directory, 'keys.json');
  const text = await readIfThere(path);
  if (text === undefined) {
    const keys = { anonKey: newKey('sb_publishable_'), serviceRoleKey: newKey('sb_secret_'), jwtSecret: newKey('') };
    await writeWhole(path, JSON.stringify(keys, null, 2), 0o600);
    return keys;
  }
  return parse<SupabaseKeys>(path, text, 'Put back a copy, or delete this file: everybody has to sign in again.');
}

/** Migration files by name with their SHA-256, in the order in which they apply. */
export async function migrationsIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const hashes: Record<string, string> = {};
  for (const name of names) {
    hashes[name] = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  }
  return hashes;
}

/**
 * What a start has to do: `create` the database, `migrate` it, or nothing.
 * Throws `dataset_damaged` when the data folder is there but is no database, and `configuration_invalid` when a
 * migration was changed or taken away after it was applied here, because Lite would never run the change.
 */
export async function pendingWork(
  directory: string,
  migrations: Record<string, string>,
): Promise<'create' | 'migrate' | 'none'> {
  const data = join(directory, 'data');
  if (!(await isThere(data))) return 'create';
  // PGlite would begin a new database over what is left of the old one.
  if (!(await isThere(join(data, 'PG_VERSION')))) throw damaged(directory);

  const path = join(directory, 'applied.json');
  const text = await readIfThere(path);
  if (text === undefined) return 'migrate';
  const applied = parse<Record<string, string>>(
    path,
    text,
    'Delete this file: the migrations are then looked through again.',
  );
  for (const [name, hash] of Object.entries(applied)) {
    if (migrations[name] === hash) continue;
    throw new CloudActError('configuration_invalid', {
      detail: `The migration ${name} was ${name in migrations ? 'changed' : 'removed'} after it was applied in ${directory}. Put it back and write the change as a new migration, or delete that folder to start anew.`,
    });
  }
  return Object.keys(migrations).length > Object.keys(applied).length ? 'migrate' : 'none';
}

/** Lays out what Lite reads. Secrets are not in it: Lite takes them from the environment (`secretVariables`). */
export async function writeProject(
  directory: string,
  {
    database,
    port,
    siteUrl,
    confirmEmails,
    migrations,
  }: {
    /** Where PGlite keeps its data, or `server` for the PostgreSQL whose URL is in the environment. */
    database: 'data' | 'data.new' | 'server';
    port: number;
    siteUrl: string;
    confirmEmails: boolean;
    migrations?: { from: string; names: string[] };
  },
): Promise<void> {
  const project = join(directory, 'supabase');
  if (migrations) {
    const target = join(project, 'migrations');
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    for (const name of migrations.names)
      await writeFile(join(target, name), await readFile(join(migrations.from, name)));
  }
  await mkdir(project, { recursive: true });
  const config = {
    api: { port },
    db:
      database === 'server'
        ? { driver: 'postgres', url: 'env(SUPABASE_DB_URL)' }
        : { driver: 'pglite', url: join(directory, database) },
    auth: {
      enabled: true,
      site_url: siteUrl,
      jwt_secret: 'env(SUPABASE_JWT_SECRET)',
      publishable_key: 'env(SUPABASE_PUBLISHABLE_KEY)',
      secret_key: 'env(SUPABASE_SECRET_KEY)',
      jwt_expiry: 3600,
      enable_signup: true,
      additional_redirect_urls: [`${siteUrl}/**`],
      email: { enable_confirmations: confirmEmails },
    },
  };
  await writeWhole(join(project, 'config.json'), JSON.stringify(config, null, 2), 0o600);
}

/** The environment under which the configuration of `writeProject` finds the keys, and the server's URL if there is one. */
export function secretVariables(keys: SupabaseKeys, databaseUrl?: string): Record<string, string> {
  return {
    ...(databaseUrl === undefined ? {} : { SUPABASE_DB_URL: databaseUrl }),
    SUPABASE_JWT_SECRET: keys.jwtSecret,
    SUPABASE_PUBLISHABLE_KEY: keys.anonKey,
    SUPABASE_SECRET_KEY: keys.serviceRoleKey,
  };
}

/** Clears what an interrupted first start left. */
export async function discardUnfinished(directory: string): Promise<void> {
  await rm(join(directory, 'data.new'), { recursive: true, force: true });
}

/** Puts the finished first database in place. */
export async function adoptUnfinished(directory: string): Promise<void> {
  await rename(join(directory, 'data.new'), join(directory, 'data'));
}

export async function recordApplied(directory: string, migrations: Record<string, string>): Promise<void> {
  await writeWhole(join(directory, 'applied.json'), JSON.stringify(migrations, null, 2), 0o600);
}

export function damaged(directory: string, cause?: unknown): CloudActError {
  return new CloudActError('dataset_damaged', {
    detail: `The database in ${join(directory, 'data')} is damaged. Put back a copy of ${directory}, or delete that folder to start anew: users and organisations are then gone, cost data is not.`,
    cause,
  });
}

function newKey(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** A reader sees the whole file or none. */
async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, text, { mode });
  await rename(unfinished, path);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function parse<T>(path: string, text: string, remedy: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new CloudActError('dataset_damaged', { detail: `${path} cannot be read. ${remedy}`, cause });
  }
}
