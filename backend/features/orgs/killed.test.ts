import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WidgetPrincipal } from '@cloudact/core/identity';
import { type OrgSlug, parseOrgSlug } from '@cloudact/core/org';
import { defineQuery } from '@cloudact/core/warehouse';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testSupabase } from '../../../scripts/test-supabase.ts';
import { loadCharges } from '../../testing/charges.ts';
import { randomSlug } from '../../testing/tenants.ts';
import type { Certificate } from './certificate.ts';
import type { KilledWork } from './fixtures/killed.ts';
import { openStores, type Place } from './fixtures/lifecycle.ts';
import { openOrganisationLifecycle } from './service.ts';
import type { LifecycleStores } from './stores.ts';

/** Half of them between two requests to a store, each of which is hit in turn; half at any moment. */
const CRASHES = Number(process.env.CLOUDACT_CRASHES ?? 12);
const TIMEOUT = 60_000 + CRASHES * 10_000;

let place: Place;
beforeEach(async () => {
  const { url, serviceRoleKey } = await testSupabase();
  place = {
    directory: await mkdtemp(join(tmpdir(), 'cloudact-killed-')),
    supabase: { url, serviceRoleKey },
  };
});
afterEach(() => rm(place.directory, { recursive: true }));

type Said = { completed?: string; key?: string | null; begun?: string; requests?: number; milliseconds?: number };

