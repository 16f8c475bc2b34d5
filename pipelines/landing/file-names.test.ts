import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceFileNames } from './file-names.ts';

describe('the name under which rows say where they are from', () => {
  test('is the base name where it is unique', () => {
    expect(sourceFileNames(['/bills/05/one.csv', '/bills/06/two.csv'])).toEqual(['one.csv', 'two.csv']);
  });

  test('is the shortest end of the path that tells files of one name apart', () => {
    expect(
      sourceFileNames(['/bills/05/r.csv', '/bills/06/r.csv', '/bills/06/s.csv', '/old/06/r.csv', '/r.csv']),
    ).toEqual(['05/r.csv', 'bills/06/r.csv', 's.csv', 'old/06/r.csv', 'r.csv']);
  });

  test('cannot be given to a file that is named twice', () => {
    for (const twice of [
      ['/a/r.csv', '/a/r.csv'],
      ['/a/r.csv', '/r.csv', '/a/../a/r.csv'],
    ]) {
      expect(() => sourceFileNames(twice)).toThrow(expect.objectContaining({ code: 'usage_invalid' }));
    }
  });

  test('is unique, an end of the path, and never absolute, whatever the folders', () => {
    const part = fc.constantFrom('a', 'b', 'r.csv');
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (files) => {
        const names = sourceFileNames(files);
        expect(new Set(names).size).toBe(files.length);
        for (const [index, name] of names.entries()) {
          expect(files[index]!.endsWith(`/${name}`)).toBe(true);
          expect(name.startsWith('/')).toBe(false);
          const shorter = name.split('/').slice(1).join('/');
          const sharing = files.filter((file) => file.endsWith(`/${shorter}`));
          expect(shorter === '' || sharing.length > 1).toBe(true);
        }
      }),
    );
  });
});
