import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judges } from '../../../scripts/judges.mjs';
import { run } from '../../../scripts/workspace.mjs';
import { convert } from '../../convert/index.ts';
import { writeCur } from '../../demo/index.ts';
import { validateFocusFile } from './index.ts';

/** The FinOps Foundation's validator judges what we convert, and we judge what others generate. */
const judge = await judges();
const skipped = 'skipped' in judge ? ` (skipped: ${judge.skipped})` : '';
const python = 'python' in judge ? judge.python : '';

/** The validator brings the model of 1.2 alone; that of 1.3 is read where it lies beside the project. */
const model = fileURLToPath(new URL('../../../../shared/facts/focus/model-1.3.patched.json', import.meta.url));
const version = existsSync(model) ? '1.3' : '1.2.0.1';

const directory = mkdtempSync(join(tmpdir(), 'cloudact-judges-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What the validator says of a good file, and why it is not so. */
const falsePositives: Record<string, string> = {
  'CAU-RegionName-C-002-M': 'It takes text for ASCII only; São Paulo is written with ã.',
};

/**
 * True alarms: FOCUS 1.3 wants all four keys in an element of ContractApplied, null where nothing applies. The
 * generator leaves out those that would be null, as the schema of FOCUS 1.4 allows.
 */
const keysLeftOut = ['007-M', '042-C', '051-C', '060-C'].map((rule) => `CAU-ContractAppliedObject-O-${rule}`);

describe(`focus-validator with the rules of ${version}${skipped}`, () => {
  const file = join(directory, 'focus.parquet');
  beforeAll(async () => {
    if (skipped) return;
    const bill = join(directory, 'bill.csv');
    await writeCur({ file: bill, rows: 500, seed: 3 });
    await convert({ files: [bill], output: file });
  });

  test('accepts what convert wrote', { timeout: 300_000 }, async ({ skip }) => {
    skip(skipped !== '', skipped);
    expect((await failuresOf(file)).filter((id) => !(id in falsePositives))).toEqual([]);
  });
});

describe(`files that focus-data-toolkit generates${skipped}`, () => {
  test.for(['aws', 'azure', 'gcp'])('%s: no false alarm', { timeout: 300_000 }, async (provider, { skip }) => {
    skip(skipped !== '', skipped);
    const out = join(directory, provider);
    const args = ['generate', '--provider', provider, '--focus-version', '1.3', '--rows', '100', '--seed', '7'];
    const { code, output } = await run(python, ['-m', 'focus_data_toolkit', ...args, '--out', out], { quiet: true });
    expect(code, output).toBe(0);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const report = await validateFocusFile(join(out, name));
      const violated = report.rules.filter(({ status, keyword }) => status === 'failed' && keyword.startsWith('MUST'));
      expect(violated.map(({ id }) => id).filter((id) => !keysLeftOut.includes(id))).toEqual([]);
      expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    }
  });
});

/** The leaf rules that fail; `-000-` rules only repeat the failures of those below them. */
async function failuresOf(file: string): Promise<string[]> {
  const report = join(directory, 'report.xml');
  const rules = join(directory, 'rules');
  mkdirSync(rules, { recursive: true });
  if (version === '1.3') cpSync(model, join(rules, 'model-1.3.json'));
  const args = ['--data-file', file, '--validate-version', version, '--focus-dataset', 'CostAndUsage'];
  const rulesArgs = version === '1.3' ? ['--rule-set-path', rules] : [];
  const outputArgs = ['--block-download', '--output-type', 'unittest', '--output-destination', report];
  const start = 'from focus_validator.main import main; main()';
  // It looks for its list of currencies below the folder that it is started in.
  const { output: packages } = await run(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], {
    quiet: true,
  });
  const { output } = await run(python, ['-c', start, ...args, ...rulesArgs, ...outputArgs], {
    cwd: packages.trim(),
    quiet: true,
  });
  if (!existsSync(report))
    throw new Error(`focus-validator wrote no report in ${dirname(report)}: ${output.slice(-2000)}`);
  const xml = readFileSync(report, 'utf8');
  expect(xml).toMatch(/tests="[1-9]\d\d"/);
  return [...xml.matchAll(/<failure name="([^"]+)"/g)].map(([, id]) => id ?? '').filter((id) => !/-000-\w$/.test(id));
}
