import { CloudActError } from '@cloudact/core/errors';

/** What the file system, zlib or DuckDB say about a file that cannot be read. */
export function unreadable(path: string, error: unknown): Error {
  if (error instanceof CloudActError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CloudActError('file_not_found', {
      detail: `${path} does not exist. Check the path.`,
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'permission is missing'
      : code?.startsWith('Z')
        ? `its gzip data is damaged or cut off (${message})`
        : message;
  return new CloudActError('file_unreadable', {
    detail: `${path}: ${why}. Check the file, or export the bill again.`,
    cause: error,
  });
}

/** A CSV file of which some lines end in one way and some in another: nobody can tell what its records are. */
export function mixedLineEnds(path: string, cause?: unknown): CloudActError {
  return new CloudActError('rows_unreadable', {
    detail: `${path} mixes line ends or breaks its quotes. Save it with one kind of line end, or export the bill again.`,
    ...(cause !== undefined && { cause }),
  });
}
