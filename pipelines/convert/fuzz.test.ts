import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { billFormats } from '../providers/registry.ts';
import { ties } from '../reconcile/index.ts';
import { convert } from './convert.ts';
import { tinyBills } from './tiny-bills.ts';

/** More of them look longer: `CLOUDACT_FUZZ_RUNS=1000`. */
const RUNS = Number(process.env.CLOUDACT_FUZZ_RUNS ?? 8);
const finds = join(import.meta.dirname, 'fuzz-finds');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What may become of any bytes: a bill that ties, or one error that says what is wrong; nothing else is left behind. */
async function expectTiedOrRefused(bytes: Uint8Array, skipUnreadable = false): Promise<void> {
  const bill = join(folder, 'bill');
  await writeFile(bill, bytes);
  const output = join(folder, 'out.ndjson');
  try {
    const report = await convert({ files: [bill], output, skipUnreadable });
    expect(ties(report.totals)).toBe(true);
    expect(await readdir(folder)).toEqual(['bill', 'out.ndjson']);
    await rm(output);
  } catch (error) {
    if (!(error instanceof CloudActError)) throw error;
    expect(REFUSALS).toContain(error.code);
    expect(await readdir(folder)).toEqual(['bill']);
  }
}

const REFUSALS = ['file_unreadable', 'file_format_unknown', 'rows_unreadable', 'totals_differ', 'usage_invalid'];

const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }),
  fc
    .constantFrom('"', '""', '\n', '\r\n', '\r', ',', ';', '\0', '\ufeff', '-', '9'.repeat(40), '1e-30', '{', '}', '[')
    .map((text) => Buffer.from(text)),
);
/** Puts `bytes` in place of `length` bytes at a place that is a share of the whole. */
const edit = fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 6 }), bytes });
const mutation = fc.record({
  edits: fc.array(edit, { maxLength: 4 }),
  /** The share that is left, of the end that is cut off. */
  keep: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 8, nil: 1 }),
  gzip: fc.boolean(),
  editPacked: fc.boolean(),
  skipUnreadable: fc.boolean(),
});

interface Mutation {
  edits: { place: number; length: number; bytes: Uint8Array }[];
  keep: number;
}

function mutate(bill: Buffer, { edits, keep }: Mutation): Buffer {
  const edited = edits.reduce((whole, { place, length, bytes: by }) => {
    const at = Math.floor(place * whole.length);
    return Buffer.concat([whole.subarray(0, at), by, whole.subarray(at + length)]);
  }, bill);
  return edited.subarray(0, Math.ceil(keep * edited.length));
}

test('every format has a tiny bill, and each converts as it is', async () => {
  expect(Object.keys(tinyBills).sort()).toEqual(billFormats.map(({ id }) => id).sort());
  for (const [id, text] of Object.entries(tinyBills)) {
    await writeFile(join(folder, 'bill'), text);
    const report = await convert({ files: [join(folder, 'bill')], output: join(folder, 'out.csv') });
    expect([report.format.id, ties(report.totals), report.rowsWritten > 0]).toEqual([id, true, true]);
  }
}, 60_000);

test.each(Object.keys(tinyBills))(
  'whatever befalls the bytes of a bill, it ties or is refused: %s',
  async (id) => {
    const bill = Buffer.from(tinyBills[id]!);
    await fc.assert(
      fc.asyncProperty(mutation, async ({ gzip, editPacked, skipUnreadable, ...change }) => {
        const changed = gzip && editPacked ? mutate(gzipSync(bill), change) : mutate(bill, change);
        await expectTiedOrRefused(gzip && !editPacked ? gzipSync(changed) : changed, skipUnreadable);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  600_000,
);

test('whatever befalls the bytes of a Parquet file, it ties or is refused', async () => {
  const csv = join(folder, 'bill.csv');
  const parquet = join(folder, 'bill.parquet');
  await writeFile(csv, tinyBills.focus!);
  const workbench = await openWorkbench({ inputs: [csv], outputs: [parquet] });
  await workbench.run(`COPY (SELECT * FROM read_csv('${csv}', all_varchar = true)) TO '${parquet}' (FORMAT parquet)`);
  await workbench.close();
  const bill = await readFile(parquet);
  await Promise.all([rm(csv), rm(parquet)]);
  await fc.assert(
    fc.asyncProperty(mutation, (change) => expectTiedOrRefused(mutate(bill, change))),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 600_000);

test('what was found before stays mended', async () => {
  for (const find of await readdir(finds)) await expectTiedOrRefused(await readFile(join(finds, find)));
}, 60_000);
