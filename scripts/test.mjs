// `npm test`: installs what it needs, builds what is tested, runs every check and every test.
// The last line says "N passed, N failed, N skipped". `npm test -- --project node core/` runs a part, without the checks.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser-install.mjs';
import { ensureInstalled, run } from './workspace.mjs';

const selection = process.argv.slice(2);
const everything = selection.length === 0;

const total = { passed: 0, failed: 0, skipped: 0 };
// The last line is said whatever ends the run, a failed install or build too.
process.on('exit', (code) => {
  if (code !== 0) total.failed = Math.max(1, total.failed);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
});

await ensureInstalled();
await ensureBrowser();

const count = ({ passed = 0, failed = 0, skipped = 0 }) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
};

if (everything) {
  const { buildPublished, runChecks } = await import('./check.mjs');
  await buildPublished();
  count(await runChecks());
}

// One project after the other: browser, servers and pages would starve each other on a small machine.
for (const project of everything ? ['node', 'postgres', 'browser', 'product'] : ['']) count(await runTests(project));

process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function runTests(project) {
  const folder = mkdtempSync(join(tmpdir(), 'cloudact-test-'));
  const report = join(folder, 'report.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run('vitest', [...args, ...(project ? ['--project', project] : []), ...selection]);
  let counts;
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests, success } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts = { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    if ((!success || code !== 0 || numTotalTests === 0) && counts.failed === 0) counts.failed = 1;
  } catch {
    counts = { failed: 1 };
  }
  rmSync(folder, { recursive: true, force: true });
  return counts;
}
