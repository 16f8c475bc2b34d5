import { CloudActError } from '@cloudact/core/errors';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openRootKey } from './root-key.ts';

const secret = `${'k'.repeat(20)}0123456789-_.~+/`;

it('matches its own text and no other', () => {
  const key = openRootKey(secret);
  expect(key.matches(secret)).toBe(true);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => !key.matches(text) && !key.matches(`${secret}${text} `)),
  );
});

it.each([
  ['missing', undefined],
  ['empty', ''],
  ['31 bytes', 'a'.repeat(31)],
  ['not fit for a header', `${'a'.repeat(40)} b`],
])('a root key that is %s stops the start, and is not repeated in the error', (_name, text) => {
  expect(() => openRootKey(text)).toThrow(CloudActError);
  try {
    openRootKey(text);
  } catch (error) {
    expect((error as CloudActError).code).toBe('configuration_invalid');
    if (text) expect((error as CloudActError).detail).not.toContain(text);
  }
});
