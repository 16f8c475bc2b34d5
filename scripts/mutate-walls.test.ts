import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { mutations } from './mutate-walls-list.ts';

const root = resolve(import.meta.dirname, '..');

it.each(mutations())(
  'the wall "$name" stands where the list says, and has its tests',
  ({ file, find, times = 1, tests }) => {
    const text = readFileSync(resolve(root, file), 'utf8');
    expect(text.split(find).length - 1).toBe(times);
    for (const test of tests) expect([test, existsSync(resolve(root, test))]).toEqual([test, true]);
  },
);

it('every wall has a name of its own', () => {
  const names = mutations().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(100);
});
