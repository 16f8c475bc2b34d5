import { describe, expect, test } from 'vitest';
import type { CredentialField } from './connector.ts';
import { readSettings } from './settings.ts';

const fields: readonly CredentialField[] = [
  { name: 'bucket', label: 'Bucket', help: '', kind: 'text', required: true, pattern: '[a-z]+', expected: 'a name' },
  {
    name: 'dataset',
    label: 'Dataset',
    help: '',
    kind: 'choice',
    required: true,
    choices: [
      { value: 'raw', label: 'Raw' },
      { value: 'focus', label: 'FOCUS' },
    ],
  },
  { name: 'key', label: 'Key', help: '', kind: 'secret', required: false, pattern: 'k-.*', expected: 'a key' },
  {
    name: 'version',
    label: 'Version',
    help: '',
    kind: 'text',
    required: true,
    when: { field: 'dataset', values: ['focus'] },
  },
];

function faultsOf(input: Record<string, unknown>) {
  try {
    readSettings(fields, input);
  } catch (error) {
    return error as { code: string; message: string; faults: { column: string; reason: string; value?: string }[] };
  }
  throw new Error('the settings were taken');
}

describe('readSettings', () => {
  test('gives the values that were filled in, without the spaces around them', () => {
    expect(readSettings(fields, { bucket: ' bills ', dataset: 'raw', key: 'k- x ', version: '' })).toEqual({
      bucket: 'bills',
      dataset: 'raw',
      key: 'k- x ',
    });
    expect(readSettings(fields, { bucket: 'b', dataset: 'focus', version: '1', key: null })).toEqual({
      bucket: 'b',
      dataset: 'focus',
      version: '1',
    });
  });

  test('names every field that is wrong, once', () => {
    const { code, faults } = faultsOf({ bucket: 'Bills/1', dataset: 'other', role: 'admin' });
    expect(code).toBe('settings_invalid');
    expect(faults).toEqual([
      { column: 'bucket', value: 'Bills/1', reason: 'must be a name' },
      { column: 'dataset', value: 'other', reason: 'must be one of raw, focus' },
      { column: 'role', reason: 'is not a setting of this connection' },
    ]);
  });

  test.each([
    [{}, ['bucket', 'dataset']],
    [{ bucket: 'b', dataset: 'focus' }, ['version']],
    [{ bucket: 'b', dataset: 'raw', version: '1' }, ['version']],
    [{ bucket: 3, dataset: ['raw'] }, ['bucket', 'dataset']],
    [{ bucket: 'a\nb', dataset: 'raw' }, ['bucket']],
    [{ bucket: 'b', dataset: 'raw', key: `k-${'x'.repeat(30_000)}` }, ['key']],
    [{ __proto__: { bucket: 'b' }, dataset: 'raw' }, ['bucket']],
  ])('refuses %j', (input, columns) => {
    expect(faultsOf(input).faults.map(({ column }) => column)).toEqual(columns);
  });

  test('a secret is in no fault and in no message', () => {
    const error = faultsOf({ bucket: 'b', dataset: 'raw', key: 'hunter2' });
    expect(error.faults).toEqual([{ column: 'key', reason: 'must be a key' }]);
    expect(JSON.stringify(error) + error.message).not.toContain('hunter2');
  });
});
