import type { OrgSlug } from '@cloudact/core/org';
import type { RunStore } from './run-store.ts';
import type { LoadProgress, ReportLoad } from './stages.ts';

const MILLISECONDS_BETWEEN_WRITES = 500;

/**
 * Passes progress on at once, and writes it into the run's row now and then: one write at a time, the latest wins.
 * A write that fails is left out; whether the run succeeds does not hang on its progress bar.
 */
export function followProgress(
  store: RunStore,
  org: OrgSlug,
  runId: string,
  onProgress: ((progress: LoadProgress) => void) | undefined,
): { report: ReportLoad; settled(): Promise<void> } {
  let writing: Promise<unknown> | undefined;
  let lastStage: string | undefined;
  let lastWrite = 0;

  return {
    report(progress) {
      onProgress?.(progress);
      const { stage, share, provider, rowsRead } = progress;
      const due = stage !== lastStage || Date.now() - lastWrite >= MILLISECONDS_BETWEEN_WRITES;
      if (writing || !due) return;
      lastStage = stage;
      lastWrite = Date.now();
      const change = { progress: share, ...(provider && { provider }), ...(rowsRead !== undefined && { rowsRead }) };
      writing = store
        .update(org, runId, change)
        .catch(() => undefined)
        .finally(() => {
          writing = undefined;
        });
    },
    async settled() {
      await writing;
    },
  };
}
