import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { unreadable, viewFile } from './file.ts';
import type { ValidationReport } from './report.ts';
import { type ValidationOptions, validateFocusTable } from './validate-table.ts';

/**
 * Judges a file by FOCUS 1.3: CSV (plain or gzip), Parquet, or NDJSON, known by its content. The file is streamed, so
 * memory stays bounded whatever its size.
 * Throws `file_not_found`, `file_unreadable`, `file_format_unknown`, and the reason of `signal` when that aborts.
 */
export async function validateFocusFile(
  path: string,
  options: Omit<ValidationOptions, 'columns'> & { memoryLimit?: string; signal?: AbortSignal } = {},
): Promise<ValidationReport> {
  const { memoryLimit, signal, ...validation } = options;
  const workbench = await openWorkbench({ inputs: [path], outputs: [], ...(memoryLimit && { memoryLimit }) });
  const interrupt = () => workbench.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    await viewFile(workbench, path, 'delivered');
    const report = await validateFocusTable(workbench, { ...validation, table: 'delivered' });
    return { file: path, ...report };
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await workbench.close();
  }
}
