import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { chromium } from 'playwright';

/** Quiet, and able to start in a container and without a network. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Launch options for whichever Chromium the machine has: Playwright's own, or the system's. */
export function launchOptions(): { executablePath?: string; args: string[] } {
  if (existsSync(chromium.executablePath())) return { args };
  const executablePath = systemBrowsers.find((path) => existsSync(path));
  return executablePath ? { executablePath, args } : { args };
}

export function browser(): ReturnType<typeof playwright> {
  return playwright({ launchOptions: launchOptions() });
}
