import { CloudActError } from '@cloudact/core/errors';
import { widgetScopes } from '@cloudact/core/identity';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { pipelineServiceClient } from '../../pipeline-service/client.ts';
import { openTestBackend } from '../../testing/backend.ts';
import { openInnerDoor } from '../../testing/inner-door.ts';
import type { Method } from '../../testing/requests.ts';
import { randomSlug } from '../../testing/tenants.ts';
import { blob } from './fixtures.ts';

const door = await openInnerDoor();
const backend = await openTestBackend({
  pipelines: pipelineServiceClient({ origin: door.origin, token: async (org) => `token-of-${org}` }),
});
const { deps } = backend;
const { org, key } = await backend.organisation(randomSlug());
const other = await backend.organisation(randomSlug());
afterAll(async () => {
  await backend.close();
  await door.close();
});

const ask = (method: Method, path: string, body?: object, credential = key) =>
  backend.request(method, path, { credential, ...(body && { body }) });
const values = { account: 'acme', secret: 'secret-of-acme' };
let made = 0;
const newId = () => `blob-${++made}`;
const create = (id: string, more: object = {}) =>
  ask('POST', '/v1/integrations', { id, connector: 'blob', name: 'Blob', values, ...more });
const sealedFields = async (id: string) => (await deps.vault.describe(org, id)).map(({ field }) => field);

beforeEach(() => {
  door.connectors = [blob];
  door.findings = [{ step: 'list', ok: true, detail: 'Listed.' }];
});

