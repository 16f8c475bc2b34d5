import { statSync } from 'node:fs';
import { join } from 'node:path';
import { largeBills } from './bills.ts';
import { type Measured, measureJob, outputDirectory, printTable } from './measure.ts';

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
  }
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
