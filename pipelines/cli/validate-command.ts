import { writeFile } from 'node:fs/promises';
import { CloudActError } from '@cloudact/core/errors';
import {
  type FileValidationOptions,
  formatReport,
  htmlReport,
  isSound,
  type ValidationReport,
  validateFocusFile,
} from '../focus/validate/index.ts';
import { exitCodes } from './exit-codes.ts';
import { inputFiles } from './input-files.ts';
import { type ProgressDisplay, progressDisplay } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface ValidateCommandOptions {
  json?: boolean;
  /** Where to write the page. */
  html?: string;
}

/** Each file is judged by itself. The exit code is that of the worst. */
export async function validateCommand(
  args: readonly string[],
  { json, html }: ValidateCommandOptions,
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal },
): Promise<number> {
  const display = progressDisplay(terminal);
  const reports = await judged(await inputFiles(args), display, signal).finally(display.end);
  const ok = reports.every(isSound);
  if (html !== undefined) await writePage(html, htmlReport(reports));
  const colour = terminal.screen !== undefined && process.stdout.isTTY && !process.env.NO_COLOR;
  terminal.out(
    json
      ? JSON.stringify(asJson(reports, ok), null, 2)
      : reports.map((report) => formatReport(report, { colour }).trimEnd()).join('\n\n'),
  );
  if (html !== undefined) terminal.error(`Page written to ${html}`);
  return ok ? exitCodes.ok : exitCodes.failed;
}

/** Share of the work that lies before each stage, as a bill of a million rows takes it. */
const SHARES = { read: 0, rows: 0.3, groups: 0.75, checks: 0.8 } as const;

async function judged(
  files: readonly string[],
  display: ProgressDisplay,
  signal: AbortSignal | undefined,
): Promise<ValidationReport[]> {
  const reports: ValidationReport[] = [];
  for (const file of files) {
    const onProgress: FileValidationOptions['onProgress'] = (stage) =>
      display.show({ stage, file, share: (reports.length + SHARES[stage]) / files.length });
    reports.push(await validateFocusFile(file, { onProgress, ...(signal && { signal }) }));
  }
  return reports;
}

function asJson(reports: readonly ValidationReport[], ok: boolean) {
  return {
    ok,
    conforms: reports.every(({ conforms }) => conforms),
    rows: reports.reduce((total, { rows }) => total + rows, 0),
    reports,
  };
}

async function writePage(path: string, page: string): Promise<void> {
  await writeFile(path, page).catch((error: unknown) => {
    throw new CloudActError('output_unwritable', {
      detail: `${path} cannot be written: ${(error as Error).message}. Check the folder and its permissions.`,
      cause: error,
    });
  });
}
