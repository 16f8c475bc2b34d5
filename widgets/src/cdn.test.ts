import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { type Browser, chromium, type Page } from 'playwright';
import { rollup } from 'rollup';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchOptions } from '../../scripts/browser.js';
import { answerTo } from './mocks/answers.js';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
const RANGE = 'from="2026-10-24" to="2026-11-23"';
const FOLDER = new URL('../../node_modules/.cache/cloudact-widgets/', import.meta.url);

let server: Server;
let browser: Browser;
let origin: string;

/** The one script of a page, from these sources; the published one differs in being minified. */
async function bundle(): Promise<void> {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
  const compiled = fileURLToPath(new URL('build', FOLDER));
  execFileSync(tsc, ['-p', 'tsconfig.build.json', '--outDir', compiled], { cwd: root, stdio: 'pipe' });
  const build = await rollup({
    input: { cloudact: `${compiled}/cdn.js` },
    onwarn: () => {},
    plugins: [
      { name: 'production', transform: (code) => code.replaceAll('process.env.NODE_ENV', '"production"') },
      nodeResolve({ browser: true, exportConditions: ['production', 'browser'] }),
    ],
  });
  await build.write({
    dir: fileURLToPath(new URL('cdn', FOLDER)),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  });
  await build.close();
}

function answer(url: URL, authorization: string | undefined, response: ServerResponse): unknown {
  const send = (type: string, body: string, status = 200) =>
    response.writeHead(status, { 'content-type': type, 'content-security-policy': CSP }).end(body);
  if (url.pathname === '/v1/costs') {
    if (authorization !== 'Bearer token 2') return send('application/problem+json', '{"status":401}', 401);
    return send('application/json', JSON.stringify(answerTo(url)));
  }
  if (url.pathname === '/host.js') {
    return send(
      'text/javascript',
      `import '/cdn/cloudact.js';
       globalThis.reasons = [];
       document.querySelector('cloudact-provider').fetchToken = async ({ reason }) => 'token ' + reasons.push(reason);`,
    );
  }
  if (url.pathname.startsWith('/cdn/')) {
    return readFile(new URL(`.${url.pathname}`, FOLDER), 'utf8').then(
      (text) => send('text/javascript', text),
      () => send('text/plain', 'not found', 404),
    );
  }
  const widgets = (url.searchParams.get('show') ?? '')
    .split(' ')
    .map((name) => `<cloudact-${name} ${RANGE}></cloudact-${name}>`);
  return send(
    'text/html',
    `<!doctype html><html lang="en"><title>Host</title><cloudact-provider>${widgets.join('')}</cloudact-provider><script type="module" src="/host.js"></script>`,
  );
}

/** A page that counts what its policy refuses. */
async function open(show: string): Promise<{ page: Page; refused: string[]; requested: string[] }> {
  const page = await browser.newPage();
  const refused: string[] = [];
  const requested: string[] = [];
  page.on('pageerror', (error) => refused.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) refused.push(message.text());
  });
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await page.goto(`${origin}/?show=${show}`);
  return { page, refused, requested };
}

beforeAll(async () => {
  await bundle();
  server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', origin), request.headers.authorization, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch(launchOptions());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('does everything under a strict content security policy without one refusal', async () => {
  const { page, refused } = await open('cost-trend cost-table');
  const trend = page.locator('cloudact-cost-trend');
  await trend.locator('canvas').waitFor();
  await page.locator('cloudact-cost-table tbody tr').first().waitFor();
  expect(await page.evaluate('reasons')).toEqual(['initial', 'rejected']);

  const box = await trend.locator('canvas').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 100);
  await trend.locator('.tip-row').first().waitFor();
  expect(
    await trend
      .locator('.tip .swatch')
      .first()
      .evaluate((swatch) => getComputedStyle(swatch).backgroundColor),
  ).toBe('rgb(56, 102, 220)');

  await trend.locator('[part=legend] button').first().click();
  await trend.locator('[part=toggle]').click();
  await trend.locator('tbody tr').first().waitFor();
  const download = page.waitForEvent('download');
  await page.locator('cloudact-cost-table [part=download]').click();
  expect((await download).suggestedFilename()).toBe('EffectiveCost_ServiceName_2026-10-24_2026-11-23.csv');
  expect(refused).toEqual([]);
  await page.close();
}, 60_000);

it('loads chart code for a chart and not for a table', async () => {
  const table = await open('cost-table');
  await table.page.locator('tbody tr').first().waitFor();
  expect(table.requested.filter((path) => path.startsWith('/cdn/'))).toEqual(['/cdn/cloudact.js']);
  await table.page.close();

  const trend = await open('cost-trend');
  await vi.waitFor(() => expect(trend.requested.filter((path) => path.startsWith('/cdn/chunks/'))).toHaveLength(1));
  await trend.page.close();
}, 60_000);

it('frees what a widget held when it is taken away', async () => {
  const { page } = await open('cost-table');
  await page.locator('tbody tr').first().waitFor();
  const session = await page.context().newCDPSession(page);
  const cycle = (times: number) =>
    page.evaluate(async (count) => {
      const provider = document.querySelector('cloudact-provider') as HTMLElement;
      for (let index = 0; index < count; index++) {
        const widget = document.createElement('cloudact-cost-trend') as HTMLElement & { chart?: unknown };
        provider.append(widget);
        while (!widget.chart) await new Promise(requestAnimationFrame);
        widget.remove();
      }
    }, times);
  const nodes = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Memory.getDOMCounters')).nodes;
  };
  await cycle(5);
  const before = await nodes();
  await cycle(20);
  expect((await nodes()) - before).toBeLessThan(200);
  await page.close();
}, 60_000);
