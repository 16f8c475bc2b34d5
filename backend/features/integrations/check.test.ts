import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { pipelineServiceClient } from '../../pipeline-service/client.ts';
import { openTestBackend } from '../../testing/backend.ts';
import { openInnerDoor } from '../../testing/inner-door.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { blob } from './fixtures.ts';

const door = await openInnerDoor();
const backend = await openTestBackend({
  pipelines: pipelineServiceClient({ origin: door.origin, token: async (org) => `token-of-${org}` }),
});
const { org, key } = await backend.organisation(randomSlug());
afterAll(async () => {
  await backend.close();
  await door.close();
});

const failure = { step: 'list', ok: false, detail: 'The role may not list the bucket.' };
let id: string;
let made = 0;
const change = (body: object) => backend.request('PATCH', `/v1/integrations/${id}`, { credential: key, body });
const check = async () => (await backend.request('POST', `/v1/integrations/${id}/check`, { credential: key })).json();

beforeEach(async () => {
  door.connectors = [blob];
  door.findings = [{ step: 'list', ok: true, detail: 'Listed.' }];
  door.meanwhile = async () => undefined;
  door.instead = undefined;
  id = `blob-${++made}`;
  const body = { id, connector: 'blob', name: 'Blob', values: { account: 'acme', secret: 'secret-of-acme' } };
  expect((await backend.request('POST', '/v1/integrations', { credential: key, body })).statusCode).toBe(201);
});

describe('a check', () => {
  it('makes a draft active when all is well, and broken with the reason when it is not, and back', async () => {
    const well = await check();
    expect(well).toMatchObject({ integration: { state: 'active', problem: null }, findings: door.findings });
    expect(well.integration.checked_at).not.toBeNull();
    door.findings = [...door.findings, failure];
    expect(await check()).toMatchObject({
      integration: { state: 'broken', problem: failure.detail },
      findings: door.findings,
    });
    door.findings = [];
    expect((await check()).integration.state).toBe('broken');
    door.findings = [{ step: 'list', ok: true, detail: 'Listed.' }];
    expect((await check()).integration).toMatchObject({ state: 'active', problem: null });
    expect(door.requests.at(-1)).toBe(`POST /internal/integrations/${id}/check Bearer token-of-${org}`);
  });

  it('leaves a paused one paused, and says what is wrong', async () => {
    await check();
    await change({ state: 'paused' });
    door.findings = [failure];
    expect((await check()).integration).toMatchObject({ state: 'paused', problem: failure.detail });
  });

  it('says nothing about values that came in meanwhile', async () => {
    door.meanwhile = async () => void (await change({ values: { account: 'newer' } }));
    const { integration } = await check();
    expect(integration).toMatchObject({ state: 'draft', settings: { account: 'newer' }, checked_at: null });
  });

  it('that a second change overtakes between the look and the mark makes nothing active', async () => {
    const { forOrg } = backend.deps.metadata;
    let isOvertaken = false;
    backend.deps.metadata.forOrg = (of) => {
      const records = forOrg(of);
      const update: typeof records.integrations.update = async (...given) => {
        if (given[1].state === 'active' && !isOvertaken) {
          isOvertaken = true;
          await change({ values: { account: 'newer' } });
        }
        return records.integrations.update(...given);
      };
      return { ...records, integrations: { ...records.integrations, update } };
    };
    const { integration } = await check();
    backend.deps.metadata.forOrg = forOrg;
    expect(isOvertaken).toBe(true);
    expect(integration).toMatchObject({ state: 'draft', settings: { account: 'newer' }, checked_at: null });
  });

  it('changes nothing when the pipeline service does not answer', async () => {
    door.instead = null;
    expect(await check()).toMatchObject({ status: 503, code: 'unavailable' });
    const { integration } = (await backend.request('GET', `/v1/integrations/${id}`, { credential: key })).json();
    expect(integration).toMatchObject({ state: 'draft', checked_at: null });
  });
});
