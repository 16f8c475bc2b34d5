/**
 * Writes `fixtures/`: `node conformance/token-cost/generate/write-fixtures.ts`. What is expected comes from the prices in
 * `published.ts` and the counts of each class, by the integers of `arithmetic.ts`; no price book or library is asked.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allFixtures } from './all-fixtures.ts';

const root = join(import.meta.dirname, '../fixtures');
const files = Map.groupBy(allFixtures, ({ class: kind, provider }) => join(root, kind, `${provider}.json`));
rmSync(root, { recursive: true, force: true });
for (const [path, list] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(list, null, 2)}\n`);
}
process.stdout.write(`${allFixtures.length} fixtures in ${files.size} files\n`);
