// A PostgreSQL server to throw away: the machine's own programs, a cluster in a temporary folder, a free port.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The programs and the user they run as, or why there are none. Starts nothing. */
export function findPostgres() {
  if (process.platform === 'win32') return { skipped: 'not tried on Windows' };
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...packagedFolders()];
  const bin = folders.find((folder) =>
    ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
  if (bin === undefined) {
    return { skipped: 'no PostgreSQL on this machine; install its server, or put initdb, pg_ctl and postgres on PATH' };
  }
  const user = process.getuid() === 0 ? unprivilegedUser() : {};
  if (user === undefined)
    return { skipped: 'PostgreSQL does not run as root, and there is no user postgres or nobody' };
  const asked = spawnSync(join(bin, 'postgres'), ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
  if (asked.status !== 0)
    return { skipped: `${bin}/postgres cannot be run: ${asked.error?.message ?? asked.stderr.trim()}` };
  return { bin, user, version: asked.stdout.match(/\d+(\.\d+)?/)?.[0] ?? 'unknown' };
}

/** A started server with a new, empty database, or why there is none. It ends with this process, or at `stop()`. */
export async function postgresJudge() {
  const found = findPostgres();
  const started = 'skipped' in found ? found : await start(found);
  if ('skipped' in started) console.warn(`Skipped: PostgreSQL cannot be used: ${started.skipped}`);
  return started;
}

/** Debian and Red Hat keep the server's programs away from PATH, one folder a version. The newest comes first. */
function packagedFolders() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(debian, version, 'bin')), '/usr/pgsql/bin'];
}

function unprivilegedUser() {
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const line = ['postgres', 'nobody'].map((name) => lines.find(([user]) => user === name)).find(Boolean);
  return line && { uid: Number(line[2]), gid: Number(line[3]) };
}

/**
 * The shell waits for its input to end, which it does when this process ends, however it does. Then it stops the server
 * and takes the folder away: a test run that is killed leaves nothing behind.
 */
const script = `
  trap '' INT TERM HUP
  folder=$PWD
  initdb --pgdata=data --username=postgres --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >log 2>&1 &&
  pg_ctl --silent --wait --pgdata=data --log=log --options="$1" start >>log 2>&1 && echo ready || tail -n 5 log >&2
  cat >/dev/null
  pg_ctl --silent --pgdata=data --mode=immediate stop >>log 2>&1
  cd / && rm -rf "$folder"
`;

async function start({ bin, user, version }) {
  const folder = mkdtempSync(join(tmpdir(), 'cloudact-postgres-'));
  const password = randomBytes(24).toString('hex');
  writeFileSync(join(folder, 'password'), password, { mode: 0o600 });
  if (user.uid !== undefined)
    for (const path of [folder, join(folder, 'password')]) chownSync(path, user.uid, user.gid);

  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    // What it holds is thrown away.
    fsync: 'off',
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const shell = spawn('/bin/sh', ['-c', script, 'sh', options.join(' ')], {
    ...user,
    cwd: folder,
    env: { PATH: `${bin}:/usr/bin:/bin`, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => shell.once('close', resolve));
  const stop = async () => {
    shell.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const problem = await new Promise((resolve) => {
    shell.once('error', (error) => resolve(error.message));
    shell.once('close', () => resolve('it ended at once'));
    shell.stdout.once('data', () => resolve(undefined));
    shell.stderr.once('data', (lines) => resolve(String(lines).trim()));
  });
  if (problem === undefined)
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, version, stop };
  await stop();
  return { skipped: `PostgreSQL ${version} did not start: ${problem}` };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
