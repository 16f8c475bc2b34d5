import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { testSupabase } from '../scripts/test-supabase.ts';
import { type ApiProcess, processEnvironment, startProcess } from './testing/process.ts';

const directory = await mkdtemp(join(tmpdir(), 'cloudact-main-'));
const supabase = await testSupabase();
const environment = await processEnvironment(directory);

let running: ApiProcess | undefined;
afterEach(() => running?.child.kill('SIGKILL'));
afterAll(() => rm(directory, { recursive: true, force: true }));

const start = (variables: Record<string, string>) => (running = startProcess(variables));

it('starts, answers, tells its configuration without a secret, and stops when it is asked to', async () => {
  const api = start(environment);
  const url = await api.listening();
  expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ok' });
  const bootstrap = await fetch(`${url}/v1/admin/bootstrap`, {
    method: 'POST',
    headers: { authorization: `Bearer ${environment.CA_ROOT_API_KEY}` },
  });
  expect(bootstrap.status).toBe(200);
  api.child.kill('SIGTERM');
  expect(await api.ended).toBe(0);
  expect(api.output.text).toContain('"CA_ROOT_API_KEY":"set"');
  for (const [name, value] of Object.entries(environment)) {
    if (/KEYS?$|SECRET|PEPPERS/.test(name)) expect(api.output.text).not.toContain(value);
  }
});

it('does not start without what it needs, and says everything that is missing at once', async () => {
  const { CA_ROOT_API_KEY, SUPABASE_URL, ...rest } = environment;
  const api = start({ ...rest, CLOUDACT_IDEMPOTENCY_SECRET: 'short-secret' });
  expect(await api.ended).toBe(1);
  for (const name of ['CA_ROOT_API_KEY', 'SUPABASE_URL', 'CLOUDACT_IDEMPOTENCY_SECRET']) {
    expect(api.output.text).toContain(name);
  }
  expect(api.output.text).not.toContain('short-secret');
  expect(api.output.text).not.toMatch(/\n\s+at /);
});

it('does not start in production with a configuration for a test', async () => {
  const api = start({ ...environment, CLOUDACT_ENVIRONMENT: 'prod', CLOUDACT_ALLOWED_ORIGINS: '*' });
  expect(await api.ended).toBe(1);
  for (const name of ['CLOUDACT_ALLOWED_ORIGINS', 'CLOUDACT_VAULT_KMS_KEY', 'SUPABASE_JWT_SECRET', 'SMTP_HOST']) {
    expect(api.output.text).toContain(name);
  }
  expect(api.output.text).not.toContain(supabase.jwtSecret);
});

it('says that BigQuery cannot be opened yet', async () => {
  const bigquery = {
    CLOUDACT_WAREHOUSE: 'bigquery',
    CLOUDACT_BIGQUERY_PROJECT: 'larkmoor',
    CLOUDACT_BIGQUERY_LOCATION: 'EU',
  };
  const api = start({ ...environment, ...bigquery });
  expect(await api.ended).toBe(1);
  expect(api.output.text).toContain('cannot open yet');
});
