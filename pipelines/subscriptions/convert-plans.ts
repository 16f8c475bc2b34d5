import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { CloudActError } from '@cloudact/core/errors';
import { type ConvertOptions, type ConvertReport, convert } from '../convert/index.ts';
import type { Day } from './calendar.ts';
import { dayText } from './calendar.ts';
import { subscriptionRows } from './charges.ts';
import type { PlanDocument } from './plan.ts';

/**
 * Writes the charges of a document through a day as NDJSON, one {@link SubscriptionRow} a line. Returns how many.
 *
 * Throws as `subscriptionRows` does, and the signal's reason when it is aborted.
 */
export async function writeSubscriptionRows(
  document: PlanDocument,
  through: Day,
  path: string,
  signal?: AbortSignal,
): Promise<number> {
  const stream = createWriteStream(path);
  let rows = 0;
  try {
    for (const row of subscriptionRows(document, through)) {
      if (rows++ % 1000 === 0) signal?.throwIfAborted();
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
    }
  } finally {
    stream.end();
    await finished(stream);
  }
  return rows;
}

interface ConvertPlansOptions extends Pick<ConvertOptions, 'output' | 'commitments' | 'onProgress' | 'signal'> {
  /** Names the charges' source in `x_SourceFile`. */
  readonly name: string;
  /** The last day that has come; what lies ahead is no charge yet. */
  readonly through: Day;
}

/**
 * A plan document → one file in FOCUS 1.3, tied to its invoices to the last digit.
 *
 * Throws as `convert` and `subscriptionRows` do; `settings_invalid` where nothing is charged through that day.
 */
export async function convertPlans(document: PlanDocument, options: ConvertPlansOptions): Promise<ConvertReport> {
  const { name, through, output, commitments, onProgress, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-subscriptions-'));
  try {
    const file = join(folder, `${basename(name, '.json')}.ndjson`);
    const rows = await writeSubscriptionRows(document, through, file, signal);
    if (rows === 0) {
      throw new CloudActError('settings_invalid', {
        detail: `${name} charges nothing through ${dayText(through)}. Name a later day, or correct when the subscriptions start.`,
      });
    }
    return await convert({
      files: [file],
      from: 'subscriptions',
      output,
      ...(commitments !== undefined && { commitments }),
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
