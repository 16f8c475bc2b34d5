import { expect, test } from 'vitest';
import { landingBench } from './testing.ts';

const { file, land, path, workbench } = landingBench();

test('a bill landed in a database file is the one landed in memory, faults and numbers included', async () => {
  const lines = Array.from(
    { length: 30_000 },
    (_, n) => `${n % 7},${n},"x ""${n % 11}"${n % 1000 === 5 ? ',more' : ''}`,
  );
  const bill = await file('bill', `id,note,tag\n${lines.join('\n')}\n`);
  const inMemory = await land([bill], true);
  await workbench().run(`ATTACH '${path('staging.db')}' AS staging`);
  const onDisk = await land([bill], true, 'staging');
  expect(onDisk.table).toBe('"staging"."raw_bill"');
  expect([onDisk.rows, onDisk.skippedRows, onDisk.faults]).toEqual([inMemory.rows, 30, inMemory.faults]);
  expect(onDisk.content).toEqual(inMemory.content);
});
