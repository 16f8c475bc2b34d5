import { mkdir, readdir, rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { CloudActError } from '@cloudact/core/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { landingBench } from './testing.ts';

const { file, land, path } = landingBench();

/** What landing gives, or the error with which it refuses, in a form to compare. */
async function outcome(paths: readonly string[], skipUnreadable: boolean, partBytes?: number) {
  const staging = partBytes === undefined ? undefined : { path: path('staging'), partBytes };
  try {
    const { rows, skippedRows, faults, content } = await land(paths, skipUnreadable, staging);
    return { rows, skippedRows, faults, content };
  } catch (error) {
    if (!(error instanceof CloudActError)) throw error;
    const { code, faults, detail } = error;
    return { code, faults, detail };
  }
}

/** Lands files in memory and staged, in parts of a few bytes, and gives both outcomes. */
async function both(paths: readonly string[], skipUnreadable: boolean, partBytes = 1) {
  await rm(path('staging'), { recursive: true, force: true });
  await mkdir(path('staging'));
  const inMemory = await outcome(paths, skipUnreadable);
  const staged = await outcome(paths, skipUnreadable, partBytes);
  const parts = (await readdir(path('staging'))).filter((name) => name.startsWith('part'));
  if (staged.code === undefined) expect(parts).toEqual([]);
  return { inMemory, staged };
}

const ROWS = 'id,cost\na,1.5\n"b ""x"",\ny",2\n\n,NULL\n';
const BROKEN = 'id,cost\na,1\nb\n\nc,1,2\nd,"x"y,3\ne,five\n"f\n\n",1e99\ng,7\n';

test.each([
  ['whole', ROWS],
  ['with a byte order mark', `\ufeff${ROWS}`],
  ['with Windows line ends', ROWS.replace(/\n(?!y)/g, '\r\n')],
  ['with Windows line ends and other ones in values', 'id,cost\r\n"a\nb",1\r\n"c\rd",2\r\n'],
  ['with line feeds and other line ends in values', 'id,cost\n"a\r\nb",1\n"c\rd",2\n'],
  ['with carriage returns alone', 'id,note\ra,x;1\r\rb,y\r'],
  ['without a line end at its end', 'id,note\na,x;1'],
  ['with bars', 'id|note\na|x;1\nb\n'],
  ['with delimiters at the end of its rows', 'id,note\na,x;1,\n'],
  ['without rows', 'id,cost\n'],
  ['with blank lines alone', 'id,cost\r\n\r\n\r\n'],
  ['with broken rows', BROKEN],
  ['with bytes that are no UTF-8', Buffer.from('id,cost\na,1\n\xff\xfe,2\nb,3\n', 'latin1')],
  ['gzipped, with broken rows', gzipSync(BROKEN)],
  ['with a value that is not closed', 'id,cost\na1,1\n\na2,2\nb,3,3\na4,"open\na5,5\n'],
  ['with a quote that is closed rows later', 'id,cost\na1,1\na2,"open\na5,5\na6,6"x\na7,7\n'],
  ['with a quote that is closed by the next', 'id,cost\na1,1\na2,"open\na5,5\na6,"6"\na7,7\n'],
  ['with an open quote in its last row', 'id,cost\na,1\n\n\nb,"x\n'],
  ['with another line end in a row', 'id,cost\na,1\r\nb,2\n'],
  ['with another line end in its header', 'id,cost\r\na,1\nb,2\r\n'],
])('a CSV file %s is the same staged in parts as in memory', async (_, content) => {
  const bill = await file('bill.csv', content);
  for (const partBytes of [1, 12, 1000]) {
    for (const skipUnreadable of [false, true]) {
      const { inMemory, staged } = await both([bill], skipUnreadable, partBytes);
      expect(staged).toEqual(inMemory);
    }
  }
});

test('the columns of staged files come together by name, and their faults keep the order of the files', async () => {
  const files = [
    await file('two.csv', 'cost,id,note\n3,c,x\nfive,d,y\n'),
    await file('one.csv', 'id,cost\na,1\nb\nc,x\n'),
    await file('three.ndjson', '{"id":"j","cost":4}\nno JSON\n{"id":"k","cost":"y"}\n'),
  ];
  for (const skipUnreadable of [false, true]) {
    const { inMemory, staged } = await both(files, skipUnreadable);
    const byPlace = (rows: readonly unknown[] = []) => rows.map((row) => JSON.stringify(row)).sort();
    expect({ ...staged, content: byPlace(staged.content) }).toEqual({
      ...inMemory,
      content: byPlace(inMemory.content),
    });
  }
});

const cell = fc.oneof(
  fc.constantFrom('', 'a', '1.5', '"', '""', 'x"y', 'é', 'NULL', '\u0000', '12,'),
  fc.string({ maxLength: 8, unit: fc.constantFrom('a', ',', '"', ' ', '\\', ';', '٣', '7') }),
);
const quoted = fc
  .string({ maxLength: 8, unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '\\', ';', '٣', '7') })
  .map((text) => `"${text.replaceAll('"', '""')}"`);
