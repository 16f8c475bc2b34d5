import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { landingBench } from './testing.ts';

const { file, land, path: at, refusal, workbench } = landingBench();

const ROWS = 'id,cost\na,1.5\n"b ""x"",\ny",2\n,NULL\n';
const LANDED = [
  { raw_0: 'a', raw_1: '1.5', x_SourceFile: 'bill', x_SourceRow: '1' },
  { raw_0: 'b "x",\ny', raw_1: '2', x_SourceFile: 'bill', x_SourceRow: '2' },
  { raw_0: null, raw_1: null, x_SourceFile: 'bill', x_SourceRow: '3' },
];

describe('what a file is, its content says', () => {
  test.each([
    ['plain', ROWS],
    ['with a byte order mark', `\ufeff${ROWS}`],
    ['with Windows line ends', ROWS.replace(/\n(?!y)/g, '\r\n')],
    ['with semicolons', ROWS.replace('b ""x"",', 'b ""x"";').replaceAll(',', ';').replace('b ""x"";', 'b ""x"",')],
    ['gzipped', gzipSync(ROWS)],
  ])('CSV %s', async (_, content) => {
    expect((await land([await file('bill', content)])).content).toEqual(LANDED);
  });

  test('Parquet', async () => {
    const parquet = at('out.parquet');
    await workbench().run(`COPY (SELECT 'a' AS id, 1.5::DECIMAL(9,2) AS cost, TIMESTAMPTZ '2025-01-01 00:00:00+00' AS day, MAP {'k': 'v'} AS tags)
      TO '${parquet}' (FORMAT parquet)`);
    expect((await land([parquet])).content).toEqual([
      {
        raw_0: 'a',
        raw_1: '1.50',
        raw_2: '2025-01-01 00:00:00',
        raw_3: '{"k":"v"}',
        x_SourceFile: 'out.parquet',
        x_SourceRow: '1',
      },
    ]);
  });

  test.each([
    ['nothing', '', 'file_format_unknown'],
    ['a ZIP archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'file_unreadable'],
    ['UTF-16', Buffer.from('\ufeffid,cost\n', 'utf16le'), 'file_unreadable'],
    ['cut-off gzip', gzipSync('id,cost\n'.repeat(9999)).subarray(0, 60), 'file_unreadable'],
    ['cut-off Parquet', Buffer.from('PAR1 and no more'), 'file_unreadable'],
    ['another bill', 'no,columns,of,ours\n', 'file_format_unknown'],
    ['the same column twice', 'id,cost,cost\n', 'file_format_unknown'],
  ])('%s is refused as what it is', async (_, content, code) => {
    expect((await refusal([await file('bill', content)])).code).toBe(code);
  });

  test('a missing file is not found', async () => {
    expect((await refusal([at('gone.csv')])).code).toBe('file_not_found');
  });

  test('a pipe is refused before anything waits for it', async () => {
    const pipe = at('pipe');
    execFileSync('mkfifo', [pipe]);
    const error = await refusal([pipe]);
    expect([error.code, error.detail]).toEqual(['file_unreadable', expect.stringContaining('Save it to a file first')]);
  });
});

describe('many files', () => {
  test('columns come together by name, rows keep their own file and number', async () => {
    const paths = [await file('one.csv', 'id,cost\na,1\nb,2\n'), await file('two.csv', 'cost,id,note\n3,c,x\n')];
    expect((await land(paths)).content).toEqual([
      { raw_0: 'a', raw_1: '1', raw_2: null, x_SourceFile: 'one.csv', x_SourceRow: '1' },
      { raw_0: 'b', raw_1: '2', raw_2: null, x_SourceFile: 'one.csv', x_SourceRow: '2' },
      { raw_0: 'c', raw_1: '3', raw_2: 'x', x_SourceFile: 'two.csv', x_SourceRow: '1' },
    ]);
  });

  test('of one name in a folder per month keep their rows and their faults apart', async () => {
    for (const month of ['05', '06']) await mkdir(at(month));
    const paths = [await file('05/r.csv', 'id,cost\na,1\n'), await file('06/r.csv', 'id,cost\nb,x\nc,2\nd,3,4\n')];
    const { content, faults } = await land(paths, true);
    expect(content.map((row) => [row.raw_0, row.x_SourceFile, row.x_SourceRow])).toEqual([
      ['a', '05/r.csv', '1'],
      ['c', '06/r.csv', '2'],
    ]);
    expect(faults.map((fault) => [fault.file, fault.row])).toEqual([
      ['06/r.csv', 3],
      ['06/r.csv', 1],
    ]);
  });

  test('of which a link leads to another are refused: its charges would count twice', async () => {
    const path = await file('one.csv', ROWS);
    await symlink(path, at('again.csv'));
    const error = await refusal([path, at('again.csv')]);
    expect([error.code, error.detail]).toEqual(['usage_invalid', expect.stringContaining('are the same file')]);
  });

  test('columns that differ in case alone stay apart', async () => {
    expect((await land([await file('bill', 'id,Tag,tag\na,1,2\n')])).content[0]).toMatchObject({
      raw_1: '1',
      raw_2: '2',
    });
  });
});

describe('rows that cannot be read', () => {
  const broken = 'id,cost\na,1\nb\nc,1,2\nd,"x"y,3\ne,five\n"f\n\n",1e99\ng,7\n';
  const places = [
    { row: 2, reason: 'has 1 fields; the header has 2' },
    { row: 3, reason: 'has more fields than the 2 of the header' },
    { row: 4, reason: expect.stringContaining('quote') },
    { row: 5, column: 'cost', value: 'five' },
    { row: 6, column: 'cost', value: '1e99' },
  ];

  test('are all named, with file, row and column', async () => {
    const error = await refusal([await file('bill.csv', broken)]);
    expect(error.code).toBe('rows_unreadable');
    expect(error.faults).toMatchObject(places.map((place) => ({ file: 'bill.csv', ...place })));
    expect(error.detail).toContain('5 rows');
  });

  test('are left out on purpose only, and the others keep their numbers', async () => {
    const bill = await land([await file('bill.csv', broken)], true);
    expect(bill.content).toEqual([
      { raw_0: 'a', raw_1: '1', x_SourceFile: 'bill.csv', x_SourceRow: '1' },
      { raw_0: 'g', raw_1: '7', x_SourceFile: 'bill.csv', x_SourceRow: '7' },
    ]);
    expect([bill.rows, bill.skippedRows, bill.faults.length]).toEqual([2, 5, 5]);
  });

  test.each([
    ['never closed', 'a5,5\na6,6\na7,7\n'],
    ['closed rows later', 'a5,5\na6,6"x\na7,7\n'],
    ['closed by the next', 'a5,5\na6,"6"\na7,7\n'],
    ['that takes more than a record may hold', 'a5,5\n'.repeat(4_000_000)],
  ])('after a quote %s are never left out uncounted', async (_, after) => {
    const path = await file('bill.csv', `id,cost\na1,1\n\na2,2\nb,3,3\na4,"open\n${after}`);
    for (const skipUnreadable of [false, true]) {
      const error = await refusal([path], skipUnreadable);
      expect(error.code).toBe('rows_unreadable');
      expect(error.detail).toContain('a quote opened in row 4 is not closed');
      expect(error.faults).toMatchObject([{ file: 'bill.csv', row: 4 }]);
    }
  });

  test('whose count is not that of the records are refused on purpose too', async () => {
    const error = await refusal([await file('bill.csv', 'id,cost\na," "x,"\n"b",2\n')], true);
    expect([error.code, error.detail]).toEqual(['rows_unreadable', expect.stringContaining('not known which')]);
  });

  test('and a last one with an open quote loses nothing but itself', async () => {
    const bill = await land([await file('bill.csv', 'id,cost\na,1\n\n\nb,"x\n')], true);
    expect([bill.rows, bill.skippedRows, bill.faults[0]!.row]).toEqual([1, 1, 2]);
  });

  test.each([
    ['plain', (text: string) => text],
    ['gzipped', gzipSync],
  ])('and blank lines between them leave every record its own number: %s', async (_, packed) => {
    const line = fc.constantFrom('good', 'good', 'broken', 'quoted', 'blank');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), async (lines, end) => {
        const kinds = lines.filter((kind) => kind !== 'blank');
        let number = 0;
        const text = lines.map((kind) => {
          if (kind === 'blank') return '';
          number++;
          if (kind === 'broken') return `${number},1,1`;
          return kind === 'quoted' ? `${number},"n${end}${end}n"` : `${number},n`;
        });
        const { content, faults } = await land(
          [await file('bill.csv', packed(['id,note', ...text, ''].join(end)))],
          true,
        );
        const numbers = (broken: boolean) =>
          kinds.flatMap((kind, index) => ((kind === 'broken') === broken ? [index + 1] : []));
        expect(content.map((row) => [row.raw_0, row.x_SourceRow])).toEqual(
          numbers(false).map((n) => [String(n), String(n)]),
        );
        expect(faults.map((fault) => fault.row)).toEqual(numbers(true));
      }),
      { numRuns: 40 },
    );
  });

  test('bytes that are no UTF-8 are named', async () => {
    const error = await refusal([await file('bill', Buffer.from('id,cost\na,1\n\xff\xfe,2\n', 'latin1'))]);
    expect(error.faults).toMatchObject([{ row: 2, reason: 'is not UTF-8' }]);
  });

  test('a hundred are shown, all are counted', async () => {
    const error = await refusal([await file('bill', `id,cost\n${'a,x\n'.repeat(250)}`)]);
    expect(error.faults).toHaveLength(100);
    expect(error.detail).toContain('250 rows');
    expect(error.detail).not.toContain('header line');
  });

  test('mixed line ends are refused, never half read', async () => {
    for (const content of ['id,cost\r\na,1\nb,2\r\n', 'id,cost\na,1\r\nb,2\n']) {
      expect((await refusal([await file('bill', content)])).code).toBe('rows_unreadable');
    }
  });
});

