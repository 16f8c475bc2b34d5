import { expect, test } from 'vitest';
import { CloudActError } from '../../errors.ts';
import { isInvalidated, translateFailure } from './failures.ts';

const cut = (file: string) =>
  new Error(`IO Error: Could not read enough bytes from file "${file}": attempted to read 8`);

test('a file is called a damaged dataset only if it is the dataset', () => {
  const context = { file: '/data/acme_prod.duckdb' };
  expect(translateFailure(cut('/data/acme_prod.duckdb'), context)).toMatchObject({ code: 'dataset_damaged' });
  expect(translateFailure(cut('/data/acme_prod.duckdb.wal'), context)).toMatchObject({ code: 'dataset_damaged' });
  for (const error of [cut('/inbox/bill.parquet'), cut('/inbox/bill.csv')]) {
    expect(translateFailure(error, context)).toBe(error);
    expect(translateFailure(error, { directory: '/tmp' })).toBe(error);
  }
});

test.each([
  ['IO Error: Could not write file "/tmp/x": No space left on device', 'storage_full'],
  [
    "Out of Memory Error: failed to offload data block (limit set by the 'max_temp_directory_size' setting)",
    'storage_full',
  ],
  ['Out of Memory Error: failed to allocate data of size 16.0 MiB', 'unavailable'],
])('%s is %s', (message, code) => {
  expect(translateFailure(new Error(message), { file: '/data/acme_prod.duckdb' })).toMatchObject({ code });
});

test('that DuckDB has let go of a file is still known when the failure has our words', () => {
  const error = new Error('FATAL Error: database has been invalidated because of a previous fatal error');
  const translated = translateFailure(error, { file: '/data/acme_prod.duckdb' });
  expect(translated).toMatchObject({ code: 'unavailable' });
  expect(isInvalidated(translated)).toBe(true);
  expect(isInvalidated(new CloudActError('file_unreadable', { detail: 'x', cause: translated }))).toBe(true);
  expect(isInvalidated(new Error('else'))).toBe(false);
});
