import { statSync } from 'node:fs';
import { join } from 'node:path';
import { benchmarkCur, type Measured, measureJob, outputDirectory, printTable } from './measure.ts';

/**
 * Speed and peak memory of `cloudact convert` on a generated legacy Cost and Usage Report, beside what DuckDB needs to
 * read and write the same file without looking at it: the least that any conversion on this engine can cost.
 */
export async function measureConvert(rows: number): Promise<void> {
  const file = await benchmarkCur(rows);
  const lines: string[][] = [];
  for (const format of ['parquet', 'csv']) {
    const bare = await measureJob('copy', file, join(outputDirectory, `copy.${format}`));
    const ours = await measureJob('convert', file, join(outputDirectory, `focus.${format}`));
    lines.push(
      figures(`DuckDB, read and write → ${format}`, rows, bare, bare),
      figures(`cloudact convert → ${format}`, rows, ours, bare),
    );
  }
  printTable(
    `Convert: ${rows.toLocaleString('en')} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB of CSV`,
    ['', 'seconds', 'rows/s', 'peak MiB', 'time ÷ bare'],
    lines,
  );
}

function figures(name: string, rows: number, { seconds, peakMiB }: Measured, bare: Measured): string[] {
  return [
    name,
    seconds.toFixed(1),
    Math.round(rows / seconds).toLocaleString('en'),
    peakMiB.toFixed(0),
    (seconds / bare.seconds).toFixed(2),
  ];
}
