import { serviceSubcategoryNames } from '@cloudact/core/focus';
import { expect, test } from 'vitest';
import { ociRegions } from './regions.ts';
import { ociServices } from './services.ts';

test('every service has a subcategory of FOCUS and a name of its own', () => {
  const services = Object.values(ociServices);
  expect(services.filter(({ subcategory }) => !serviceSubcategoryNames.includes(subcategory))).toEqual([]);
  expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
  expect(Object.keys(ociServices).filter((code) => !/^[A-Z_]+$/.test(code))).toEqual([]);
});

test('regions, their keys and their names are unique', () => {
  for (const of of ['id', 'key', 'name'] as const) {
    expect(new Set(ociRegions.map((region) => region[of])).size).toBe(ociRegions.length);
  }
});
