import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the lock file for this process, waiting up to `waitMs` (milliseconds, blocking). Undefined when another
 * process, or another caller in this one, holds it. Releasing twice is harmless.
 * The operating system lets go of it when the process ends, however it ends, so there is no stale lock to judge by
 * process ids. SQLite is here for its file locks only.
 */
export function takeLock(path: string, waitMs = 0): { release(): void } | undefined {
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    database.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
    return { release: () => void (database.isOpen && database.close()) };
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
}

/** How a process says that another one holds the lock (`EX_TEMPFAIL` of sysexits.h). */
export const LOCKED_EXIT_CODE = 75;

const SQLITE_BUSY = 5;
