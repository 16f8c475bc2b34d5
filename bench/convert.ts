import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { converterJudge } from '../scripts/judges.mjs';
import { largeBills } from './bills.ts';
import { benchmarkCur, keptFile, type Measured, measureJob, outputDirectory, printTable } from './measure.ts';
import { type ForeignFigures, measurePython } from './python.ts';

/**
 * Speed and peak memory of `cloudact convert` on a generated bill of one format, or of every format, beside what DuckDB
 * needs to read and write the same file without looking at it: the least that any conversion on this engine can cost.
 */
export async function measureConvert(rows: number, format?: string): Promise<void> {
  const bills = Object.entries(largeBills).filter(([id]) => format === undefined || id === format);
  if (bills.length === 0) {
    console.error(`No bill of the format "${format}". There are: ${Object.keys(largeBills).join(', ')}.`);
    process.exit(2);
  }
  for (const [id, write] of bills) {
    const file = await write(rows);
    const lines: string[][] = [];
    for (const output of ['parquet', 'csv']) {
      const bare = await measureJob('copy', file, join(outputDirectory, `copy.${output}`));
      const ours = await measureJob('convert', file, join(outputDirectory, `focus.${output}`));
      lines.push(
        figures(`DuckDB, read and write → ${output}`, rows, bare, bare),
        figures(`cloudact convert → ${output}`, rows, ours, bare),
      );
    }
    printTable(
      `Convert ${id}: ${rows.toLocaleString('en')} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB`,
      ['', 'seconds', 'rows/s', 'peak MiB', 'time ÷ bare', 'CPU seconds', 'CPU ÷ bare'],
      lines,
    );
    if (id === 'aws-cur') await compareWithConverter(Math.min(rows, CONVERTER_ROWS));
  }
}

/** focus-converter needs more than 4 KB of memory a row. */
const CONVERTER_ROWS = 1_000_000;

/**
 * Beside focus-converter on the same bill, in the only shape that both read: Parquet with Athena's names. It writes 44 columns of
 * FOCUS 1.0, with floats; ours are the 65 of 1.3, exact.
 */
async function compareWithConverter(rows: number): Promise<void> {
  const judge = await converterJudge();
  if ('skipped' in judge) {
    console.log(`\nfocus-converter is not measured: ${judge.skipped}`);
    return;
  }
  const file = await keptFile(`cur-${rows}.parquet`, async (output) => {
    const cur = await benchmarkCur(rows);
    const workbench = await openWorkbench({ inputs: [cur], outputs: [output] });
    const source = `read_csv('${cur}', header = true)`;
    const columns = await workbench.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${source}`);
    const named = columns.map(({ column_name }) => `"${column_name}" AS "${athenaName(column_name)}"`);
    await workbench.run(`COPY (SELECT ${named.join(', ')} FROM ${source}) TO '${output}' (FORMAT parquet)`);
    await workbench.close();
  });
  const folder = join(outputDirectory, 'focus-converter');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const ours = await measureJob('convert', file, join(outputDirectory, 'focus.parquet'));
  const options = ['--data-format', 'parquet', '--parquet-data-format', 'file', '--no-export-include-source-columns'];
  const args = ['convert', '--provider', 'aws', '--data-path', file, '--export-path', folder, ...options];
  const theirs = await measurePython(judge.python, 'from focus_converter.main import app; app()', args);
  if (readdirSync(folder).length === 0) throw new Error('focus-converter wrote nothing');
  const line = (name: string, { seconds, cpuSeconds, peakMiB }: ForeignFigures) => [
    name,
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    peakMiB.toFixed(0),
    (cpuSeconds / ours.cpuSeconds).toFixed(2),
  ];
  printTable(
    `Convert beside focus-converter 1.0.0: ${rows.toLocaleString('en')} rows, Parquet → Parquet`,
    ['', 'seconds', 'CPU s', 'peak MiB', 'CPU ÷ ours'],
    [line('cloudact convert', ours), line('focus-converter', theirs)],
  );
}

/** As Athena names a column of the report: `lineItem/UnblendedCost` is `line_item_unblended_cost`. */
function athenaName(name: string): string {
  const snake = name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return snake.replaceAll(/_+/g, '_').toLowerCase();
}

function figures(name: string, rows: number, measured: Measured, bare: Measured): string[] {
  const { seconds, cpuSeconds, peakMiB } = measured;
  return [
    name,
    seconds.toFixed(1),
    Math.round(rows / seconds).toLocaleString('en'),
    peakMiB.toFixed(0),
    (seconds / bare.seconds).toFixed(2),
    cpuSeconds.toFixed(1),
    (cpuSeconds / bare.cpuSeconds).toFixed(2),
  ];
}
