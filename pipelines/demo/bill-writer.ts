import { CloudActError } from '@cloudact/core/errors';
import type { Day } from './calendar.ts';
import type { Story } from './story.ts';

/** What every provider's writer knows of the demo. */
export interface DemoContext {
  readonly seed: number;
  readonly story: Story;
  /** The last day that has been metered. */
  readonly today: Day;
}

/** Writes the demo company's bill in the files that one provider delivers. */
export interface DemoBillWriter {
  /** `aws`, `azure`, `gcp` or `oci`. */
  readonly provider: string;
  /** The integration under which these files are meant to be loaded, for example `aws-demo`. */
  readonly integrationId: string;
  /**
   * Writes one month (`YYYY-MM`) below `directory`, in the provider's own layout. The same month twice gives the
   * same bytes.
   */
  writeMonth(month: string, directory: string): Promise<WrittenMonth>;
}

export interface WrittenMonth {
  /** `YYYY-MM`. */
  month: string;
  /** Paths of the files with billing rows, in order; the provider's manifest is beside them. */
  files: string[];
  /** Rows in these files, headers not counted. */
  rows: number;
  /** What the provider bills for the month, before tax where its bill has none, in `currency`, as exact decimal text. */
  total: string;
  /** ISO 4217. */
  currency: string;
  /** An earlier delivery of the month, where the provider restated it: what was right until `files` came. */
  restated?: Omit<WrittenMonth, 'month' | 'restated'>;
}

/** Says in the catalogue's words that a place cannot be written; anything that is not about the place stays as it is. */
export function unwritable(cause: unknown, place: string): unknown {
  const code =
    (cause as NodeJS.ErrnoException).syscall === undefined ? undefined : (cause as NodeJS.ErrnoException).code;
  if (code === undefined) return cause;
  return new CloudActError(code === 'ENOSPC' ? 'storage_full' : 'output_unwritable', {
    detail: `${place} cannot be written (${code}). Choose a place that can be written and has room.`,
    cause,
  });
}
