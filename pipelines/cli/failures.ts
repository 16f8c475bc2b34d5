import { CloudActError, type InputFault } from '@cloudact/core/errors';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Says what went wrong, for people or as JSON, and returns the exit code. */
export function showFailure(
  error: unknown,
  { terminal, json, signal }: { terminal: Terminal; json: boolean; signal?: AbortSignal },
): number {
  if (signal?.aborted) {
    if (json)
      terminal.out(
        JSON.stringify({ ok: false, error: { code: 'stopped', detail: 'Stopped; nothing is left behind.' } }, null, 2),
      );
    else terminal.error('Stopped. Nothing is left behind.');
    return exitCodes.stopped;
  }
  const known = error instanceof CloudActError ? error : (missingPackage(error) ?? internal(error));
  if (json) {
    const { code, title, detail, faults } = known;
    terminal.out(JSON.stringify({ ok: false, error: { code, title, detail, faults } }, null, 2));
  } else {
    terminal.error(`${known.title} (${known.code})`);
    terminal.error(known.detail);
    for (const line of faultLines(known.faults, 20)) terminal.error(line);
    if (known.code === 'internal' && error instanceof Error && error.stack) terminal.error(error.stack);
  }
  return exitCodeOf(known.code);
}

/** One line per fault; the rest is counted. */
export function faultLines(faults: readonly InputFault[], limit: number): string[] {
  const lines = faults.slice(0, limit).map(({ file, row, column, value, reason }) => {
    const place = [file, row !== undefined && `row ${row}`, column].filter(Boolean).join(', ');
    return `  ${place}: ${value === undefined ? '' : `${JSON.stringify(value)} `}${reason}`;
  });
  if (faults.length > limit) lines.push(`  and ${faults.length - limit} more`);
  return lines;
}

/** The published command comes without the SDKs of providers and of key stores, of which most people need none. */
function missingPackage(error: unknown): CloudActError | undefined {
  if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, name] = /Cannot find package '([^']+)'/.exec((error as Error).message) ?? [];
  if (name === undefined) return undefined;
  return new CloudActError('usage_invalid', {
    detail: `This needs the package ${name}, which is not installed. Install it beside cloudact: npm install ${name}`,
    cause: error,
  });
}

function internal(error: unknown): CloudActError {
  const message = error instanceof Error ? error.message : String(error);
  return new CloudActError('internal', {
    detail: `This is a fault of cloudact, not of your files: ${message.split('\n')[0]}. Please report it with the command you ran.`,
    cause: error,
  });
}
