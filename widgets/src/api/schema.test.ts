import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { costPath, splitDimensions } from './cost-query.js';

it("the types are those of the API's OpenAPI file", () => {
  const script = fileURLToPath(new URL('../../scripts/api-types.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

it('asks the question that the API documents, the same one with the same address', () => {
  const query = { metric: 'EffectiveCost', granularity: 'day', from: '2026-10-01', to: '2026-11-01', top: 8 } as const;
  const path = costPath({
    ...query,
    groupBy: ['ServiceName', 'tag:team'],
    filters: ['SubAccountId:2', 'SubAccountId:1'],
  });
  expect(path).toBe(
    '/v1/costs?metric=EffectiveCost&granularity=day&from=2026-10-01&to=2026-11-01&group_by=ServiceName&group_by=tag%3Ateam&filter=SubAccountId%3A1&filter=SubAccountId%3A2&top=8',
  );
  expect(costPath({ ...query, groupBy: [], filters: [] })).not.toContain('top=');
});

it('reads a list of dimensions with any spacing', () => {
  expect(splitDimensions(' ServiceName ,tag:cost center, ')).toEqual(['ServiceName', 'tag:cost center']);
  expect(splitDimensions('')).toEqual([]);
});
