import { execFile } from 'node:child_process';
import { access, copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../../scripts/browser.ts';
import { projectEnvironment } from '../../scripts/workspace.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const product = inject('product');
const run = promisify(execFile);

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'SECURITY.md',
  'backend/README.md',
  'pipelines/README.md',
  'widgets/README.md',
  'bench/README.md',
];

interface Block {
  language: string;
  code: string;
}

async function blocks(document: string, ...languages: string[]): Promise<Block[]> {
  const text = await readFile(join(root, document), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .map(([, language, code]) => ({ language: language!, code: code! }))
    .filter(({ language }) => languages.includes(language));
}

/** What a reader has at hand: the product of this test run and its data folder, a bill of the demo company, the project's commands. */
const shell = (code: string) => `
set -euo pipefail
curl() { command curl --silent --show-error --fail-with-body "$@"; }
cloudact() { node "$ROOT/pipelines/cli/cloudact.js" "$@"; }
npx() { [ "$1" = cloudact ] || { echo "npx $1 is not ours" >&2; return 1; }; shift; cloudact "$@"; }
npm() {
  case "$1" in start|test) set -- run "$@" ;; esac
  if [ "$1 $2" = "run cloudact" ]; then shift 3; cloudact "$@"; return; fi
  node -e 'if (!require(process.env.ROOT + "/package.json").scripts[process.argv[1]]) { console.error("no script " + process.argv[1]); process.exit(1) }' "$2"
}
${code.replaceAll(/http:\/\/(127\.0\.0\.1|localhost):8000/g, product.api).replaceAll(/http:\/\/(127\.0\.0\.1|localhost):8001/g, product.pipelines)}
`;

describe('what the documents tell a person to type', () => {
  it.each(documents)('%s: every shell block runs', async (document) => {
    const code = (await blocks(document, 'sh')).map((block) => block.code).join('\n');
    const directory = await mkdtemp(join(tmpdir(), 'cloudact-docs-'));
    const inbox = join(product.dataDirectory, 'inbox', 'larkmoor');
    const bill = (await readdir(inbox, { recursive: true })).filter((name) => name.endsWith('.csv.gz')).sort()[0]!;
    await copyFile(join(inbox, bill), join(directory, 'bill.csv.gz'));
    await symlink(product.dataDirectory, join(directory, '.cloudact'));
    const { key } = JSON.parse(await readFile(join(product.dataDirectory, 'demo.json'), 'utf8')) as { key: string };
    const { rootKey } = JSON.parse(await readFile(join(product.dataDirectory, 'secrets.json'), 'utf8')) as {
      rootKey: string;
    };
    await run('bash', ['-c', shell(code)], {
      cwd: directory,
      env: projectEnvironment({ ROOT: root, CA_ROOT_API_KEY: rootKey, key }),
    });
    await rm(directory, { recursive: true });
  });

  it.each(documents)('%s: every link to a file leads somewhere', async (document) => {
    const text = await readFile(join(root, document), 'utf8');
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      await access(join(root, dirname(document), target!)).catch(() => expect.fail(`${document} links to ${target}`));
    }
  });

  it.each(documents)('%s: every TypeScript block has the right types', async (document) => {
    const code = await blocks(document, 'ts', 'tsx');
    if (code.length === 0) return;
    const directory = await mkdtemp(join(root, 'demo-app', '.docs-'));
    try {
      for (const [index, block] of code.entries())
        await writeFile(join(directory, `block-${index}.${block.language}`), block.code);
      await writeFile(
        join(directory, 'tsconfig.json'),
        JSON.stringify({
          extends: '../tsconfig.json',
          compilerOptions: { incremental: false, noUnusedLocals: false },
          include: ['*.ts', '*.tsx'],
        }),
      );
      const { stdout, stderr = '' } = await run('tsc', ['-p', directory], { env: projectEnvironment() }).catch(
        (error: { stdout: string; stderr: string; message: string }) => ({ ...error, stderr: error.message }),
      );
      expect((stdout + stderr).replaceAll(relative(root, directory), document)).toBe('');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('README.md: the ten lines draw charts in a host page', async () => {
    const [block] = await blocks('README.md', 'html');
    const browser = await chromium.launch(launchOptions());
    try {
      // A page that a test makes up has no address of its own, and Chromium asks before such a page calls this machine.
      const page = await browser.newPage({ permissions: ['local-network-access'] });
      const host = product.web;
      await page.route(`${host}/host.html`, (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html>${block!.code.replaceAll('https://api.your.site', product.api).replaceAll('https://your.site/', `${host}/cdn/`)}`,
        }),
      );
      await page.route(`${host}/cdn/**`, async (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          body: await readFile(join(root, 'widgets/dist-cdn', new URL(route.request().url()).pathname.slice(5))),
        }),
      );
      await page.route(`${host}/cloudact-token`, async (route) =>
        route.fulfill({ response: await route.fetch({ url: `${host}/api/widget-token`, method: 'POST' }) }),
      );
      await page.goto(`${host}/host.html`);
      await page.locator('cloudact-cost-trend canvas').waitFor();
      await page.locator('cloudact-cost-table tbody tr').first().waitFor();
    } finally {
      await browser.close();
    }
  });
});
