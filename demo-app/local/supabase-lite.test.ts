import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SupabaseLite, type SupabaseLiteOptions, startSupabaseLite } from './supabase-lite.ts';

let root: string;
/** Started once, with one organisation in it; every test has its own copy. */
let seeded: string;
const firstLog: string[] = [];
let first: ReturnType<typeof keysOf>;
const running = new Set<SupabaseLite>();
const parents = new Set<ChildProcess>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cloudact-lite-'));
  await mkdir(join(root, 'people-home'));
  vi.stubEnv('HOME', join(root, 'people-home'));
  seeded = join(root, 'seeded');
  // What a first start leaves behind when it is killed half-way.
  await mkdir(join(seeded, 'data.new', 'base'), { recursive: true });
  await writeFile(join(seeded, 'data.new', 'PG_VERSION'), '1');
  const lite = await start({ directory: seeded, onLog: (line) => firstLog.push(line) });
  const { error } = await service(lite).from('organisations').insert({ slug: 'acme', name: 'Acme' });
  expect(error).toBeNull();
  await lite.stop();
  first = keysOf(lite);
}, 60_000);

afterEach(async () => {
  for (const parent of parents) parent.kill('SIGKILL');
  for (const lite of running) await lite.stop();
  parents.clear();
  running.clear();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

it('a first start makes the keys, for their owner only, and touches nothing else of the machine', async () => {
  expect((await stat(join(seeded, 'keys.json'))).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(first)).size).toBe(3);
  expect(await readdir(seeded)).not.toContain('data.new');
  expect(await readdir(join(root, 'people-home'))).toEqual([]);
});

it('no key is in the log', () => {
  expect(firstLog.join('\n')).toContain('[secret]');
  for (const key of Object.values(first)) expect(firstLog.join('\n')).not.toContain(key);
});

describe('a folder that is started again', () => {
  let directory: string;
  let lite: SupabaseLite;
  const log: string[] = [];

  beforeAll(async () => {
    directory = await copy();
    lite = await startSupabaseLite({ directory, onLog: (line) => log.push(line) });
  }, 60_000);
  afterAll(() => lite.stop());

  it('keeps keys and data, and runs no migrations', async () => {
    expect(keysOf(lite)).toEqual(first);
    expect(await slugs(lite)).toEqual(['acme']);
    expect(firstLog.join('\n')).toContain('_organisations.sql');
    expect(log.join('\n')).not.toContain('.sql');
  });

  it('listens on 127.0.0.1 only, and gives nothing to a request without a key', async () => {
    expect(lite.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await expect(fetch(lite.url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
    await expect(fetch(lite.url.replace('127.0.0.1', '[::1]'))).rejects.toThrow();
    expect((await fetch(`${lite.url}/rest/v1/organisations`)).status).toBe(401);
  });

  it('serves no second start, neither of this process nor of another', async () => {
    await expect(start({ directory })).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining(`Another process uses ${directory}`),
    });
    expect(await startInAnotherProcess(directory).output).toContain('Another process uses');
    expect(await slugs(lite)).toEqual(['acme']);
  });
});

describe('the server', () => {
  it('takes the port that it is given or says that it is taken, and stops once, however often it is told to', async () => {
    const squatter = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    const directory = await copy();
    await expect(start({ directory, port })).rejects.toMatchObject({
      code: 'port_taken',
      detail: expect.stringContaining(String(port)),
    });
    await new Promise((resolve) => squatter.close(resolve));

    const onFailure = vi.fn();
    const lite = await start({ directory, port, onFailure });
    expect(lite.url).toBe(`http://127.0.0.1:${port}`);
    await Promise.all([lite.stop(), lite.stop()]);
    await lite.stop();
    await expect(fetch(lite.url)).rejects.toThrow();
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('ends when its parent is killed, and loses nothing', async () => {
    const directory = await copy();
    const parent = startInAnotherProcess(directory);
    const lite = JSON.parse(await parent.output) as SupabaseLite;
    expect((await service(lite).from('organisations').insert({ slug: 'late', name: 'Late' })).error).toBeNull();
    parent.child.kill('SIGKILL');
    await once(parent.child, 'exit');
    const next = await start({ directory });
    await expect(fetch(lite.url)).rejects.toThrow();
    expect(await slugs(next)).toEqual(['acme', 'late']);
  });

  it('survives being killed itself: that is reported, and the folder starts again', async () => {
    const directory = await copy();
    const failed = Promise.withResolvers<Error>();
    const lite = await start({ directory, onFailure: failed.resolve });
    expect((await service(lite).from('organisations').insert({ slug: 'late', name: 'Late' })).error).toBeNull();
    process.kill(lite.pid, 'SIGKILL');
    expect(await failed.promise).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('SIGKILL') });
    expect(await slugs(await start({ directory }))).toEqual(['acme', 'late']);
  });
});

describe('a damaged folder', () => {
  it.each([
    ['no PG_VERSION', (data: string) => rm(join(data, 'PG_VERSION'))],
    ['an emptied control file', (data: string) => zero(join(data, 'global', 'pg_control'))],
    ['no write-ahead log', (data: string) => rm(join(data, 'pg_wal'), { recursive: true })],
  ])('with %s is reported as damaged, with what to do', async (_, damage) => {
    const directory = await copy();
    await damage(join(directory, 'data'));
    await expect(start({ directory })).rejects.toMatchObject({
      code: 'dataset_damaged',
      detail: expect.stringContaining('Put back a copy'),
    });
  });

  it('with unreadable keys is reported as damaged', async () => {
    const directory = await copy();
    await writeFile(join(directory, 'keys.json'), '{"anonKey": "sb_pub');
    await expect(start({ directory })).rejects.toMatchObject({ code: 'dataset_damaged' });
  });
});

describe('migrations', () => {
  it('a new one is applied to a folder that is in use already, once, and keeps its data', async () => {
    const directory = await copy();
    const migrations = await withMigration(
      '20991231000000_notes.sql',
      'create table public.notes (id int primary key);',
    );
    const lite = await start({ directory, migrations });
    expect((await service(lite).from('notes').insert({ id: 1 })).error).toBeNull();
    await lite.stop();
    const again = await start({ directory, migrations });
    expect((await service(again).from('notes').select()).data).toEqual([{ id: 1 }]);
    expect(await slugs(again)).toEqual(['acme']);
  });

  it('a broken one stops the start with its message, and the folder stays usable', async () => {
    const directory = await copy();
    const migrations = await withMigration(
      '20991231000000_broken.sql',
      'create table public.broken (id no_such_type);',
    );
    await expect(start({ directory, migrations })).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('no_such_type'),
    });
    expect(await slugs(await start({ directory }))).toEqual(['acme']);
  });

  it('one that was changed after it was applied is refused by name', async () => {
    const directory = await copy();
    const [name] = await readdir(PROJECT_MIGRATIONS);
    const migrations = await withMigration(name!, 'select 1;');
    await expect(start({ directory, migrations })).rejects.toMatchObject({
      code: 'configuration_invalid',
      detail: expect.stringContaining(`${name} was changed`),
    });
  });
});