describe('connecting', () => {
  it('tells every connector with its fields, and what we make before anything is filled in', async () => {
    const fields = blob.fields.map((field) => (field.generated ? { ...field, value: `cloudact-${org}` } : field));
    expect((await ask('GET', '/v1/connectors')).json()).toEqual({ connectors: [{ ...blob, fields }] });
  });

  it('keeps a draft: settings in the open, secrets sealed, and what we make made', async () => {
    const created = await create('blob-main');
    expect(created.statusCode).toBe(201);
    const { integration } = created.json();
    expect(integration).toMatchObject({
      id: 'blob-main',
      connector: 'blob',
      name: 'Blob',
      settings: { account: 'acme', external: `cloudact-${org}` },
      state: 'draft',
      problem: null,
      checked_at: null,
      secrets: {
        secret: { configured: true, sealed_at: expect.any(String) },
        phrase: { configured: false, sealed_at: null },
      },
    });
    expect((await ask('GET', '/v1/integrations/blob-main')).json()).toEqual({ integration });
    const { secrets: _, ...listed } = integration;
    expect((await ask('GET', '/v1/integrations')).json().integrations).toContainEqual(listed);
    expect(await sealedFields('blob-main')).toEqual(['secret']);
  });

  it('makes an id when none is given', async () => {
    const created = await ask('POST', '/v1/integrations', { connector: 'blob', name: 'Blob', values });
    expect(created.json().integration.id).toMatch(/^blob-[0-9a-f]{8}$/);
  });

  it('refuses values that do not fit with pointers to them, and keeps nothing', async () => {
    const refused = await create('unfit', { values: { account: 'A', other: 'x' } });
    expect(refused.statusCode).toBe(400);
    expect(
      refused
        .json()
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .sort(),
    ).toEqual(['#/values/account', '#/values/other', '#/values/secret']);
    const unknown = await create('unfit', { connector: 'nothing' });
    expect(unknown.json().errors).toEqual([{ pointer: '#/connector', message: 'is no connector' }]);
    expect((await ask('GET', '/v1/integrations/unfit')).statusCode).toBe(404);
  });

  it('cut off before the secrets are sealed, the same request goes on, and another one is refused', async () => {
    const id = newId();
    const { seal } = deps.vault;
    deps.vault.seal = async () => {
      throw new CloudActError('vault_unavailable', { detail: 'The keyring is away.' });
    };
    expect((await create(id)).statusCode).toBe(503);
    deps.vault.seal = seal;
    expect((await create(id, { name: 'Another' })).statusCode).toBe(409);
    const again = await create(id);
    expect([again.statusCode, again.json().integration.secrets.secret.configured]).toEqual([201, true]);
    expect((await create(id)).json()).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('needs the pipeline service, but what is kept is shown without it', async () => {
    const away = await openInnerDoor();
    await away.close();
    const alone = await openTestBackend({
      ...deps,
      pipelines: pipelineServiceClient({ origin: away.origin, token: async () => 'token' }),
    });
    const id = newId();
    await create(id);
    const body = { connector: 'blob', name: 'Blob', values };
    expect((await alone.request('POST', '/v1/integrations', { credential: key, body })).statusCode).toBe(503);
    const shown = await alone.request('GET', `/v1/integrations/${id}`, { credential: key });
    expect(shown.json().integration.secrets).toEqual({ secret: { configured: true, sealed_at: expect.any(String) } });
    await alone.app.close();
  });
});

describe('changing', () => {
  it('a secret that is left out stays, and new values make it a draft', async () => {
    const id = newId();
    await create(id);
    await ask('POST', `/v1/integrations/${id}/check`);
    const [before] = await deps.vault.describe(org, id);
    const changed = await ask('PATCH', `/v1/integrations/${id}`, { values: { account: 'other' } });
    expect(changed.json().integration).toMatchObject({
      state: 'draft',
      settings: { account: 'other' },
      checked_at: null,
    });
    expect(await deps.vault.describe(org, id)).toEqual([before]);
  });

  it('secrets are replaced together', async () => {
    const id = newId();
    await create(id);
    const refused = await ask('PATCH', `/v1/integrations/${id}`, { values: { phrase: 'p' } });
    expect(refused.json().errors).toEqual([
      { pointer: '#/values/secret', message: 'must be sent again: secrets are sealed together' },
    ]);
    const both = await ask('PATCH', `/v1/integrations/${id}`, { values: { phrase: 'p', secret: 'secret-2' } });
    expect(both.statusCode).toBe(200);
    expect(await sealedFields(id)).toEqual(['phrase', 'secret']);
  });

  it('a secret never stays beside the address of another server, when the change is cut off neither', async () => {
    const id = newId();
    await create(id);
    const address = 'https://evil.example.com';
    const without = await ask('PATCH', `/v1/integrations/${id}`, { values: { address } });
    expect(without.json().errors[0]).toMatchObject({ pointer: '#/values/secret' });
    const { seal } = deps.vault;
    deps.vault.seal = async () => {
      throw new CloudActError('vault_unavailable', { detail: 'The keyring is away.' });
    };
    const moving = { values: { address, secret: 'secret-2' } };
    expect((await ask('PATCH', `/v1/integrations/${id}`, moving)).statusCode).toBe(503);
    deps.vault.seal = seal;
    expect(await sealedFields(id)).toEqual([]);
    expect((await ask('PATCH', `/v1/integrations/${id}`, moving)).json().integration).toMatchObject({
      settings: { address },
      secrets: { secret: { configured: true } },
    });
  });

  it('of two changes at once, the second to write is refused and changes nothing', async () => {
    const id = newId();
    await create(id);
    const changeTo = (name: string) =>
      ask('PATCH', `/v1/integrations/${id}`, {
        values: { address: `https://${name}.example.com`, secret: `secret-of-${name}` },
      });
    const { describe: describeSealed } = deps.vault;
    deps.vault.describe = async (...of) => {
      deps.vault.describe = describeSealed;
      expect((await changeTo('first')).statusCode).toBe(200);
      return describeSealed(...of);
    };
    const refused = await changeTo('second');
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'conflict']);
    expect((await deps.metadata.forOrg(org).integrations.find(id))?.settings).toMatchObject({
      address: 'https://first.example.com',
    });
    expect(await sealedFields(id)).toEqual(['secret']);
  });

  it('values that somebody else changes while secrets are sealed leave no secret beside them', async () => {
    const id = newId();
    await create(id);
    const { seal } = deps.vault;
    const address = 'https://b.example.com';
    deps.vault.seal = async (...sealed) => {
      deps.vault.seal = seal;
      await ask('PATCH', `/v1/integrations/${id}`, { values: { address, secret: 'secret-of-b' } });
      return seal(...sealed);
    };
    const refused = await ask('PATCH', `/v1/integrations/${id}`, {
      values: { address: 'https://a.example.com', secret: 'secret-of-a' },
    });
    expect(refused.statusCode).toBe(409);
    expect((await deps.metadata.forOrg(org).integrations.find(id))?.settings).toMatchObject({ address });
    expect(await sealedFields(id)).toEqual([]);
  });

  it('a name changes nothing else, and a body that changes nothing is refused', async () => {
    const id = newId();
    await create(id);
    await ask('POST', `/v1/integrations/${id}/check`);
    const renamed = await ask('PATCH', `/v1/integrations/${id}`, { name: 'New' });
    expect(renamed.json().integration).toMatchObject({ name: 'New', state: 'active' });
    expect((await ask('PATCH', `/v1/integrations/${id}`, {})).statusCode).toBe(400);
    const both = await ask('PATCH', `/v1/integrations/${id}`, { values: {}, state: 'paused' });
    expect(both.json().errors[0].pointer).toBe('#/state');
  });

  it('only a check makes a draft active; what is active can be paused and taken up again', async () => {
    const id = newId();
    await create(id);
    for (const state of ['active', 'paused']) {
      expect((await ask('PATCH', `/v1/integrations/${id}`, { state })).json().code).toBe('conflict');
    }
    await ask('POST', `/v1/integrations/${id}/check`);
    for (const state of ['paused', 'paused', 'active']) {
      expect((await ask('PATCH', `/v1/integrations/${id}`, { state })).json().integration.state).toBe(state);
    }
  });

  it('what is paused stays so when it is checked, and is not taken up again with a problem', async () => {
    const id = newId();
    await create(id);
    await ask('POST', `/v1/integrations/${id}/check`);
    await ask('PATCH', `/v1/integrations/${id}`, { state: 'paused' });
    door.findings = [{ step: 'list', ok: false, detail: 'Denied.' }];
    const checked = await ask('POST', `/v1/integrations/${id}/check`);
    expect(checked.json().integration).toMatchObject({ state: 'paused', problem: 'Denied.' });
    expect((await ask('PATCH', `/v1/integrations/${id}`, { state: 'active' })).json().code).toBe('conflict');
  });

  it('disconnecting deletes the credentials, then the row, and can be done anew after a kill between', async () => {
    const id = newId();
    await create(id);
    await deps.vault.forget(org, id);
    expect((await ask('DELETE', `/v1/integrations/${id}`)).statusCode).toBe(204);
    expect(await sealedFields(id)).toEqual([]);
    expect((await ask('DELETE', `/v1/integrations/${id}`)).statusCode).toBe(404);
    expect((await create(id)).statusCode).toBe(201);
  });
});

