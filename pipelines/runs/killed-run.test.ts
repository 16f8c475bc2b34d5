import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decimal } from '@cloudact/core/money';
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoBills, generateDemoBills } from '../demo/index.ts';
import { executeRun } from './execute-run.ts';
import { createRunStore } from './run-store.ts';
import { billedByMonth, fingerprint } from './testing/demo-org.ts';

const org = parseOrgSlug('larkmoor');
const program = fileURLToPath(new URL('./testing/run-until-killed.ts', import.meta.url));
let directory: string;
let bills: DemoBills;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'killed-run-'));
  const inbox = join(directory, 'inbox');
  [bills] = (await generateDemoBills({
    providers: ['aws'],
    directory: inbox,
    endMonth: '2026-11',
    today: '2026-11-03',
    months: 1,
  })) as [DemoBills];
}, 120_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Ends when the program has reported the stage; it is killed in the middle of it. */
async function killWhile(stage: string, warehouse: string): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    [program, warehouse, join(directory, 'inbox'), bills.months[0]!.files[0]!],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line === stage) child.kill('SIGKILL');
  }
  const [, signal] = await ended;
  expect(signal).toBe('SIGKILL');
}

describe('a killed run', () => {
  test.each(['reading', 'converting', 'publishing'])(
    'that is killed while %s leaves nothing half-done, and runs to its end the next time',
    async (stage) => {
      const path = join(directory, `killed-${stage}`);
      await killWhile(stage, path);
      const warehouse = await openDuckDBWarehouse({ directory: path, inboxDirectories: [join(directory, 'inbox')] });
      try {
        expect(await billedByMonth(warehouse.forOrg(org))).toEqual({});
        const store = createRunStore(warehouse.control);
        expect(await store.get(org, 'killed')).toMatchObject({ state: 'running' });
        const [run] = await store.recover();
        expect(run).toMatchObject({ id: 'killed', state: 'queued', integrationId: 'aws-demo' });

        const files = bills.months[0]!.files;
        await executeRun({ warehouse, org, integrationId: run!.integrationId, files, runId: run!.id });
        expect(await billedByMonth(warehouse.forOrg(org))).toEqual({
          'aws-demo 2026-11': decimal(bills.months[0]!.total),
        });
        const resumed = await fingerprint(warehouse.forOrg(org));
        await executeRun({ warehouse, org, integrationId: run!.integrationId, files, runId: 'undisturbed' });
        expect(await fingerprint(warehouse.forOrg(org))).toEqual(resumed);
      } finally {
        await warehouse.close();
      }
    },
  );
});
