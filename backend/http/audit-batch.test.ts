import { expect, it } from 'vitest';
import { type FinishedEntry, openAuditBatch } from './audit-batch.ts';
import { refusedEntry as entry } from './audit-testing.ts';

/** A log that can be away; `written` has the entries that arrived. */
function openLog() {
  const log = {
    away: false,
    written: [] as FinishedEntry[],
    errors: [] as object[],
    async record(entries: readonly FinishedEntry[]) {
      if (log.away) throw new Error('away');
      log.written.push(...entries);
    },
    error: (details: object) => void log.errors.push(details),
  };
  return log;
}

const never = 1_000_000;

it('writes what waits, in order, and once', async () => {
  const log = openLog();
  const batch = openAuditBatch(log, log, { flushMilliseconds: never });
  for (let index = 0; index < 1200; index++) batch.add(entry(String(index)));
  await Promise.all([batch.flush(), batch.flush()]);
  await batch.close();
  expect(log.written.map(({ action }) => Number(action))).toEqual(Array.from({ length: 1200 }, (_, index) => index));
});

it('what could not be written waits, and arrives once the log is there again', async () => {
  const log = openLog();
  log.away = true;
  const batch = openAuditBatch(log, log, { flushMilliseconds: never });
  batch.add(entry('first'));
  await batch.flush();
  batch.add(entry('second'));
  log.away = false;
  await batch.close();
  expect(log.written.map(({ action }) => action)).toEqual(['first', 'second']);
  expect(log.errors).toEqual([expect.objectContaining({ waiting: 1 })]);
});

it('holds so many and no more: the oldest are dropped, and how many is logged', async () => {
  const log = openLog();
  const batch = openAuditBatch(log, log, { maximumEntries: 3, flushMilliseconds: never });
  for (const action of ['a', 'b', 'c', 'd', 'e']) batch.add(entry(action));
  await batch.close();
  expect(log.written.map(({ action }) => action)).toEqual(['c', 'd', 'e']);
  expect(log.errors).toEqual([{ dropped: 2 }]);
});

it('when it is full, refusals of strangers go before what anybody else did', async () => {
  const log = openLog();
  const batch = openAuditBatch(log, log, { maximumEntries: 3, flushMilliseconds: never });
  const mine = (action: string) => ({ ...entry(action), actor: { kind: 'api_key', id: 'key_1' } });
  for (const each of [mine('a'), entry('b'), entry('c'), mine('d'), mine('e'), mine('f')]) batch.add(each);
  await batch.close();
  expect(log.written.map(({ action }) => action)).toEqual(['d', 'e', 'f']);
});

it('what is lost at the end is logged', async () => {
  const log = openLog();
  log.away = true;
  const batch = openAuditBatch(log, log, { flushMilliseconds: never });
  batch.add(entry('lost'));
  await batch.close();
  expect(log.errors.at(-1)).toEqual({ lost: 1 });
});
