import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { judges } from '../scripts/judges.mjs';
import { benchmarkCur, keptFile, measureJob, outputDirectory, printTable } from './measure.ts';
import { type ForeignFigures, measurePython } from './python.ts';

/** focus-validator is asked about so many rows at most: it takes minutes for more. */
const JUDGE_ROWS = 100_000;

/**
 * Speed and peak memory of `cloudact validate`, all rules and checks, on a bill converted to FOCUS: as it is, as CSV,
 * and with a ContractApplied on every row that no other row has. Beside it focus-validator on the same rows, where
 * Python is there. CPU seconds are those of all threads.
 */
export async function measureValidate(rows: number): Promise<void> {
  const bill = await focusFile(rows, 'bill', '*');
  const contracts = await focusFile(rows, 'contracts', `* REPLACE (${contractApplied} AS ContractApplied)`);
  const lines: string[][] = [];
  for (const [name, file] of [
    ['Parquet', bill],
    ['CSV', await focusFile(rows, 'bill', '*', 'csv')],
    ['Parquet, ContractApplied on every row', contracts],
  ] as const) {
    const { seconds, cpuSeconds, peakMiB } = await measureJob('validate', file, file);
    lines.push([
      name,
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      Math.round(rows / seconds).toLocaleString('en'),
      peakMiB.toFixed(0),
    ]);
  }
  const header = ['cloudact validate', 'seconds', 'CPU s', 'rows/s', 'peak MiB'];
  printTable(`Validate: ${rows.toLocaleString('en')} rows`, header, lines);
  await compareWithJudge(Math.min(rows, JUDGE_ROWS));
}

async function compareWithJudge(rows: number): Promise<void> {
  const judge = await judges();
  if ('skipped' in judge) {
    console.log(`\nfocus-validator is not measured: ${judge.skipped}`);
    return;
  }
  const file = await focusFile(rows, 'bill', '*');
  const ours = await measureJob('validate', file, file);
  const theirs = await measureJudge(judge.python, file);
  printTable(
    `Validate beside focus-validator 2.2.1 (rules of 1.2): ${rows.toLocaleString('en')} rows`,
    ['', 'seconds', 'CPU s', 'peak MiB', 'CPU ÷ ours'],
    [
      ['cloudact validate', ...figures(ours), '1.0'],
      ['focus-validator', ...figures(theirs), (theirs.cpuSeconds / ours.cpuSeconds).toFixed(1)],
    ],
  );
}

function figures({ seconds, cpuSeconds, peakMiB }: ForeignFigures): string[] {
  return [seconds.toFixed(1), cpuSeconds.toFixed(1), peakMiB.toFixed(0)];
}

async function measureJudge(python: string, file: string): Promise<ForeignFigures> {
  const report = join(outputDirectory, 'focus-validator.xml');
  rmSync(report, { force: true });
  const options = ['--validate-version', '1.2.0.1', '--block-download', '--output-type', 'unittest'];
  const args = ['--data-file', file, ...options, '--output-destination', report];
  const figures = await measurePython(python, 'from focus_validator.main import main; main()', args);
  if (!existsSync(report)) throw new Error('focus-validator wrote no report');
  return figures;
}

/** A FOCUS file of a generated bill with so many rows. */
function focusFile(rows: number, name: string, columns: string, extension = 'parquet'): Promise<string> {
  return keptFile(`focus-${name}-${rows}.${extension}`, async (file) => {
    const converted = await keptFile(`focus-converted-${rows}.parquet`, async (output) => {
      await measureJob('convert', await benchmarkCur(rows), output);
    });
    const workbench = await openWorkbench({ inputs: [converted], outputs: [file] });
    const csv = "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'";
    await workbench.run(
      `COPY (SELECT ${columns} FROM read_parquet('${converted}')) TO '${file}' (${extension === 'csv' ? csv : 'FORMAT parquet'})`,
    );
    await workbench.close();
  });
}

/** Two commitments, as FOCUS 1.3 writes them; the cost makes each row's text its own. */
const contractApplied = `'{"Elements":[{"ContractId":"c-1","ContractCommitmentID":"cc-1","ContractCommitmentAppliedCost":' || abs(BilledCost)
  || ',"ContractCommitmentAppliedQuantity":null,"ContractCommitmentAppliedUnit":null},{"ContractId":"c-1","ContractCommitmentID":"cc-2","ContractCommitmentAppliedCost":null,"ContractCommitmentAppliedQuantity":' || x_SourceRow || ',"ContractCommitmentAppliedUnit":"Hours"}]}'`;
