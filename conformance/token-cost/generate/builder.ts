import { evaluate } from '../arithmetic.ts';
import type { Call, ContractPrice, Fixture, FixtureClass, UnitPrice } from '../fixture.ts';

/** A count as `2006 - 1920` or `1920`, its price, and what the price is multiplied with: `0.5` for a batch. */
export type Line = readonly [count: string | number, price: UnitPrice, ...factors: (string | number)[]];

export interface Draft {
  /** The rest of the id. */
  readonly name: string;
  readonly provider: string;
  readonly title: string;
  readonly day: string;
  readonly calls: readonly Call[];
  readonly lines?: readonly Line[];
  /** Why there is no price, instead of lines. */
  readonly unpriced?: string;
  readonly contract?: readonly ContractPrice[];
  readonly deployments?: Readonly<Record<string, string>>;
}

export function fixture(kind: FixtureClass, draft: Draft): Fixture {
  const { name, provider, title, day, calls, lines = [], unpriced, contract, deployments } = draft;
  const used = new Map(lines.map(([, price]) => [price.name, price]));
  const sum = lines.map(term).join(' + ');
  const expected = unpriced !== undefined ? 'unpriced' : sum === '' ? '0' : evaluate(`${sum} = ?`).value;
  return {
    id: `${kind}/${provider}/${name}`,
    class: kind,
    provider,
    model: calls[0]!.model,
    day,
    title,
    calls,
    ...(contract && { contract }),
    ...(deployments && { deployments }),
    prices: [...used.values()],
    derivation: unpriced ?? (sum === '' ? 'Nothing was billed.' : `${sum} = ${expected}`),
    expected,
  };
}

function term([count, { usd, per, name }, ...factors]: Line): string {
  const counted = String(count)
    .replaceAll(' - ', ' − ')
    .replaceAll(/\d+/g, (digits) => grouped(digits));
  const isSum = / [+−] /.test(counted);
  const product = [isSum ? `(${counted})` : counted, usd, ...factors.map(String)].join(' × ');
  return `${product} / ${grouped(String(per))} [${name}]`;
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
