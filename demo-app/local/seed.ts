import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { parseOrgSlug } from '@cloudact/core/org';
import { generateDemoBills } from '@cloudact/pipelines/demo';
import type { Servers } from './servers.ts';
import type { Settings } from './settings.ts';

const slug = parseOrgSlug('larkmoor');
const name = 'Larkmoor Robotics';

export interface DemoOrganisation {
  name: string;
  /** The organisation's API key, kept in the data folder (mode 0600) for the demo page's server side. */
  key: string;
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
  // A start that was killed after the organisation was made, before its key was written down: give it another key.
  const key =
    response.status === 409
      ? (
          await servers.apiKeys.issue({
            org: slug,
            name: 'demo page',
            scopes: ['costs:read', 'widgets:mint', 'runs:write'],
          })
        ).key
      : ((await answered(response)) as { api_key: { key: string } }).api_key.key;
  const organisation = { name, key, loaded: false };
  await save(path, organisation);
  return organisation;
}

/** What an earlier start wrote down, if its key and its dataset are still there: a damaged file may have been removed since. */
async function knownOrganisation(path: string, servers: Servers): Promise<DemoOrganisation | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const organisation = JSON.parse(text) as DemoOrganisation;
    await servers.apiKeys.verify(organisation.key);
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
  const today = new Date().toISOString().slice(0, 10);
  const inbox = join(servers.inboxDirectory, slug);
  await mkdir(inbox, { recursive: true, mode: 0o700 });
  const bills = await generateDemoBills({
    directory: inbox,
    seed: settings.demoSeed,
    endMonth: today.slice(0, 7),
    today,
    onProgress: ({ done, total, provider, month }) =>
      report(`writing the ${provider} bill of ${month}`, (done / total) * 0.3),
  });
  const loads = bills.flatMap(({ provider, integrationId, months }) => {
    const restated = months.flatMap((month) => (month.restated ? [month.restated] : []));
    // First what was right at the time, then the bill as it stands: a customer's months come the same way.
    return [...restated, { files: months.flatMap(({ files }) => files) }].map(({ files }) => ({
      provider,
      integrationId,
      files: files.map((file) => relative(inbox, file)),
    }));
  });
  for (const [index, { provider, integrationId, files }] of loads.entries()) {
    const started = await post(`${servers.pipelinesOrigin}/v1/runs`, organisation.key, {
      integration_id: integrationId,
      files,
    });
    const { id } = (await answered(started)) as { id: string };
    await finished(`${servers.pipelinesOrigin}/v1/runs/${id}`, organisation.key, (progress) =>
      report(`loading the ${provider} bills`, 0.3 + ((index + progress) / loads.length) * 0.7),
    );
  }
  await save(join(settings.dataDirectory, 'demo.json'), { ...organisation, loaded: true });
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
