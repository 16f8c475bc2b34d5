import { CloudActError } from '../../errors.ts';

/** What the caller knows about the failing statement. */
export interface FailureContext {
  /** The dataset or database file, as a person knows it. */
  file?: string;
  /** The directory that DuckDB keeps its files in. */
  directory?: string;
}

/**
 * Says in our words what DuckDB reports about the machine beneath it: a full disk, too little memory, a damaged
 * dataset, a file that another process holds. Everything else comes back as it is, because only the caller knows what it means.
 */
export function translateFailure(error: unknown, context: FailureContext = {}): unknown {
  if (!(error instanceof Error) || error instanceof CloudActError) return error;
  const message = error.message;
  const named = /file "([^"]+)"/.exec(message)?.[1];
  const file = context.file ?? named;
  if (STORAGE_FULL.test(message)) {
    return new CloudActError('storage_full', {
      detail: `${file ?? context.directory ?? 'The data directory'} cannot grow: no space is left. Free some space and run it again; what was there before is unchanged.`,
      cause: error,
    });
  }
  if (OUT_OF_MEMORY.test(message)) {
    return new CloudActError('unavailable', {
      detail:
        'There is too little memory for this. Raise the memory limit, or let less run at the same time, and run it again; what was there before is unchanged.',
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
  if (DAMAGED.test(message) && isOfDataset(named, context)) {
    return new CloudActError('dataset_damaged', {
      detail: `${context.file} is damaged or is not a dataset. Put back a copy of this file from a backup, or remove it and load the data again.`,
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
  return error instanceof Error && (INVALIDATED.test(error.message) || isInvalidated(error.cause));
}

export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('INTERRUPT Error');
}

/** A load also reads files of a customer, and says the same about a damaged one. */
function isOfDataset(named: string | undefined, { file }: FailureContext): boolean {
  return file !== undefined && (named === undefined || named.startsWith(file));
}

const STORAGE_FULL =
  /No space left on device|Disk quota exceeded|File too large|max_temp_directory_size|There is not enough space/i;
const OUT_OF_MEMORY = /^Out of Memory Error/;
const LOCKED = /Could not set lock on file/;
const DAMAGED =
  /not a valid DuckDB database file|Corrupt database file|Could not read enough bytes|Failure while replaying WAL|Serialization Error|Failed to deserialize/i;
const INVALIDATED = /has been invalidated/i;
