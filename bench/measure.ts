import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCur } from '@cloudact/pipelines/demo';

export const outputDirectory = join(fileURLToPath(new URL('.', import.meta.url)), 'out');

export function describeMachine(): string {
  return `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** A legacy Cost and Usage Report with so many rows; written once, kept for later runs. */
export function benchmarkCur(rows: number): Promise<string> {
  return keptFile(`cur-${rows}.csv`, async (file) => {
    console.log(`Writing a Cost and Usage Report of ${rows.toLocaleString('en')} rows …`);
    await writeCur({ rows, seed: 1, file });
  });
}

/** A file of `bench/out`, by the name of what is in it; `write` is asked for it once. */
export async function keptFile(name: string, write: (file: string) => Promise<void>): Promise<string> {
  mkdirSync(outputDirectory, { recursive: true });
  const file = join(outputDirectory, name);
  if (existsSync(file)) return file;
  const unfinished = join(outputDirectory, `new-${name}`);
  await write(unfinished);
  renameSync(unfinished, file);
  return file;
}

export interface Measured {
  seconds: number;
  /** Of all cores, user and system: what is left to compare when others use the machine. */
  cpuSeconds: number;
  /** Peak resident memory of the whole process, in MiB. */
  peakMiB: number;
  result: unknown;
}

/** Runs one job of `bench/job.ts` in a process of its own, so that its peak memory is its own. */
export function measureJob(name: string, ...args: string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(fileURLToPath(new URL('.', import.meta.url)), 'job.ts'), name, ...args],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Measured) : reject(new Error(`${name} ended with ${code}`)),
    );
  });
}

export function printTable(title: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  console.log(
    `\n${title}\n${describeMachine()}\n\n${line(header)}\n${widths.map((width) => '─'.repeat(width)).join('  ')}`,
  );
  for (const row of rows) console.log(line(row));
}
