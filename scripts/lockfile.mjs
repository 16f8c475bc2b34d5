// npm leaves a platform's package out of the lock file when the registry it asked lacks it, and then refuses the file
// in `npm ci`. This writes such packages back, so that one lock file serves every platform: after changing
// dependencies run `node scripts/lockfile.mjs`. With --check it only says what is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = join(fileURLToPath(new URL('..', import.meta.url)), 'package-lock.json');
const PLATFORM =
  /(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)[-_](arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)/;

const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name, version]) => PLATFORM.test(name) && /^\d/.test(version) && !isThere(parent, name, version))
    .map(([name, version]) => ({ parent, name, version, dev })),
);

if (process.argv.includes('--check')) {
  for (const { name, version } of missing) console.error(`package-lock.json lacks ${name}@${version}`);
  process.exit(missing.length === 0 ? 0 : 1);
}
for (const { parent, name, version, dev } of missing) {
  const [, os, cpu] = PLATFORM.exec(name);
  const libc =
    os !== 'linux' ? undefined : name.includes('musl') ? ['musl'] : name.includes('gnu') ? ['glibc'] : undefined;
  const shared = `node_modules/${name}`;
  const own = `${parent.slice(0, parent.lastIndexOf('node_modules/'))}${shared}`;
  lock.packages[shared in lock.packages ? own : shared] = {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    ...(libc && { libc }),
    optional: true,
    os: [os],
  };
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${missing.length} packages of other platforms written back`);

/** Whether Node's resolution from the parent's folder upwards meets that version. */
function isThere(parent, name, version) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = lock.packages[`${folder}${folder && '/'}node_modules/${name}`];
    if (found) return found.version === version;
    if (folder === '') return false;
  }
}
