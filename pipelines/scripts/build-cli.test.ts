import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billCsv } from '../providers/aws/fixtures/bill.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'pipelines/dist');

/** Somebody's project, outside of this repository, that has installed the package. */
let project: string;
let installed: string;
let packed: string[];
let manifest: { version: string; description: string; dependencies: Record<string, string> };

beforeAll(async () => {
  const built = await command(process.execPath, [join(root, 'pipelines/scripts/build-cli.mjs')], { cwd: root });
  if (built.code !== 0) throw new Error(built.error);
  manifest = JSON.parse(await readFile(join(dist, 'package.json'), 'utf8'));
  packed = await filesThatNpmPublishes();

  project = await realpath(await mkdtemp(join(tmpdir(), 'cloudact-test-')));
  installed = join(project, 'node_modules/cloudact');
  for (const file of packed) await cp(join(dist, file), join(installed, file));
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(project, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(folderOfPackage(name), link, 'junction');
  }
});
afterAll(() => rm(project, { recursive: true, force: true }));

describe('the published package', () => {
  test('converts and validates where none of our sources can be reached', async () => {
    await writeFile(join(project, 'bill.csv'), billCsv([{}, { 'lineItem/UnblendedCost': '0.123456789012345678' }]));
    const converted = await cloudact('convert', 'bill.csv', '--out', 'focus.parquet', '--json');
    expect(converted).toMatchObject({ code: 0, error: expect.not.stringContaining('Warning') });
    expect(JSON.parse(converted.out)).toMatchObject({
      rowsWritten: 2,
      totals: [{ focus: '0.219456789012345678', difference: '0' }],
    });
    const validated = await cloudact('validate', 'focus.parquet', '--json');
    expect(JSON.parse(validated.out)).toMatchObject({ rows: 2, conforms: true });
    expect(validated.code).toBe(0);
  });

  test('asks for the SDK of a provider by its name when it is to fetch from it', async () => {
    const settings = { adminKey: 'sk-admin-testing-0123456789abcdef', organizationId: 'org-larkmoor' };
    await writeFile(join(project, 'settings.json'), JSON.stringify(settings));
    const { code, error } = await cloudact('run', 'openai', '--settings', 'settings.json', '--out', 'never.csv');
    expect({ code, error }).toMatchObject({ code: 2, error: expect.stringContaining('npm install openai') });
  });

  test('knows its version and says what its manifest says', async () => {
    expect((await cloudact('--version')).out.trim()).toBe(manifest.version);
    expect((await cloudact('--help')).out.replaceAll(/\s+/g, ' ')).toContain(manifest.description);
  });

  test('tells an older Node what it needs', async () => {
    const path = join(installed, 'package.json');
    const original = await readFile(path, 'utf8');
    await writeFile(path, original.replace(/"node": ">=[\d.]+"/, '"node": ">=99.1"'));
    const { code, error } = await cloudact('--version');
    await writeFile(path, original);
    expect({ code, error }).toEqual({
      code: 1,
      error: `cloudact needs Node 99.1 or newer; this is ${process.version}.\n`,
    });
  });

  test('carries what it needs, and no tests, fixtures or TypeScript', () => {
    expect(packed).toEqual(
      expect.arrayContaining(['LICENSE', 'NOTICE.md', 'README.md', 'cloudact.js', 'main.js', 'package.json']),
    );
    expect(packed.filter((file) => /\.[cm]?tsx?$|\btests?\b|testing|fixtures|\.map$/.test(file))).toEqual([]);
  });

  test('links to nothing that stayed in the repository', async () => {
    const readme = await readFile(join(installed, 'README.md'), 'utf8');
    expect(readme).toContain('npx cloudact convert');
    expect(readme).not.toMatch(/\]\((?!https?:)|npm run|pipelines\//);
  });
});

function cloudact(...args: string[]) {
  return command(process.execPath, [join(installed, 'cloudact.js'), ...args], { cwd: project });
}

async function filesThatNpmPublishes(): Promise<string[]> {
  const { out } = await command('npm', ['pack', '--dry-run', '--json', '--offline'], { cwd: dist });
  const [archive] = Object.values(JSON.parse(out)) as { files: { path: string }[] }[];
  return archive!.files.map(({ path }) => path);
}

/** Where the workspaces find a package that they depend on. */
function folderOfPackage(name: string): string {
  const folder = ['pipelines', 'core', '.'].map((place) => join(root, place, 'node_modules', name)).find(existsSync);
  if (!folder) throw new Error(`${name} is not installed; run npm install.`);
  return folder;
}

function command(file: string, args: string[], { cwd }: { cwd: string }) {
  return new Promise<{ code: number; out: string; error: string }>((resolve) => {
    execFile(file, args, { cwd, encoding: 'utf8' }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error });
    });
  });
}
