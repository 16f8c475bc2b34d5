/**
 * Runs the suite: `node conformance/token-cost/run.ts`. `--write` puts the table into the README, `--failures` lists what a library
 * got wrong, by the beginning of its name: `--failures tokenlens`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { adapters } from './adapters/index.ts';
import { readFixtures } from './fixture.ts';
import { readmeWith } from './readme.ts';
import { results, scoreTable } from './score.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, failures: { type: 'string' } } });
const fixtures = readFixtures();
const scores = adapters.map((adapter) => ({ adapter, results: results(adapter, fixtures) }));
const table = scoreTable(scores);
print(table);

if (values.failures !== undefined) {
  const score = scores.find(({ adapter }) => adapter.name.toLowerCase().includes(values.failures!.toLowerCase()));
  for (const { fixture, said, verdict } of score?.results ?? []) {
    if (verdict !== 'right')
      print(`${verdict}: ${fixture.id}\n  said ${said}, expected ${fixture.expected}\n  ${fixture.derivation}`);
  }
}
if (values.write) {
  const path = join(import.meta.dirname, 'README.md');
  writeFileSync(path, readmeWith(readFileSync(path, 'utf8'), table));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
