import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloudact } from './adapters/cloudact.ts';
import { adapters } from './adapters/index.ts';
import { evaluate } from './arithmetic.ts';
import { classes, type Fixture, readFixtures } from './fixture.ts';
import { allFixtures } from './generate/all-fixtures.ts';
import { readmeWith } from './readme.ts';
import { results, scoreTable } from './score.ts';

const fixtures = readFixtures();
const priced = fixtures.filter(({ prices }) => prices.length > 0);

describe('the fixtures', () => {
  it('are more than 250, of all classes and providers, each with a name of its own', () => {
    expect(fixtures.length).toBeGreaterThan(250);
    expect(new Set(fixtures.map((fixture) => fixture.class))).toEqual(new Set(Object.keys(classes)));
    expect(new Set(fixtures.map(({ provider }) => provider)).size).toBe(9);
    expect(new Set(fixtures.map(({ id }) => id)).size).toBe(fixtures.length);
    for (const kind of Object.keys(classes))
      expect(fixtures.filter((fixture) => fixture.class === kind).length, kind).toBeGreaterThanOrEqual(20);
  });

  it('are those that `generate/` writes', () => {
    const byId = (list: readonly Fixture[]) => new Map(list.map((fixture) => [fixture.id, fixture]));
    expect(byId(fixtures)).toEqual(byId(JSON.parse(JSON.stringify(allFixtures))));
  });

  it.each(priced.map((fixture) => [fixture.id, fixture] as const))('%s: the derivation holds', (_, fixture) => {
    const { value, stated, terms } = evaluate(fixture.derivation);
    expect(stated).toBe(value);
    expect(fixture.expected).toBe(value);
    const stand = new Map(fixture.prices.map((price) => [price.name, price]));
    expect(new Set(terms.map(({ name }) => name))).toEqual(new Set(stand.keys()));
    for (const { factors, per, name } of terms) {
      expect(factors[1]).toBe(stand.get(name)!.usd);
      expect(per).toBe(String(stand.get(name)!.per));
    }
  });

  it('count nothing that the calls do not say', () => {
    for (const fixture of priced) {
      const said = countsOf(fixture);
      for (const { factors } of evaluate(fixture.derivation).terms)
        for (const [number] of (factors[0] ?? '').matchAll(/[\d,]+/g))
          expect(said.has(number.replaceAll(',', '')), `${fixture.id}: ${number}`).toBe(true);
    }
  });

  it('without prices are free of charge or unpriced, and say why', () => {
    for (const { id, expected, derivation } of fixtures.filter(({ prices }) => prices.length === 0)) {
      expect(['0', 'unpriced'], id).toContain(expected);
      expect(derivation, id).toMatch(/\w\.$/);
    }
  });

  it('name the page of each price', () => {
    for (const { prices } of priced)
      for (const { page } of prices) expect(page === 'contract' || URL.canParse(page)).toBe(true);
  });
});

/** All numbers in the calls, and how many things there are of a kind. */
function countsOf({ calls }: Fixture): Set<string> {
  const text = JSON.stringify(calls);
  const small = Array.from({ length: 10 }, (_, at) => String(at));
  return new Set([...text.matchAll(/\d+/g)].map(([number]) => number).concat(small));
}

describe('CloudAct', () => {
  it.each(results(cloudact, fixtures).map((result) => [result.fixture.id, result] as const))(
    '%s',
    (_, { said, fixture }) => {
      expect(said ?? 'unpriced', fixture.derivation).toBe(fixture.expected);
    },
  );
});

describe('the table of the README', () => {
  it('is the current one', () => {
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
    const table = scoreTable(adapters.map((adapter) => ({ adapter, results: results(adapter, fixtures) })));
    expect(readme).toBe(readmeWith(readme, table));
  });
});