const record = fc.array(fc.oneof(cell, quoted), { minLength: 1, maxLength: 3 }).map((cells) => cells.join(','));
const shape = [fc.integer({ min: 1, max: 40 }), fc.boolean()] as const;

test('whatever a CSV file holds, the rows that are staged are those that memory would hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      ...shape,
      async (records, end, partBytes, skipUnreadable) => {
        const bill = await file('fuzz.csv', ['id,cost', ...records, ''].join(end));
        const { inMemory, staged } = await both([bill], skipUnreadable, partBytes);
        // What follows a broken quote can be one record to one of them, which names it, and end the bill for the other.
        const [refused, named] = staged.code === undefined ? [inMemory, staged] : [staged, inMemory];
        if (refused.code === 'rows_unreadable' && named.code === undefined) {
          expect(named.skippedRows).toBeGreaterThan(0);
        } else if (staged.code === undefined || inMemory.code === undefined) expect(staged).toEqual(inMemory);
        else expect(staged.code).toBe(inMemory.code);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('a letter of several bytes after a closing quote is a fault of the quote, in memory and staged', async () => {
  const bill = await file('quote.csv', 'id,cost\n""٣,1\n');
  const { inMemory, staged } = await both([bill], true);
  expect(staged).toEqual(inMemory);
  expect(staged.faults).toMatchObject([{ row: 1, reason: expect.stringContaining('quote') }]);
});

test('where lines end in all ways at once, staging keeps every record or says that it cannot', async () => {
  const ends = fc.array(fc.tuple(record, fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n\r\n')), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(ends, ...shape, async (lines, partBytes, skipUnreadable) => {
      const bill = await file('fuzz.csv', `id,cost\n${lines.flat().join('')}`);
      const { staged } = await both([bill], skipUnreadable, partBytes);
      if (staged.content === undefined) return;
      const landed = staged.content.map((row) => Number(row!.x_SourceRow));
      const numbers = [...landed, ...staged.faults.map((fault) => fault.row)];
      expect(new Set(numbers)).toEqual(
        new Set(Array.from({ length: staged.rows + staged.skippedRows }, (_, n) => n + 1)),
      );
    }),
    { numRuns: 30 },
  );
}, 120_000);

test('in many parts that are read by all cores every record keeps its own number', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => {
    const blank = index % 1000 === 3 ? '\n\n' : '';
    const note = index % 7 === 0 ? `"line\n${'x'.repeat(40)}, ""y"" ${index}"` : 'z'.repeat(index % 90);
    return `${blank}${index + 1},${note}${index % 997 === 5 ? ',more' : ''}`;
  });
  const { staged } = await both([await file('bill', `id,note\n${lines.join('\n')}\n`)], true, 2_000_000);
  expect(staged.rows! + staged.skippedRows!).toBe(100_000);
  expect(staged.content!.filter((row) => row!.raw_0 !== row!.x_SourceRow)).toEqual([]);
  expect(staged.faults!.map((fault) => fault.value!.split(/[\s,]/)[0])).toEqual(
    staged.faults!.map(({ row }) => String(row)),
  );
});
