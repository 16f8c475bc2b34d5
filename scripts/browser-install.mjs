// Sees to it that a Chromium is on the machine: Playwright's or the system's.
import { existsSync } from 'node:fs';
import { fail, projectNode, run } from './workspace.mjs';

const script = `
  const { chromium } = await import('playwright');
  const { existsSync } = await import('node:fs');
  const found = [chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  process.exit(found ? 0 : 1);
`;

export async function ensureBrowser() {
  const found = async () => (await run(projectNode, ['--input-type=module', '-e', script], { quiet: true })).code === 0;
  if (await found()) return;
  console.log('Installing a browser for the browser tests …');
  await run('npx', ['playwright', 'install', 'chromium'], { quiet: true });
  if (await found()) return;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    await run('apt-get', ['update', '-qq'], { quiet: true });
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], { quiet: true });
  }
  if (!(await found()))
    fail(
      'No Chromium found and none could be installed. Install one (for example: apt-get install chromium) and try again.',
    );
}
