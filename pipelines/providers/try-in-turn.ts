import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding } from './connector.ts';

/** One step of a check: its stable name, and the work, which says what it found or throws what is missing. */
export type CheckStep = readonly [step: string, work: () => string | Promise<string>];

/** Tries the steps of a check in their order, and stops at the first that fails. Throws what is a bug, or an abort. */
export async function tryInTurn(
  steps: readonly CheckStep[],
  { signal }: { signal?: AbortSignal | undefined },
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for (const [step, work] of steps) {
    try {
      findings.push({ step, ok: true, detail: await work() });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof CloudActError)) throw error;
      findings.push({ step, ok: false, detail: error.detail });
      break;
    }
  }
  return findings;
}