it("another organisation's integration is as one that is not there, and can have the same id", async () => {
  const id = newId();
  await create(id);
  const requests: [Method, string, object?][] = [
    ['GET', ''],
    ['PATCH', '', { name: 'Mine' }],
    ['DELETE', ''],
    ['POST', '/check'],
  ];
  for (const [method, path, body] of requests) {
    const [theirs, missing] = await Promise.all(
      [id, 'nothing'].map((each) => ask(method, `/v1/integrations/${each}${path}`, body, other.key)),
    );
    expect([theirs!.statusCode, { ...theirs!.json(), instance: '' }]).toEqual([
      404,
      { ...missing!.json(), instance: '' },
    ]);
  }
  const body = { id, connector: 'blob', name: 'Blob', values };
  expect((await ask('POST', '/v1/integrations', body, other.key)).statusCode).toBe(201);
  expect((await ask('DELETE', `/v1/integrations/${id}`, undefined, other.key)).statusCode).toBe(204);
  expect(await sealedFields(id)).toEqual(['secret']);
});

it('is for members and widgets by their scopes', async () => {
  const id = newId();
  await create(id);
  const check = `/v1/integrations/${id}/check`;
  for (const [role, reads, writes] of [
    ['admin', 200, 200],
    ['analyst', 200, 403],
    ['viewer', 403, 403],
  ] as const) {
    const { token } = await backend.member(org, role);
    const as = { credential: token, org };
    expect((await backend.request('GET', '/v1/connectors', as)).statusCode).toBe(reads);
    expect((await backend.request('POST', check, as)).statusCode).toBe(writes);
  }
  const mint = async (scopes: readonly (typeof widgetScopes)[number][]) =>
    (await deps.identity.widgetTokens.mint({ org, scopes, filters: [] })).token;
  expect((await ask('POST', check, undefined, await mint(widgetScopes))).statusCode).toBe(200);
  expect((await ask('POST', check, undefined, await mint(['integrations:read']))).statusCode).toBe(403);
  expect((await ask('GET', '/v1/integrations', undefined, await mint(['integrations:read']))).statusCode).toBe(200);
});
