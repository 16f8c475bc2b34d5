import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudActError } from '@cloudact/core/errors';
import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import { afterEach, beforeEach, expect } from 'vitest';
import type { BillFormat } from '../providers/bill-format.ts';
import { landFiles } from './land.ts';
import type { StagingFolder } from './staged-rows.ts';

/** A bill of any columns, one of which is `id`; `cost` holds decimals, `day` times. */
const format: BillFormat = {
  id: 'test',
  title: 'Test bill',
  recognises: (header) => header.includes('id'),
  plan: (header) => ({
    columns: header.map((source, index) => ({
      source,
      raw: `raw_${index}`,
      type: source === 'cost' ? 'decimal' : source === 'day' ? 'timestamp' : 'text',
    })),
    nullTokens: ['NULL'],
    extensionColumns: [],
    billingPeriod: '',
    toFocus: () => '',
    controlTotals: () => '',
  }),
};

/** A folder and a workbench for each test of a file, for tests of landing itself, whatever the provider. */
export function landingBench() {
  let folder: string;
  let workbench: Workbench;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
    workbench = await openWorkbench({ inputs: [join(folder, 'x')], outputs: [join(folder, 'out.parquet')] });
  });
  afterEach(async () => {
    await workbench.close();
    await rm(folder, { recursive: true });
  });

  async function land(paths: readonly string[], skipUnreadable = false, staging?: StagingFolder) {
    const options = staging ? { staging, table: 'staged_bill' } : {};
    const bill = await landFiles(workbench, format, paths, { skipUnreadable, ...options });
    const order = staging ? '"x_SourceFile", "x_SourceRow"' : 'rowid';
    return { ...bill, content: await workbench.rows(`SELECT * FROM ${bill.table} ORDER BY ${order}`) };
  }

  return {
    path: (name: string) => join(folder, name),
    workbench: () => workbench,
    async file(name: string, content: string | Uint8Array): Promise<string> {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    land,
    /** The error with which a bill is refused. */
    refusal: (paths: readonly string[], skipUnreadable = false, staging?: StagingFolder): Promise<CloudActError> =>
      land(paths, skipUnreadable, staging).then(
        () => expect.fail('landed'),
        (error: CloudActError) => error,
      ),
  };
}