/** Runs until it kills itself, or is killed so long after it has begun. Returns what it said. */
async function killed(work: Omit<KilledWork, keyof Place>, milliseconds?: number): Promise<Said> {
  const script = fileURLToPath(new URL('./fixtures/killed.ts', import.meta.url));
  const job = JSON.stringify({ ...place, ...work } satisfies KilledWork);
  const child = spawn(process.execPath, [script, job], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Said = {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    Object.assign(said, JSON.parse(line));
    if (said.begun !== undefined && milliseconds !== undefined) setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  expect(said.begun).toBe(work.begin);
  return said;
}

/** Kills the work on each organisation once and completes it, the last one too. Returns the keys that were shown. */
async function killOnEach(
  work: KilledWork['work'],
  slugs: readonly OrgSlug[],
  afterEachKill: (org: OrgSlug) => Promise<void> = async () => undefined,
): Promise<Map<string, string | null>> {
  const keys = new Map<string, string | null>();
  let whole: Said | undefined;
  let complete: string | null = null;
  for (const [index, begin] of slugs.entries()) {
    const step = (index - 1) / Math.max(1, slugs.length - 2);
    const isBetween = index % 2 === 1;
    const killBeforeRequest = whole && isBetween ? 1 + Math.round(step * (whole.requests! - 1)) : null;
    const said = await killed(
      { work, complete, begin, killBeforeRequest },
      whole && !isBetween ? Math.random() * whole.milliseconds! : undefined,
    );
    // The first one is not disturbed until its end, and tells how long that is.
    whole ??= said;
    await afterEachKill(begin);
    if (said.completed !== undefined) keys.set(said.completed, said.key ?? null);
    complete = begin;
  }
  const stores = await openStores(place);
  try {
    const lifecycle = openOrganisationLifecycle(stores);
    const ignore = () => undefined;
    const last = slugs.at(-1)!;
    if (work === 'offboarding') await lifecycle.offboard({ org: last, requestedBy: null, withExport: true }, ignore);
    else await lifecycle.onboard({ slug: last, name: last, owner: null }, ignore).catch(ifThere);
  } finally {
    await stores.close();
  }
  return keys;
}

function ifThere(error: unknown): void {
  expect(error).toMatchObject({ code: 'org_exists' });
}

/** Unless the organisation is there as before. */
async function nobodyGetsIn({ metadata, identity }: LifecycleStores, org: OrgSlug, key: string): Promise<void> {
  const organisation = await metadata.findOrganisation(org);
  if (organisation?.state === 'active') return;
  const refusal = { code: 'credential_invalid' };
  await expect(identity.apiKeys.verify(key), org).rejects.toMatchObject(refusal);
  if (organisation !== undefined)
    await expect(identity.revocations.check(widgetOf(org)), org).rejects.toMatchObject(refusal);
}

function widgetOf(org: OrgSlug): WidgetPrincipal {
  const minted = { jti: randomUUID(), issuedAt: Math.floor(Date.now() / 1000), mintedBy: null, subject: `org:${org}` };
  const whole = { scopes: ['costs:read'], filters: [], widgets: [], origins: [] } as const;
  return { kind: 'widget', org, ...whole, ...minted, markUp: null, displayCurrency: null };
}

const newSlugs = () => Array.from({ length: CRASHES + 1 }, () => parseOrgSlug(randomSlug('killed')));

const secretsInForce = defineQuery<{ org: string }, { api_keys: string; data_keys: string }>({
  name: 'secrets_in_force',
  params: { org: 'string' },
  sql: (_dialect, { org }) => `SELECT
    (SELECT COUNT(*) FROM api_keys WHERE org_slug = ${org} AND revoked_at IS NULL) AS api_keys,
    (SELECT COUNT(*) FROM data_keys WHERE org_slug = ${org} AND retired_at IS NULL) AS data_keys`,
});

it(
  `an onboarding that is killed at ${CRASHES} points completes when it is asked again, and everything is there once`,
  async () => {
    const slugs = newSlugs();
    const keys = await killOnEach('onboarding', slugs);
    const stores = await openStores(place);
    try {
      for (const org of slugs) {
        const [secrets] = await stores.warehouse.control.rows(secretsInForce, { org });
        expect({ api_keys: Number(secrets!.api_keys), data_keys: Number(secrets!.data_keys) }, org).toEqual({
          api_keys: 1,
          data_keys: 1,
        });
        const shown = keys.get(org);
        if (shown) expect(await stores.identity.apiKeys.verify(shown)).toMatchObject({ org });
        expect(await stores.warehouse.hasDataset(org)).toBe(true);
        expect(await stores.warehouse.forOrg(org).dataVersion()).toBe(0);
        expect(await stores.metadata.forOrg(org).billing.find()).toMatchObject({ status: 'self_hosted' });
        expect(await stores.metadata.findOrganisation(org)).toMatchObject({ state: 'active' });
      }
    } finally {
      await stores.close();
    }
  },
  TIMEOUT,
);

it(
  `an offboarding that is killed at ${CRASHES} points completes when it is asked again, and nothing is left`,
  async () => {
    const slugs = newSlugs();
    const before = await openStores(place);
    const lifecycle = openOrganisationLifecycle(before);
    const keys = new Map<OrgSlug, string>();
    for (const org of slugs) {
      const { key } = await lifecycle.onboard({ slug: org, name: org, owner: null }, () => undefined);
      keys.set(org, key);
      await before.vault.seal(
        { org, integrationId: 'aws-main', provider: 'aws-s3', host: null },
        { secret: 'of-the-provider' },
      );
      await loadCharges(before.warehouse, org, [{ day: '2026-10-05', cost: '1.5' }]);
    }
    await before.close();

    await killOnEach('offboarding', slugs, async (org) => {
      const stores = await openStores(place);
      try {
        await nobodyGetsIn(stores, org, keys.get(org)!);
      } finally {
        await stores.close();
      }
    });
    const stores = await openStores(place);
    try {
      for (const org of slugs) {
        expect(await stores.warehouse.hasDataset(org)).toBe(false);
        expect(await stores.metadata.findOrganisation(org)).toBeUndefined();
        expect(await stores.identity.apiKeys.list(org)).toEqual([]);
        expect(await stores.warehouse.control.rows(secretsInForce, { org })).toEqual([
          { api_keys: '0', data_keys: '0' },
        ]);

        const certificate = (await stores.metadata.offboarding.certificate(org)) as Certificate;
        expect(certificate.deleted, org).toMatchObject({ charges: 1, api_keys: 1, data_keys: 1, credentials: 1 });
        expect(await readdir(join(stores.exportDirectory, org))).toHaveLength(1);
        const folder = join(stores.exportDirectory, certificate.export!.folder);
        const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
        expect(manifest.files).toHaveLength(certificate.export!.files);
        expect(await readdir(join(folder, 'tables'))).toHaveLength(manifest.files.length - 1);
      }
      expect(await readdir(join(place.directory, 'warehouse', 'temporary'))).toEqual([]);
    } finally {
      await stores.close();
    }
  },
  TIMEOUT,
);