test('in a large file that is read in parallel every record has its own number', async () => {
  const count = 300_000;
  const lines = Array.from({ length: count }, (_, index) =>
    index % 7 === 0
      ? `${index + 1},"line\n${'x'.repeat(40)}, ""y"" ${index}"`
      : `${index + 1},${'z'.repeat(index % 90)}`,
  );
  const bill = await land([await file('bill', `id,note\n${lines.join('\n')}\n`)]);
  const [row] = await workbench().rows(
    `SELECT count(*) AS n, count(*) FILTER (CAST(raw_0 AS BIGINT) <> x_SourceRow) AS wrong FROM ${bill.table}`,
  );
  expect(row).toEqual({ n: String(count), wrong: '0' });
});

test('in a large file with blank lines and broken rows every record keeps its own number', async () => {
  const lines = Array.from({ length: 300_000 }, (_, index) => {
    const blank = index % 1000 === 3 ? '\n\n' : '';
    return `${blank}${index + 1},${'z'.repeat(index % 90)}${index % 997 === 5 ? ',more' : ''}`;
  });
  const bill = await land([await file('bill', `id,note\n${lines.join('\n')}\n`)], true);
  const [row] = await workbench().rows(
    `SELECT count(*) FILTER (CAST(raw_0 AS BIGINT) <> x_SourceRow) AS wrong FROM ${bill.table}`,
  );
  expect(row).toEqual({ wrong: '0' });
  expect(bill.rows + bill.skippedRows).toBe(300_000);
  expect(bill.faults.map((fault) => fault.value!.split(',')[0])).toEqual(bill.faults.map((fault) => String(fault.row)));
});

