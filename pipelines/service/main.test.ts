import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSigningKey, openServiceTokens } from '@cloudact/core/identity';
import { afterAll, afterEach, expect, it } from 'vitest';

const directory = await mkdtemp(join(tmpdir(), 'cloudact-pipelines-main-'));
const random = () => randomBytes(32).toString('base64url');
const issuer = 'http://127.0.0.1:8000';
const signingKey = await generateSigningKey();
const environment: Record<string, string> = {
  CLOUDACT_ENVIRONMENT: 'local',
  CLOUDACT_PIPELINES_PORT: '0',
  CLOUDACT_API_ORIGIN: issuer,
  CLOUDACT_WAREHOUSE_DIR: join(directory, 'warehouse'),
  CLOUDACT_INBOX_DIR: join(directory, 'inbox'),
  SUPABASE_URL: 'http://127.0.0.1:9',
  SUPABASE_SERVICE_ROLE_KEY: random(),
  CLOUDACT_API_KEY_PEPPERS: `1:${random()}`,
  CLOUDACT_SERVICE_SIGNING_KEYS: JSON.stringify([signingKey]),
  CLOUDACT_VAULT_KEY_FILE: join(directory, 'keyring.json'),
  CLOUDACT_VAULT_AUTHENTICATION_KEY: random(),
};

let running: ChildProcess | undefined;
afterEach(() => running?.kill('SIGKILL'));
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The process as an operator starts it, with all that it writes. */
function start(variables: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env.PATH ?? '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output.text += String(bytes)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, output, ended };
}

it('starts, answers its own services, tells its configuration without a secret, and stops when asked to', async () => {
  const { child, output, ended } = start(environment);
  let line: string | undefined;
  while (line === undefined) {
    const more = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)]);
    if (more === null) throw new Error(`ended before it listened:\n${output.text}`);
    line = output.text.split('\n').find((each) => each.includes('"msg":"started"') && each.endsWith('}'));
  }
  const { url } = JSON.parse(line) as { url: string };
  const services = await openServiceTokens({ issuer, keys: [signingKey], now: () => new Date() });
  const token = await services.mint({ service: 'api', audience: 'pipelines', org: null });
  const answer = await fetch(`${url}/internal/connectors`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  for (const [name, value] of Object.entries(environment)) {
    if (/_KEYS?$|PEPPERS/.test(name)) expect(output.text).not.toContain(value);
  }
});

it('does not start without what it needs, and says everything that is missing at once', async () => {
  const { CLOUDACT_INBOX_DIR, SUPABASE_URL, ...rest } = environment;
  const { output, ended } = start({ ...rest, CLOUDACT_VAULT_AUTHENTICATION_KEY: 'short-secret' });
  expect(await ended).toBe(1);
  for (const name of ['CLOUDACT_INBOX_DIR', 'SUPABASE_URL', 'CLOUDACT_VAULT_AUTHENTICATION_KEY']) {
    expect(output.text).toContain(name);
  }
  expect(output.text).not.toMatch(/short-secret|\n\s+at /);
});
