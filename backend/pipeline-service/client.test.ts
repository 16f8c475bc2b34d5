import { parseOrgSlug } from '@cloudact/core/org';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InnerDoor, openInnerDoor } from '../testing/inner-door.ts';
import { pipelineServiceClient } from './client.ts';
import type { PipelineService } from './port.ts';

const acme = parseOrgSlug('acme_inc');
const described = { id: 'aws-s3', title: 'AWS', fields: [] };
let door: InnerDoor;
let client: PipelineService;
let time: Date;

beforeEach(async () => {
  door = await openInnerDoor();
  door.connectors = [described];
  time = new Date('2026-11-24T00:00:00Z');
  client = pipelineServiceClient({ origin: door.origin, token: async (org) => `token-of-${org}`, now: () => time });
});
afterEach(() => door.close());
const later = (minutes: number) => {
  time = new Date(time.getTime() + minutes * 60_000);
};

describe('the connectors', () => {
  it('are asked for once in five minutes, by many at once too', async () => {
    await Promise.all([client.connectors(), client.connectors(), client.connectors()]);
    later(4.9);
    expect(await client.connectors()).toEqual([described]);
    expect(door.requests).toEqual(['GET /internal/connectors Bearer token-of-null']);
    later(0.2);
    door.connectors = [];
    expect(await client.connectors()).toEqual([]);
  });

  it('stand as they were for an hour while the service is away, and are new when it is back', async () => {
    await client.connectors();
    door.instead = null;
    later(59);
    expect(await client.connectors()).toEqual([described]);
    later(2);
    await expect(client.connectors()).rejects.toMatchObject({ code: 'unavailable' });
    door.instead = undefined;
    expect(await client.connectors()).toEqual([described]);
  });
});

describe('a check', () => {
  it('acts for the organisation, and brings the findings', async () => {
    door.findings = [{ step: 'list', ok: true, detail: 'Listed.' }];
    expect(await client.check(acme, 'aws/../x')).toEqual(door.findings);
    expect(door.requests).toEqual(['POST /internal/integrations/aws%2F..%2Fx/check Bearer token-of-acme_inc']);
  });

  it.each([
    ['not_found', 404],
    ['rate_limited', 429],
  ])('says what the service says about the request: %s', async (code, status) => {
    door.instead = { status, body: JSON.stringify({ code, detail: 'What is wrong.', status }) };
    await expect(client.check(acme, 'x')).rejects.toMatchObject({ code, detail: 'What is wrong.' });
  });

  it.each([
    ['does not answer', null],
    ['fails', { status: 500, body: '{"code":"internal"}' }],
    ['does not take our token', { status: 401, body: '{"code":"credential_invalid","detail":"x"}' }],
    ['is a page', { status: 200, body: '<html>' }],
    ['answers nonsense', { status: 200, body: '{"nonsense":true}' }],
    ['answers a refusal that nobody knows', { status: 418, body: '{"code":"teapot","detail":"x"}' }],
    ['sends elsewhere', { status: 302, body: '' }],
  ])('is unavailable when the service %s, and the error holds no token', async (_, instead) => {
    door.instead = instead;
    const error = await client.check(acme, 'x').catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).not.toContain('token-of');
  });
});
