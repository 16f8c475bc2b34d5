import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { generateSigningKey } from '@cloudact/core/identity';
import { testSupabase } from '../../scripts/test-supabase.ts';

export interface ApiProcess {
  readonly child: ChildProcess;
  /** All that it has written so far. */
  readonly output: { text: string };
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** The address that it says it listens on. Throws when it ends before. */
  listening(): Promise<string>;
}

/** What the API needs to start over new stores in the directory and the test run's Supabase Lite. */
export async function processEnvironment(directory: string): Promise<Record<string, string>> {
  const supabase = await testSupabase();
  const random = () => randomBytes(32).toString('base64url');
  return {
    CLOUDACT_ENVIRONMENT: 'local',
    CLOUDACT_API_PORT: '0',
    CLOUDACT_API_ORIGIN: 'http://127.0.0.1:8000',
    CLOUDACT_APP_ORIGIN: 'http://127.0.0.1:3000',
    CLOUDACT_PIPELINES_ORIGIN: 'http://127.0.0.1:8001',
    CLOUDACT_WAREHOUSE_DIR: join(directory, 'warehouse'),
    CLOUDACT_EXPORT_DIR: join(directory, 'exports'),
    SUPABASE_URL: supabase.url,
    SUPABASE_SERVICE_ROLE_KEY: supabase.serviceRoleKey,
    SUPABASE_JWT_SECRET: supabase.jwtSecret,
    CA_ROOT_API_KEY: `ca_root_${random()}`,
    CLOUDACT_API_KEY_PEPPERS: `1:${random()}`,
    CLOUDACT_WIDGET_SIGNING_KEYS: JSON.stringify([await generateSigningKey()]),
    CLOUDACT_SERVICE_SIGNING_KEYS: JSON.stringify([await generateSigningKey()]),
    CLOUDACT_VAULT_KEY_FILE: join(directory, 'keyring.json'),
    CLOUDACT_VAULT_AUTHENTICATION_KEY: random(),
    CLOUDACT_IDEMPOTENCY_SECRET: random(),
  };
}

/** The process as an operator starts it. The caller ends it. `flags`: of Node. */
export function startProcess(
  environment: Readonly<Record<string, string>>,
  { flags = [], cwd }: { flags?: readonly string[]; cwd?: string } = {},
): ApiProcess {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, '../main.ts')], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  });
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output.text += String(bytes)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    output,
    ended,
    async listening() {
      let over = false;
      void ended.then(() => (over = true));
      while (!over) {
        const line = output.text.split('\n').find((each) => each.includes('"msg":"started"'));
        if (line !== undefined) return (JSON.parse(line) as { url: string }).url;
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
      throw new Error(`ended before it listened:\n${output.text}`);
    },
  };
}
