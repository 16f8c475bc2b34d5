import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { apiKeyScopes, type Scope } from '@cloudact/core/identity';
import { parseOrgSlug } from '@cloudact/core/org';
import { generateDemoAnswers, generateDemoBills, generateDemoSubscriptions } from '@cloudact/pipelines/demo';
import { syncDemoAnswers } from './seed-answers.ts';
import type { Servers } from './servers.ts';
import type { Settings } from './settings.ts';

const slug = parseOrgSlug('larkmoor');
const name = 'Larkmoor Robotics';
/** Most of its bills are in it. */
export const demoCurrency = 'USD';

/** Kept in the data folder, mode 0600. */
export interface DemoOrganisation {
  name: string;
  /** The organisation's first API key, which may do all that keys may. */
  key: string;
  /** For the demo page's server side, which whoever opens the page acts through: it reads costs, and no more. */
  pageKey: string;
  /** Whether its bills are in. */
  loaded: boolean;
}

type Report = (note: string, share?: number) => void;

/** Makes the demo organisation through the API's own door, or finds the one that is there. */
export async function demoOrganisation(
  settings: Settings,
  servers: Servers,
  rootKey: string,
): Promise<DemoOrganisation> {
  const path = join(settings.dataDirectory, 'demo.json');
  const known = await knownOrganisation(path, servers);
  if (known) return known;
  await post(`${servers.apiOrigin}/v1/admin/bootstrap`, rootKey, undefined);
  const response = await post(`${servers.apiOrigin}/v1/admin/orgs`, rootKey, { slug, name });
  const issue = async (keyName: string, scopes: readonly Scope[]) => {
    const url = `${servers.apiOrigin}/v1/admin/orgs/${slug}/api-keys`;
    return keyIn(await post(url, rootKey, { name: keyName, scopes }));
  };
  // A start that was killed after the organisation was made, before its key was written down: give it another key.
  const key = response.status === 409 ? await issue('demo', apiKeyScopes) : await keyIn(response);
  const pageKey = await issue('demo page', ['costs:read', 'widgets:mint']);
  const organisation = { name, key, pageKey, loaded: false };
  await save(path, organisation);
  return organisation;
}

async function keyIn(response: Response): Promise<string> {
  return ((await answered(response)) as { api_key: { key: string } }).api_key.key;
}

/** What an earlier start wrote down, if its keys and its dataset are still there: a damaged file may have been removed since. */
async function knownOrganisation(path: string, servers: Servers): Promise<DemoOrganisation | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const organisation = JSON.parse(text) as DemoOrganisation;
    await servers.apiKeys.verify(organisation.key);
    await servers.apiKeys.verify(organisation.pageKey);
    return (await servers.warehouse.hasDataset(slug)) ? organisation : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the demo company's bills and loads them through the pipeline service, as a customer's files would be. */
export async function loadDemoBills(
  settings: Settings,
  servers: Servers,
  organisation: DemoOrganisation,
  report: Report,
): Promise<void> {
  const options = await demoOptions(settings, servers);
  const bills = await generateDemoBills({
    ...options,
    onProgress: ({ done, total, provider, month }) =>
      report(`writing the ${provider} bill of ${month}`, (done / total) * 0.3),
  });
  const loads = bills.flatMap(({ provider, integrationId, months }) => {
    const restated = months.flatMap((month) => (month.restated ? [month.restated] : []));
    // First what was right at the time, then the bill as it stands: a customer's months come the same way.
    return [...restated, { files: months.flatMap(({ files }) => files) }].map(({ files }) => ({
      provider,
      integrationId,
      files,
    }));
  });
  for (const [index, { provider, integrationId, files }] of loads.entries()) {
    await loaded(integrationId, files, { servers, organisation, inbox: options.directory }, (progress) =>
      report(`loading the ${provider} bills`, 0.3 + ((index + progress) / loads.length) * 0.7),
    );
  }
}

/**
 * Writes what the demo company's AI providers answer, and its subscriptions. The answers are fetched by the providers' own
 * connectors. With that the organisation is loaded.
 */
export async function loadDemoUsage(
  settings: Settings,
  servers: Servers,
  organisation: DemoOrganisation,
  report: Report,
): Promise<void> {
  const options = await demoOptions(settings, servers);
  const answers = await generateDemoAnswers(options);
  const { integrationId, files } = await generateDemoSubscriptions(options);
  const parts = answers.length + 1;
  const place = { warehouse: servers.warehouse, org: slug, workFolder: options.directory };
  for (const [index, answer] of answers.entries()) {
    await syncDemoAnswers(answer, place, (share) =>
      report(`fetching what ${answer.provider} answers`, (index + share) / parts),
    );
  }
  await loaded(integrationId, files, { servers, organisation, inbox: options.directory }, (share) =>
    report('loading subscriptions', (answers.length + share) / parts),
  );
  await save(join(settings.dataDirectory, 'demo.json'), { ...organisation, loaded: true });
}

async function demoOptions(settings: Settings, { inboxDirectory }: Servers) {
  const today = new Date().toISOString().slice(0, 10);
  const directory = join(inboxDirectory, slug);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return { directory, seed: settings.demoSeed, endMonth: today.slice(0, 7), today };
}

/** Runs files of the inbox through the pipeline service. */
async function loaded(
  integrationId: string,
  files: readonly string[],
  { servers, organisation, inbox }: { servers: Servers; organisation: DemoOrganisation; inbox: string },
  report: (share: number) => void,
): Promise<void> {
  const started = await post(`${servers.pipelinesOrigin}/v1/runs`, organisation.key, {
    integration_id: integrationId,
    files: files.map((file) => relative(inbox, file)),
  });
  const { id } = (await answered(started)) as { id: string };
  await finished(`${servers.pipelinesOrigin}/v1/runs/${id}`, organisation.key, report);
}

async function finished(url: string, key: string, report: (share: number) => void): Promise<void> {
  for (;;) {
    const run = (await answered(await fetch(url, { headers: { authorization: `Bearer ${key}` } }))) as Run;
    if (run.state === 'succeeded') return;
    if (run.state === 'failed' || run.state === 'cancelled') {
      throw new CloudActError('internal', {
        detail: `The demo bills could not be loaded: ${run.error?.detail ?? run.state}`,
      });
    }
    report(run.progress ?? 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

interface Run {
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  progress: number | null;
  error: { code: string; detail: string } | null;
}

function post(url: string, key: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function answered(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string };
  throw new CloudActError('internal', {
    detail: `${response.url} answered ${response.status}: ${problem.detail ?? problem.title ?? 'no reason given'}`,
  });
}

/** Written beside and renamed, so that a kill in between leaves no half a file. */
async function save(path: string, organisation: DemoOrganisation): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(organisation, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
