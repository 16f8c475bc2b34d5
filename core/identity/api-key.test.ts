import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createApiKey, parseApiKey } from './api-key.ts';

it('a new key has the prefix, 33 and 6 base62 characters, and is read back', () => {
  const key = createApiKey();
  expect(key).toMatch(/^ca_live_[0-9A-Za-z]{39}$/);
  expect(parseApiKey(key)).toBe(key);
});

it('no two keys are equal', () => {
  const keys = Array.from({ length: 1000 }, createApiKey);
  expect(new Set(keys).size).toBe(1000);
});

it('a key with one character mistyped is refused without a look-up', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 46 }), fc.constantFrom(...'0aZ9_-é '), (position, typo) => {
      const key = createApiKey();
      const mistyped = key.slice(0, position) + typo + key.slice(position + 1);
      expect(parseApiKey(mistyped)).toBe(mistyped === key ? key : undefined);
    }),
  );
});

it('no text makes the parser throw, and none that was not issued passes', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^ca_live_[0-9A-Za-z]{39}$/));
  fc.assert(fc.property(text, (candidate) => parseApiKey(candidate) === undefined));
});
