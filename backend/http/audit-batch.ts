import type { AuditLog } from '@cloudact/core/metadata';
import type { FastifyBaseLogger } from 'fastify';

export type FinishedEntry = Parameters<AuditLog['record']>[0][number];

/** Entries that may wait: they are written together, once a second and at the end. */
export interface AuditBatch {
  add(entry: FinishedEntry): void;
  /** Writes what waits. Never throws: what could not be written goes on waiting. */
  flush(): Promise<void>;
  /** Writes what waits and stops the clock. */
  close(): Promise<void>;
}

/**
 * Holds at most `maximumEntries`: when the log cannot be written for long, or somebody tries credentials faster than it
 * can, the oldest are dropped, those that prove nobody before all others, and how many is logged.
 */
export function openAuditBatch(
  audit: Pick<AuditLog, 'record'>,
  log: Pick<FastifyBaseLogger, 'error'>,
  { maximumEntries = MAXIMUM_ENTRIES, flushMilliseconds = FLUSH_MILLISECONDS } = {},
): AuditBatch {
  let waiting: FinishedEntry[] = [];
  let dropped = 0;
  let writing: Promise<void> = Promise.resolve();

  const bound = () => {
    const excess = waiting.length - maximumEntries;
    if (excess <= 0) return;
    let toDrop = excess;
    waiting = waiting.filter(({ actor }) => actor.id !== null || toDrop-- <= 0);
    waiting = waiting.slice(Math.max(0, waiting.length - maximumEntries));
    dropped += excess;
  };

  async function write(): Promise<void> {
    if (dropped > 0) log.error({ dropped }, 'audit entries dropped: more came than could be written');
    dropped = 0;
    const entries = waiting.splice(0);
    for (let start = 0; start < entries.length; start += ENTRIES_A_WRITE) {
      try {
        await audit.record(entries.slice(start, start + ENTRIES_A_WRITE));
      } catch (err) {
        log.error({ err, waiting: entries.length - start }, 'audit entries not written yet');
        waiting = [...entries.slice(start), ...waiting];
        bound();
        return;
      }
    }
  }

  const flush = () => (writing = writing.then(write));
  const timer = setInterval(flush, flushMilliseconds).unref();
  return {
    add(entry) {
      waiting.push(entry);
      bound();
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
      if (waiting.length > 0) log.error({ lost: waiting.length }, 'audit entries lost at the end of the process');
    },
  };
}

const MAXIMUM_ENTRIES = 5_000;
const FLUSH_MILLISECONDS = 1_000;
const ENTRIES_A_WRITE = 500;
