import { expect, it } from 'vitest';
import { noneMatchHolds, weakEtag } from './etag.ts';

it('equal parts give an equal tag, and no other parts do', () => {
  expect(weakEtag('acme', 1, 'ab')).toMatch(/^W\/"[\w-]{43}"$/);
  expect(weakEtag('acme', 1, 'ab')).toBe(weakEtag('acme', 1, 'ab'));
  expect(weakEtag('acme', 1, 'ab')).not.toBe(weakEtag('acme', 11, 'b'));
  expect(weakEtag('acme', '1')).not.toBe(weakEtag('acme', 1));
});

it.each([
  ['the tag', 'W/"a"', true],
  ['the tag as a strong one', '"a"', true],
  ['a list with the tag', '"b", W/"a"', true],
  ['a star', '*', true],
  ['another tag', 'W/"b"', false],
  ['a tag within a tag', '"xay"', false],
  ['nonsense', 'a', false],
  ['nothing', undefined, false],
])('If-None-Match with %s', (_name, header, holds) => {
  expect(noneMatchHolds(header, 'W/"a"')).toBe(holds);
});