test('whatever bytes come, landing keeps every record or says that it cannot', async () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', '1.5', '"', '""', 'x"y', 'é', 'NULL', '\u0000', 'a b'),
    fc.string({ maxLength: 8, unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '\\', ';', '٣') }),
  );
  const quotedCell = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
  const record = fc.array(fc.oneof(cell, quotedCell), { minLength: 1, maxLength: 3 }).map((cells) => cells.join(','));
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 12 }), async (records) => {
      const path = await file('fuzz.csv', `id,cost\n${records.join('\n')}\n`);
      try {
        const bill = await land([path]);
        expect(bill.content.map((row) => row!.x_SourceRow)).toEqual(bill.content.map((_, index) => String(index + 1)));
      } catch (error) {
        expect((error as Error).name).toBe('CloudActError');
      }
    }),
    { numRuns: 150 },
  );
});

test('well-formed CSV lands as it is', async () => {
  const text = fc
    .string({ maxLength: 12, unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é', '1', ';', "'") })
    .filter((value) => value !== 'NULL');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }), async (records) => {
      const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
      const lines = records.map((record) => record.map(quoted).join(','));
      const { content } = await land([await file('well-formed.csv', `id,note\n${lines.join('\n')}\n`)]);
      expect(content.map((row) => [row!.raw_0, row!.raw_1])).toEqual(
        records.map((record) => record.map((value) => value || null)),
      );
    }),
    { numRuns: 100 },
  );
});
