import { convert } from '../convert/index.ts';
import { createPriceBook, type PriceBook, readOverridesFile } from '../prices/index.ts';
import { conversionSummary } from './conversion-summary.ts';
import { exitCodes } from './exit-codes.ts';
import { inputFiles } from './input-files.ts';
import { progressDisplay } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface ConvertCommandOptions {
  from: string;
  out: string;
  commitments?: string;
  prices?: string;
  skipUnreadable?: boolean;
  json?: boolean;
}

/** So many of the source's own faults fit into one JSON text, whatever the file. */
const JSON_FAULTS = 100_000;

export async function convertCommand(
  files: readonly string[],
  options: ConvertCommandOptions,
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal },
): Promise<number> {
  const display = progressDisplay(terminal);
  const report = await convert({
    files: await inputFiles(files),
    from: options.from,
    output: options.out,
    ...(options.commitments !== undefined && { commitments: options.commitments }),
    ...(await ownPrices(options.prices)),
    skipUnreadable: options.skipUnreadable ?? false,
    ...(options.json && { sourceFaultLimit: JSON_FAULTS }),
    onProgress: display.show,
    ...(signal && { signal }),
  }).finally(display.end);
  terminal.out(options.json ? JSON.stringify({ ok: true, ...report }, null, 2) : conversionSummary(report));
  return report.rowsSkipped > 0 ? exitCodes.rowsUnreadable : exitCodes.ok;
}

/** The published prices with an organisation's own above them, where there are any. */
export async function ownPrices(file: string | undefined): Promise<{ prices?: PriceBook }> {
  return file === undefined ? {} : { prices: createPriceBook({ overrides: await readOverridesFile(file) }) };
}
