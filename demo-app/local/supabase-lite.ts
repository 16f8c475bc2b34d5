import { mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudActError } from '@cloudact/core/errors';
import { LOCKED_EXIT_CODE, takeLock } from './directory-lock.ts';
import {
  adoptUnfinished,
  damaged,
  discardUnfinished,
  migrationsIn,
  pendingWork,
  recordApplied,
  type SupabaseKeys,
  secretVariables,
  supabaseKeys,
  writeProject,
} from './supabase-lite-folder.ts';
import { type LiteProcess, runLite } from './supabase-lite-process.ts';

export interface SupabaseLiteOptions {
  /** Its own folder; made when it is not there. Deleting it deletes users and organisations. */
  directory: string;
  /**
   * A database of a PostgreSQL server to use instead of PGlite, as a user who may create roles that bypass row-level
   * security: `postgres://user:password@host:port/database`. `directory` then holds keys and configuration only.
   */
  databaseUrl?: string;
  /** On 127.0.0.1. A free one when absent or 0. */
  port?: number;
  /** Where sign-in mails lead back to. */
  siteUrl?: string;
  /** Whether people must confirm their address before they sign in. Default: not. */
  confirmEmails?: boolean;
  /** Lite's output, line by line, keys blacked out. Mails that Lite would send are in it. */
  onLog?: (line: string) => void;
  /** Called when the server ends without `stop()`. */
  onFailure?: (error: CloudActError) => void;
  /** Folder of migrations; the project's own when absent. */
  migrations?: string;
}

export interface SupabaseLite extends SupabaseKeys {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Process id of the server. */
  pid: number;
  /** Ends the server and lets go of the folder. Doing it again changes nothing. */
  stop(): Promise<void>;
}

/**
 * Starts Supabase Lite over PGlite, or over PostgreSQL where its URL is given, as a child process that ends with this
 * one, and waits until it answers. The first start of a folder makes its keys and its tables; later ones keep them and apply new migrations only.
 *
 * Throws `port_taken`, `dataset_damaged`, `storage_full`, `configuration_invalid` (a migration that was applied here
 * has changed), and `unavailable` for everything else, such as a second start on a folder that is in use.
 */
export async function startSupabaseLite(options: SupabaseLiteOptions): Promise<SupabaseLite> {
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = takeLock(join(directory, 'launcher.lock'));
  if (!lock) throw inUse(directory);
  try {
    const keys = await supabaseKeys(directory);
    await migrate(directory, keys, options);
    const { server, url } = await serve(directory, keys, options);

    let stopping: Promise<void> | undefined;
    void server.ended.then((code) => {
      if (stopping) return;
      lock.release();
      options.onFailure?.(failure(directory, 'Supabase Lite ended', server, code));
    });
    const stop = async () => {
      await server.stop();
      lock.release();
    };
    return { ...keys, url, pid: server.pid, stop: () => (stopping ??= stop()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

const MIGRATIONS = resolve(import.meta.dirname, '../../supabase/migrations');
/** A first start takes 4 s on an idle laptop. */
const MIGRATION_TIMEOUT_MS = 120_000;
const START_TIMEOUT_MS = 60_000;

/** Brings the database to the newest migration; quick when it is there already. */
async function migrate(directory: string, keys: SupabaseKeys, options: SupabaseLiteOptions): Promise<void> {
  const from = options.migrations ?? MIGRATIONS;
  const migrations = await migrationsIn(from);
  // A server itself knows which migrations it has, and Lite asks it.
  const work = options.databaseUrl ? 'migrate' : await pendingWork(directory, migrations);
  if (work === 'none') return;

  await discardUnfinished(directory);
  await writeProject(directory, {
    database: options.databaseUrl ? 'server' : work === 'create' ? 'data.new' : 'data',
    port: 0,
    siteUrl: siteUrl(options),
    confirmEmails: options.confirmEmails ?? false,
    migrations: { from, names: Object.keys(migrations) },
  });
  const process = runLite(directory, ['migration', 'up'], secretVariables(keys, options.databaseUrl), options.onLog);
  const code = await Promise.race([process.ended, delay(MIGRATION_TIMEOUT_MS, 'timeout' as const, { ref: false })]);
  if (code !== 0) {
    await process.stop();
    await requireSpace(directory);
    throw failure(directory, 'The migrations of Supabase Lite failed', process, code);
  }
  if (work === 'create') await adoptUnfinished(directory);
  if (!options.databaseUrl) await recordApplied(directory, migrations);
}

async function serve(
  directory: string,
  keys: SupabaseKeys,
  options: SupabaseLiteOptions,
): Promise<{ server: LiteProcess; url: string }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const url = `http://127.0.0.1:${port}`;
    await writeProject(directory, {
      database: options.databaseUrl ? 'server' : 'data',
      port,
      siteUrl: siteUrl(options),
      confirmEmails: options.confirmEmails ?? false,
    });
    const server = runLite(
      directory,
      ['start', '--host', '127.0.0.1', '--no-admin'],
      secretVariables(keys, options.databaseUrl),
      options.onLog,
    );
    const asking = new AbortController();
    const code = await Promise.race([server.ended, answers(url, keys, asking.signal)]);
    asking.abort();
    if (code === 'ready') return { server, url };

    await server.stop();
    if (!/already in use/i.test(server.tail().join('\n'))) {
      await requireSpace(directory);
      throw failure(directory, 'Supabase Lite did not start', server, code);
    }
    // Somebody took the free port between looking and listening.
    if (options.port || attempt === 3) {
      throw new CloudActError('port_taken', {
        detail: `Port ${port} (Supabase Lite) is taken. Stop what listens there, or choose another.`,
      });
    }
  }
}

/** Asks until our own database answers our own key: another server on that port would not. */
async function answers(
  url: string,
  { serviceRoleKey }: SupabaseKeys,
  signal: AbortSignal,
): Promise<'ready' | 'timeout'> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!signal.aborted && performance.now() < deadline) {
    const ready = await fetch(`${url}/rest/v1/organisations?select=slug&limit=1`, {
      headers: { apikey: serviceRoleKey },
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return 'ready';
    await delay(40);
  }
  return 'timeout';
}

function siteUrl(options: SupabaseLiteOptions): string {
  return options.siteUrl ?? 'http://localhost:3000';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** PGlite's words for a full disk and for a broken folder are the same. */
async function requireSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < 50 * 1024 * 1024) {
    throw new CloudActError('storage_full', {
      detail: `Less than 50 MB are free where ${directory} is. Free some space and start again.`,
    });
  }
}

const DAMAGE = /PGlite failed to initialize|Aborted\(\)|ErrnoError/;

function failure(directory: string, what: string, process: LiteProcess, code: number | string): CloudActError {
  if (code === LOCKED_EXIT_CODE) return inUse(directory);
  const tail = process.tail();
  if (DAMAGE.test(tail.join('\n'))) return damaged(directory, tail);
  const lines = tail.filter((line) => line.trim() !== '' && !/^\s+at /.test(line)).slice(-5);
  const how = code === 'timeout' ? 'it did not answer in time' : `it ended with ${code}`;
  return new CloudActError('unavailable', {
    detail: [`${what} in ${directory}: ${how}.`, ...lines].join('\n'),
    cause: tail,
  });
}

function inUse(directory: string): CloudActError {
  return new CloudActError('unavailable', {
    detail: `Another process uses ${directory}. Stop the other CloudAct, or start this one with another data folder.`,
  });
}
