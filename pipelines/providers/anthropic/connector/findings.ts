import { CloudActError } from '@cloudact/core/errors';
import type { CheckFinding } from '../../connector.ts';

/** Runs the steps until one fails. */
export async function findingsOf(
  steps: readonly (readonly [step: string, work: () => Promise<string>])[],
  signal: AbortSignal | undefined,
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
