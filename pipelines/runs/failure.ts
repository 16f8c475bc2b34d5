import { dirname, sep } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { RunStore } from './run-store.ts';

/**
 * Notes in the run's row that it failed, in words for the customer. Never rejects: whoever calls this has the failure
 * itself to throw, and a run whose row cannot be written is queued again when the process starts anew.
 */
export async function noteFailure(
  store: RunStore,
  org: OrgSlug,
  runId: string,
  error: unknown,
  files: readonly string[],
): Promise<void> {
  await store.update(org, runId, { state: 'failed', error: forCustomer(error, files) }).catch(() => undefined);
}

/** What a customer may read: the catalogue's words without our directories; a bug of ours without its particulars. */
function forCustomer(error: unknown, files: readonly string[]): CloudActError {
  if (!(error instanceof CloudActError) || error.status >= 500) {
    const code = error instanceof CloudActError ? error.code : 'internal';
    return new CloudActError(code, {
      detail: 'The run could not be finished. Start it again; if it stays so, tell us.',
    });
  }
  const directories = [...new Set(files.map((file) => dirname(file) + sep))];
  const detail = directories.reduce((text, directory) => text.replaceAll(directory, ''), error.detail);
  return new CloudActError(error.code, { detail });
}