const PROJECT_MIGRATIONS = join(import.meta.dirname, '../../supabase/migrations');

async function start(options: SupabaseLiteOptions): Promise<SupabaseLite> {
  const lite = await startSupabaseLite(options);
  running.add(lite);
  return lite;
}

let copies = 0;
async function copy(): Promise<string> {
  const directory = join(root, `copy-${++copies}`);
  await cp(seeded, directory, { recursive: true });
  return directory;
}

async function withMigration(name: string, sql: string): Promise<string> {
  const folder = join(root, `migrations-${++copies}`);
  await cp(PROJECT_MIGRATIONS, folder, { recursive: true });
  await writeFile(join(folder, name), sql);
  return folder;
}

function service({ url, serviceRoleKey }: Pick<SupabaseLite, 'url' | 'serviceRoleKey'>) {
  return createClient(url, serviceRoleKey, { auth: { persistSession: false, autoRefreshToken: false } });
}

function keysOf({ anonKey, serviceRoleKey, jwtSecret }: SupabaseLite) {
  return { anonKey, serviceRoleKey, jwtSecret };
}

async function slugs(lite: SupabaseLite): Promise<string[]> {
  const { data, error } = await service(lite).from('organisations').select('slug').order('slug');
  expect(error).toBeNull();
  return data!.map(({ slug }) => slug);
}

/** A parent of its own: prints what `startSupabaseLite` gives, or why it fails. */
function startInAnotherProcess(directory: string) {
  const code = `
    import { startSupabaseLite } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'supabase-lite.ts')).href)};
    try { console.log(JSON.stringify(await startSupabaseLite({ directory: ${JSON.stringify(directory)} }))); }
    catch (error) { console.log(String(error)); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  parents.add(child);
  const output = new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  return { child, output };
}

async function zero(path: string): Promise<void> {
  const { length } = await readFile(path);
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(length));
  await file.close();
}
