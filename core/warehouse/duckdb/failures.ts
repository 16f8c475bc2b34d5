import { CloudActError } from '../../errors.ts';

/** What the caller knows about the failing statement. */
export interface FailureContext {
  /** The dataset or database file, as a person knows it. */
  file?: string;
  /** The directory that DuckDB keeps its files in. */
  directory?: string;
}

/**
 * Says in our words what DuckDB reports about the machine beneath it: a full disk, a damaged file, a file that
 * another process holds. Everything else comes back as it is, because only the caller knows what it means.
 */
export function translateFailure(error: unknown, context: FailureContext = {}): unknown {
  if (!(error instanceof Error) || error instanceof CloudActError) return error;
  const message = error.message;
  const file = context.file ?? /file "([^"]+)"/.exec(message)?.[1];
  if (STORAGE_FULL.test(message)) {
    return new CloudActError('storage_full', {
      detail: `${file ?? context.directory ?? 'The data directory'} cannot grow: no space is left. Free some space and run it again; what was there before is unchanged.`,
      cause: error,
    });
  }
  if (LOCKED.test(message)) {
    const holder = /PID (\d+)/.exec(message)?.[1];
    return new CloudActError('unavailable', {
      detail: `${file ?? 'The warehouse'} is open in another process${holder ? ` (process id ${holder})` : ''}. One process owns a warehouse directory: stop that process, or use another directory.`,
      cause: error,
    });
  }
  if (DAMAGED.test(message)) {
    return new CloudActError('dataset_damaged', {
      detail: `${file ?? 'A dataset file'} is damaged or is not a dataset. Put back a copy of this file from a backup, or remove it and load the data again.`,
      cause: error,
    });
  }
  if (INVALIDATED.test(message)) {
    return new CloudActError('unavailable', {
      detail:
        'The warehouse stopped after a failure of the disk or of memory. Restart the process; committed data is safe.',
      cause: error,
    });
  }
  return error;
}

/** Whether DuckDB has stopped serving the file until it is attached anew: a checkpoint failed, usually on a full disk. */
export function isInvalidated(error: unknown): boolean {
  return error instanceof Error && INVALIDATED.test(error.message);
}

export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('INTERRUPT Error');
}

const STORAGE_FULL =
  /No space left on device|Disk quota exceeded|File too large|max_temp_directory_size|There is not enough space/i;
const LOCKED = /Could not set lock on file/;
const DAMAGED =
  /not a valid DuckDB database file|Corrupt database file|Could not read enough bytes|Failure while replaying WAL|Serialization Error|Failed to deserialize/i;
const INVALIDATED = /has been invalidated/i;
