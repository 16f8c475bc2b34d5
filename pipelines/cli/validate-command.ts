import { formatReport, validateFocusFile } from '../focus/validate/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export async function validateCommand(
  file: string,
  options: { json?: boolean },
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal },
): Promise<number> {
  const report = await validateFocusFile(file, { ...(signal && { signal }) });
  terminal.out(
    options.json ? JSON.stringify({ ok: report.conforms, ...report }, null, 2) : formatReport(report).trimEnd(),
  );
  return report.conforms ? exitCodes.ok : exitCodes.failed;
}
