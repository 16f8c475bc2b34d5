import type { ErrorCode } from '@cloudact/core/errors';

/** Exit codes. Scripts depend on them. */
export const exitCodes = {
  ok: 0,
  /** The work failed, or a validated file breaks a MUST rule or one of our checks of severity error. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** Rows cannot be read: the bill was refused, or converted without them. */
  rowsUnreadable: 3,
  /** Stopped by a signal, as shells count: 128 + SIGINT. */
  stopped: 130,
} as const;

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'usage_invalid') return exitCodes.usage;
  return code === 'rows_unreadable' ? exitCodes.rowsUnreadable : exitCodes.failed;
}

export const exitCodesHelp = `
Exit codes:
  0    done
  1    failed; for validate: a file breaks a MUST rule of FOCUS 1.3, or has another error
  2    command not understood
  3    rows cannot be read (with --skip-unreadable: converted without them)
  130  stopped; nothing is left behind`;
