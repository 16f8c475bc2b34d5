import { CloudActError } from '@cloudact/core/errors';
import { costAndUsageColumnIds } from '@cloudact/core/focus';
import { rollupDimensions } from '@cloudact/core/warehouse';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  dimensionColumns,
  formatDimension,
  formatFilter,
  isInRollup,
  parseDimension,
  parseFilter,
} from './dimension.ts';

it('the closed list holds FOCUS columns and the integration, and every dimension of the roll-up', () => {
  expect(dimensionColumns.filter((name) => !costAndUsageColumnIds.includes(name as never))).toEqual([
    'x_IntegrationId',
  ]);
  expect(dimensionColumns).toEqual(expect.arrayContaining([...rollupDimensions, 'ResourceId', 'SkuId']));
  expect(dimensionColumns).not.toContain('Tags');
  expect(dimensionColumns).not.toContain('BilledCost');
  expect(dimensionColumns).not.toContain('org_slug');
});

it('the roll-up answers for its own dimensions only', () => {
  expect(isInRollup(parseDimension('ServiceName', 'p'))).toBe(true);
  expect(isInRollup(parseDimension('x_IntegrationId', 'p'))).toBe(true);
  expect(isInRollup(parseDimension('ResourceId', 'p'))).toBe(false);
  expect(isInRollup(parseDimension('tag:ServiceName', 'p'))).toBe(false);
});

it.each([
  ['SubAccountId:123', { kind: 'column', column: 'SubAccountId' }, '123'],
  ['ServiceName:a:b', { kind: 'column', column: 'ServiceName' }, 'a:b'],
  ['RegionId:', { kind: 'column', column: 'RegionId' }, null],
  ['tag:team:search', { kind: 'tag', key: 'team' }, 'search'],
  ['tag:team:', { kind: 'tag', key: 'team' }, null],
  ['tag:aws%3AcreatedBy:me:you', { kind: 'tag', key: 'aws:createdBy' }, 'me:you'],
])('the filter %s', (text, dimension, value) => {
  expect(parseFilter(text, 'p')).toEqual({ dimension, value });
});

it('an unknown dimension is told with the ones there are', () => {
  expect(() => parseDimension('Service', 'query/group_by/0')).toThrow(/"Service" is not a dimension; .*ServiceName/);
});

it('a tag key with a bare colon is told how to write it', () => {
  expect(() => parseDimension('tag:aws:createdBy', 'p')).toThrow(/tag:aws%3AcreatedBy/);
});

it('what is written is read back', () => {
  const dimension = fc.oneof(
    fc.constantFrom(...dimensionColumns).map((column) => ({ kind: 'column' as const, column })),
    fc.string({ unit: 'grapheme', minLength: 1 }).map((key) => ({ kind: 'tag' as const, key })),
  );
  const value = fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme', minLength: 1 }));
  fc.assert(
    fc.property(dimension, value, (someDimension, someValue) => {
      const filter = { dimension: someDimension, value: someValue };
      expect(parseDimension(formatDimension(someDimension), 'p')).toEqual(someDimension);
      expect(parseFilter(formatFilter(filter), 'p')).toEqual(filter);
    }),
  );
});

it('no text makes the parsers throw anything but request_invalid', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((rest) => `tag:${rest}`),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(parseDimension, parseFilter), (candidate, parse) => {
      try {
        parse(candidate, 'p');
      } catch (error) {
        expect(error).toBeInstanceOf(CloudActError);
        expect((error as CloudActError).code).toBe('request_invalid');
      }
    }),
  );
});
