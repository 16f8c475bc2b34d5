import { serviceSubcategoryNames } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { azureRegions } from './data/regions.ts';
import { azureServices, serviceOfConsumer } from './data/services.ts';

describe('look-ups', () => {
  test('every service has a subcategory of FOCUS, and every consumer a service', () => {
    expect(
      Object.values(azureServices).filter(([subcategory]) => !serviceSubcategoryNames.includes(subcategory)),
    ).toEqual([]);
    expect(Object.values(serviceOfConsumer).filter((name) => !(name in azureServices))).toEqual([]);
  });

  test('a resource type is of one service, and a spelling of one region', () => {
    const types = Object.values(azureServices).flatMap(([, list]) => list.split(' ').filter(Boolean));
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
    const spellings = Object.values(azureRegions).flatMap(([, list]) => list.split(' ').filter(Boolean));
    expect(
      spellings.filter((spelling, index) => spellings.indexOf(spelling) !== index || spelling in azureRegions),
    ).toEqual([]);
  });
});
