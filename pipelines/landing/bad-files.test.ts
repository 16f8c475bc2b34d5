import { appendFile, mkdir, symlink } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inspectFile, refuseChanged } from './source-file.ts';
import { landingBench } from './testing.ts';

const { file, land, path, refusal, workbench } = landingBench();

const BOM = '\ufeff';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each([
  ['nothing', '', 'file_format_unknown', 'is empty'],
  ['a byte order mark alone', BOM, 'file_format_unknown', 'not in the format'],
  ['a gzip of nothing', gzipSync(''), 'file_format_unknown', 'not in the format'],
  ['UTF-16 with its mark', utf16(`${BOM}id,cost\n`), 'file_unreadable', 'UTF-16'],
  ['UTF-16 without its mark', utf16('id,cost\n1,2\n'), 'file_format_unknown', 'UTF-8'],
  ['Latin-1 in the header', Buffer.from('id,caf\xe9\n', 'latin1'), 'file_format_unknown', 'UTF-8'],
  ['a NUL in the header', 'id,co\0st\n', 'file_format_unknown', 'UTF-8'],
  ['the same column twice', 'id,cost,cost\n', 'file_format_unknown', 'two columns named "cost"'],
  ['two columns without a name', 'id,,\n1,2,3\n', 'file_format_unknown', 'two columns named ""'],
  ['a ZIP archive', Buffer.from('PK\x03\x04'), 'file_unreadable', 'unpack it'],
  ['cut-off gzip', gzipSync('id,cost\n1,2\n'.repeat(9999)).subarray(0, 60), 'file_unreadable', 'cut off'],
  ['gzip with a broken check sum', broken(gzipSync('id,cost\n1,2\n')), 'file_unreadable', 'damaged'],
  ['a line of 5 MB for a header', `id,${'x'.repeat(5e6)}`, 'file_format_unknown', 'column names'],
])('%s is refused as what it is', async (_, content, code, detail) => {
  const error = await refusal([await file('bill', content)]);
  expect([error.code, error.detail]).toEqual([code, expect.stringContaining(detail)]);
});

function broken(gzip: Buffer): Buffer {
  gzip[gzip.length - 6]! ^= 0xff;
  return gzip;
}

test.each([
  ['semicolons', 'id;note\na;"x;1"\n'],
  ['tabs', 'id\tnote\na\tx;1\n'],
  ['bars', 'id|note\na|x;1\n'],
  ['carriage returns alone', 'id,note\ra,x;1\r'],
  ['no line end at the end', 'id,note\na,x;1'],
  ['blank lines', 'id,note\n\na,x;1\n\n\n'],
  ['delimiters at the end of its rows', 'id,note\na,x;1,\n'],
  ['a column without a name', 'id,note,\na,x;1,\n'],
])('a file with %s is read', async (_, content) => {
  const bill = await land([await file('bill', content)]);
  expect(bill.content).toMatchObject([{ raw_0: 'a', raw_1: 'x;1', x_SourceRow: '1' }]);
});

test.each([
  ['id,cost\n1,five\n', 'cost', 'five'],
  ['id,cost\n1,"1,5"\n', 'cost', '1,5'],
  [`id,cost\n1,0.${'1'.repeat(40)}\n`, 'cost', `0.${'1'.repeat(40)}`],
  [`id,cost\n1,${'9'.repeat(40)}\n`, 'cost', '9'.repeat(40)],
  ['id,day\n1,0001-01-01T00:00:00Z\n', 'day', '0001-01-01T00:00:00Z'],
  ['id,day\n1,2025-13-01\n', 'day', '2025-13-01'],
])('the value in %j is named', async (content, column, value) => {
  const error = await refusal([await file('bill', content)]);
  expect([error.code, error.faults]).toMatchObject(['rows_unreadable', [{ file: 'bill', row: 1, column, value }]]);
});

test.each([
  ['Latin-1', Buffer.from('id,note\na,b\nc,caf\xe9\n', 'latin1'), 2, 'UTF-8'],
  ['more fields than the header', 'id,note\na,b\nc,d,e\n', 2, 'more fields'],
  ['a line of 100 MB', `id,note\na,b\nc,${'x'.repeat(100e6)}\n`, 2, '16 MiB'],
])('a row with %s is named', async (_, content, row, reason) => {
  const error = await refusal([await file('bill', content)]);
  expect([error.code, error.faults]).toMatchObject([
    'rows_unreadable',
    [{ row, reason: expect.stringContaining(reason) }],
  ]);
});

test('control characters and quoted line ends are values', async () => {
  const { content } = await land([await file('bill', 'id,note\na,"x\n\u0001\u0007,""y"""\n')]);
  expect(content).toMatchObject([{ raw_1: 'x\n\u0001\u0007,"y"' }]);
});

test.each([
  ['CSV', `id,note\n${`a,${'b'.repeat(999)}\n`.repeat(70e3)}`],
  ['JSON', `{"id":"${'b'.repeat(999)}"}\n`.repeat(70e3)],
])('a gzip that unpacks to hundreds of times its size is refused: %s', async (_, content) => {
  const error = await refusal([await file('bill', gzipSync(content))]);
  expect([error.code, error.detail]).toEqual(['file_unreadable', expect.stringContaining('unpacks to more than')]);
});

test('a file that changes while it is read is refused', async () => {
  const bill = await file('bill', 'id\n1\n');
  const source = await inspectFile(workbench(), bill);
  await expect(refuseChanged(source)).resolves.toBeUndefined();
  await appendFile(bill, '2\n');
  await expect(refuseChanged(source)).rejects.toMatchObject({ code: 'source_changed' });
});

test('a link is the file that it leads to, and a link to nothing is not found', async () => {
  await mkdir(path('elsewhere'));
  await file('elsewhere/bill', 'id\n1\n');
  await symlink(path('elsewhere/bill'), path('link'));
  await symlink(path('gone'), path('dead'));
  expect((await refusal([path('dead')])).code).toBe('file_not_found');
  expect((await refusal([path('elsewhere')])).code).toBe('file_unreadable');
});
