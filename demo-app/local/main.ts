// `npm start`: the living product on one machine. Builds what is stale, opens the stores, seeds the demo once, serves.
import { spawn } from 'node:child_process';
import { CloudActError } from '@cloudact/core/errors';
import { buildPages, buildWidgets } from './build.ts';
import { requireDataDirectory, requireFreePort } from './preflight.ts';
import { Progress } from './progress.ts';
import { localSecrets } from './secrets.ts';
import { demoCurrency, demoOrganisation, loadDemoBills, loadDemoUsage } from './seed.ts';
import { type Servers, startServers } from './servers.ts';
import { readSettings, type Settings } from './settings.ts';
import { startWeb } from './web.ts';

let servers: Servers | undefined;
let web: { stop(): Promise<void> } | undefined;
let stopping = false;

process.on('SIGINT', () => void (stopping ? process.exit(130) : stop(0)));
process.on('SIGTERM', () => void stop(0));
process.on('SIGHUP', () => void stop(0));

try {
  await start();
} catch (error) {
  if (!stopping) {
    console.error(`\n${explain(error)}`);
    await stop(1);
  }
}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const progress = new Progress();
  console.log('CloudAct is starting');
  await requireFreePort(settings.webPort, 'the page', 'CLOUDACT_WEB_PORT');
  await requireFreePort(settings.apiPort, 'the API', 'CLOUDACT_API_PORT');
  await requireFreePort(settings.pipelinesPort, 'the pipeline service', 'CLOUDACT_PIPELINES_PORT');
  await requireFreePort(settings.mailboxPort, 'the local mailbox', 'CLOUDACT_MAILBOX_PORT');
  await requireDataDirectory(settings.dataDirectory);
  await progress.step('Widgets', () => buildWidgets());
  await progress.step('Pages', () => buildPages());

  const secrets = await localSecrets(settings.dataDirectory);
  servers = await progress.step('API, pipeline service and Supabase Lite', () =>
    startServers(settings, secrets, failLater),
  );
  const organisation = await progress.step('Demo organisation', () =>
    demoOrganisation(settings, servers!, secrets.rootKey),
  );
  if (!organisation.loaded) {
    await progress.step('Demo bills, thirteen months', (report) =>
      loadDemoBills(settings, servers!, organisation, report),
    );
    await progress.step('Demo AI usage and subscriptions', (report) =>
      loadDemoUsage(settings, servers!, organisation, report),
    );
  }
  web = await progress.step('Page', () =>
    startWeb(
      {
        port: settings.webPort,
        apiOrigin: servers!.apiOrigin,
        supabase: servers!.supabase,
        mailboxUrl: servers!.mailbox.url,
        organisationKey: organisation.pageKey,
        organisationName: organisation.name,
        organisationCurrency: demoCurrency,
      },
      failLater,
    ),
  );
  announce(settings, servers);
}

function announce(settings: Settings, { apiOrigin, pipelinesOrigin, mailbox }: Servers): void {
  const page = `http://localhost:${settings.webPort}`;
  console.log(`
  Product            ${page}
  API                ${apiOrigin}  (reference: ${apiOrigin}/reference)
  Pipeline service   ${pipelinesOrigin}
  Local mailbox      ${mailbox.url}
  Data               ${settings.dataDirectory}

  Ctrl-C stops all of it.`);
  if (settings.openBrowser && process.stdout.isTTY && !process.env.CI) openInBrowser(page);
}

function openInBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** A part that ends by itself ends all of it, with the reason. */
function failLater(error: Error): void {
  if (stopping) return;
  console.error(`\n${explain(error)}`);
  void stop(1);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (code === 0) console.log('\nStopping …');
  await web?.stop();
  await servers?.stop();
  if (code === 0) console.log('Stopped.');
  process.exit(code);
}

function explain(error: unknown): string {
  if (error instanceof CloudActError) return `${error.title} (${error.code}): ${error.detail}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
