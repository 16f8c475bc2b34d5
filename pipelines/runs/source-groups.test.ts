import { describe, expect, test } from 'vitest';
import { groupSources, sourceNames } from './source-groups.ts';

describe('groupSources', () => {
  test('files with names of their own stay together and keep their base names', () => {
    const files = ['/bills/2026/report-1.csv', '/bills/2026/report-2.csv'];
    expect(groupSources(files).map((group) => group.files)).toEqual([files]);
    expect(sourceNames(files)).toEqual(['report-1.csv', 'report-2.csv']);
  });

  test('files of one name in several folders are told apart by their folders', () => {
    const files = ['/bills/05/r.csv', '/bills/06/r.csv', '/bills/06/s.csv', '/bills/07/r.csv'];
    const groups = groupSources(files);
    expect(groups.map((group) => group.files)).toEqual([[files[0], files[2]], [files[1]], [files[3]]]);
    expect(sourceNames(files)).toEqual(['05/r.csv', '06/r.csv', '06/s.csv', '07/r.csv']);
  });
});
