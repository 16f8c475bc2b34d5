import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { rowNumberColumn, unreadable, viewFile } from './file.ts';
import type { ValidationReport } from './report.ts';
import { type ValidationOptions, type ValidationStage, validateFocusTable } from './validate-table.ts';

export interface FileValidationOptions extends Omit<ValidationOptions, 'columns' | 'rowNumber' | 'onProgress'> {
  /** As DuckDB writes it, for example `2GB`. */
  memoryLimit?: string;
  signal?: AbortSignal;
  /** Called when a part of the work begins. */
  onProgress?: (stage: 'read' | ValidationStage) => void;
}

/**
 * Judges a file by FOCUS 1.3: CSV (plain or gzip), Parquet, or NDJSON, known by its content; Cost and Usage or Contract
 * Commitment, known by its columns. Memory stays bounded whatever its size; text takes room on the temporary disk.
 * Throws `file_not_found`, `file_unreadable`, `file_format_unknown`, and the reason of `signal` when that aborts.
 */
export async function validateFocusFile(path: string, options: FileValidationOptions = {}): Promise<ValidationReport> {
  const { memoryLimit, signal, ...validation } = options;
  const directory = await mkdtemp(join(tmpdir(), 'cloudact-validate-'));
  const staging = join(directory, 'rows.parquet');
  const workbench = await openWorkbench({
    inputs: [path],
    outputs: [staging],
    ...(memoryLimit && { memoryLimit }),
  });
  const interrupt = () => workbench.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    validation.onProgress?.('read');
    await viewFile(workbench, path, { view: 'delivered', staging });
    const report = await validateFocusTable(workbench, {
      ...validation,
      table: 'delivered',
      rowNumber: rowNumberColumn,
    });
    return { file: path, ...report };
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await workbench.close();
    await rm(directory, { recursive: true, force: true });
  }
}
