import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSupabase } from '../scripts/test-supabase.ts';
import { needlesOf, tracesIn, tracesInFiles, tracesInMemory } from './secrets-scan.ts';
import { type ApiProcess, processEnvironment, startProcess } from './testing/process.ts';
import { migratedTables } from './testing/tables.ts';
import { randomSlug } from './testing/tenants.ts';

// A whole session of one organisation with a real API process. What it was told in confidence is then looked for in
// everything that the process wrote, answered, stored and remembers.

/** With characters that look different in every encoding. */
const canary = (name: string) => `${name}/+=% ${randomBytes(24).toString('base64')}`;
/** Credentials of a provider, as they are entered and as they are changed later. */
const entered = { first: canary('first'), second: canary('second') };

const supabase = await testSupabase();
const directory = await mkdtemp(join(tmpdir(), 'cloudact-scan-'));
const pipelines = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  const isList = request.url === '/internal/connectors';
  response.end(JSON.stringify(isList ? { connectors: [standIn] } : { findings: [] }));
});
const standIn = {
  id: 'stand-in',
  title: 'Stand-in',
  fields: [
    { name: 'bucket', label: 'Bucket', help: '', kind: 'text', required: true },
    { name: 'secret', label: 'Secret', help: '', kind: 'secret', required: true },
  ],
};

let api: ApiProcess;
let origin: string;
/** Every answer of the session but those that show a key, which is their purpose. */
const answers: string[] = [];
/** Keys that were shown. */
const shown: Record<string, string> = {};

afterAll(async () => {
  api?.child.kill('SIGKILL');
  pipelines.close();
  await rm(directory, { recursive: true, force: true });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => pipelines.listen(0, '127.0.0.1', resolve));
  const environment: Record<string, string> = {
    ...(await processEnvironment(directory)),
    CLOUDACT_LOG_LEVEL: 'trace',
    CLOUDACT_PIPELINES_ORIGIN: `http://127.0.0.1:${(pipelines.address() as AddressInfo).port}`,
  };
  api = startProcess(environment, { flags: ['--heapsnapshot-signal=SIGUSR2'], cwd: directory });
  origin = await api.listening();
  await session(environment.CA_ROOT_API_KEY!);
}, 120_000);

interface Issued {
  api_key: { id: string; key: string };
}

async function session(rootKey: string): Promise<void> {
  const slug = randomSlug();
  const made = await ask('POST', '/v1/admin/orgs', rootKey, { slug, name: 'Scanned' });
  const { key, id } = ((await made.json()) as Issued).api_key;
  shown.issued = key;
  const rotated = await ask('POST', `/v1/api-keys/${id}/rotate`, key, {}, { 'idempotency-key': randomUUID() });
  shown.rotated = ((await rotated.json()) as Issued).api_key.key;

  const integration = await answered('POST', '/v1/integrations', shown.rotated!, {
    connector: 'stand-in',
    name: 'Scanned',
    values: { bucket: 'bucket', secret: entered.first },
  });
  const path = `/v1/integrations/${JSON.parse(integration).integration.id}`;
  await answered('POST', `${path}/check`, shown.rotated!);
  await answered('PATCH', path, shown.rotated!, { values: { secret: entered.second } });
  // Refused for its other value, and for its form, with the secret in hand.
  await answered('PATCH', path, shown.rotated!, { values: { secret: entered.second, unheard: 'of' } }, 400);
  await answered('PATCH', path, shown.rotated!, { valuez: { secret: entered.second } }, 400);
  for (const read of ['/v1/integrations', path, '/v1/audit-events']) await answered('GET', read, shown.rotated!);
  await answered('DELETE', path, shown.rotated!);
}

function ask(method: string, path: string, credential: string, body?: object, headers = {}): Promise<Response> {
  return fetch(origin + path, {
    method,
    headers: {
      authorization: `Bearer ${credential}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function answered(method: string, path: string, credential: string, body?: object, status?: number) {
  const answer = await ask(method, path, credential, body);
  const text = await answer.text();
  answers.push(text + JSON.stringify([...answer.headers]));
  if (status === undefined ? !answer.ok : answer.status !== status) throw new Error(`${method} ${path}: ${text}`);
  return text;
}

it('nothing that was entered or shown is in what the process writes, or in any other answer', () => {
  const needles = needlesOf({ ...entered, ...shown });
  expect(tracesIn(Buffer.from(api.output.text), 'output', needles)).toEqual([]);
  expect(tracesIn(Buffer.from(answers.join('\n')), 'answers', needles)).toEqual([]);
  expect(answers.length).toBeGreaterThan(8);
});

it('nothing of it is in any file of the installation', () => {
  expect(tracesInFiles(directory, needlesOf({ ...entered, ...shown }))).toEqual([]);
});

it('nothing of it is in any table of Supabase', async () => {
  const client = createClient(supabase.url, supabase.serviceRoleKey, { auth: { persistSession: false } });
  for (const table of migratedTables()) {
    const { data, error } = await client.from(table).select('*');
    expect(error).toBeNull();
    expect(tracesIn(Buffer.from(JSON.stringify(data)), table, needlesOf({ ...entered, ...shown }))).toEqual([]);
  }
});

it('nothing that was entered is alive in the process once it is answered', async () => {
  api.child.kill('SIGUSR2');
  const snapshot = await heapSnapshot();
  const heap = readFileSync(snapshot);
  rmSync(snapshot);
  expect(tracesIn(heap, 'heap', needlesOf(entered))).toEqual([]);
  // What is alive would be found.
  expect(tracesIn(heap, 'heap', needlesOf({ audience: 'cloudact-widgets' }))).not.toEqual([]);
}, 60_000);

// Node does not overwrite what it frees: bytes of a request stay readable, for whoever can read the memory of the process,
// until their place is used again. Nothing may make more of them than what came in.
it.runIf(process.platform === 'linux')(
  'what was freed is left in no other form than it was sent in',
  () => {
    const traces = tracesInMemory(api.child.pid!, needlesOf(entered)) ?? [];
    expect(traces.filter(({ form }) => form !== 'utf8')).toEqual([]);
  },
  60_000,
);

/** The file that the signal asked for, once it grows no more. */
async function heapSnapshot(): Promise<string> {
  for (let size = -1; ; await pause(300)) {
    const name = readdirSync(directory).find((each) => each.endsWith('.heapsnapshot'));
    if (name === undefined) continue;
    const now = statSync(join(directory, name)).size;
    if (now > 0 && now === size) return join(directory, name);
    size = now;
  }
}
