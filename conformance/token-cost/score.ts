import type { Adapter } from './adapters/adapter.ts';
import { classes, type Fixture, type FixtureClass } from './fixture.ts';

/** What a library said about a fixture. */
export interface Result {
  readonly fixture: Fixture;
  readonly said: string | null;
  /** `right`, `wrong`: a figure, but another one; `silent`: no figure where there is one. */
  readonly verdict: 'right' | 'wrong' | 'silent';
  /** The figure that is expected, digit by digit; of what is right otherwise, only a float's dust is off. */
  readonly isExact: boolean;
}

export function results({ price }: Adapter, fixtures: readonly Fixture[]): Result[] {
  return fixtures.map((fixture) => {
    const said = answerOf(() => price(fixture));
    return {
      fixture,
      said,
      verdict: verdictOf(fixture.expected, said),
      isExact: (said ?? 'unpriced') === fixture.expected,
    };
  });
}

function answerOf(price: () => string | null): string | null {
  try {
    return price();
  } catch {
    // To throw is a way to say that there is no price.
    return null;
  }
}

/** Floats are forgiven what they cannot hold: a billionth of the figure. */
function verdictOf(expected: string, said: string | null): Result['verdict'] {
  if (expected === 'unpriced') return said === null ? 'right' : 'wrong';
  if (said === null) return 'silent';
  return Math.abs(Number(said) - Number(expected)) <= Math.abs(Number(expected)) * 1e-9 ? 'right' : 'wrong';
}

/** The table of the README: by class the fixtures that each library got right, and below what it said otherwise. */
export function scoreTable(
  scores: readonly { readonly adapter: Adapter; readonly results: readonly Result[] }[],
): string {
  const kinds = Object.entries(classes) as [FixtureClass, string][];
  const all = scores[0]!.results.length;
  const rows = kinds.map(([kind, title]) => {
    const mine = (list: readonly Result[]) => list.filter(({ fixture }) => fixture.class === kind);
    const right = scores.map((score) => count(mine(score.results), ({ verdict }) => verdict === 'right'));
    return [`${title} (\`${kind}\`)`, String(mine(scores[0]!.results).length), ...right];
  });
  const total = (title: string, of: (result: Result) => boolean) => [
    title,
    '',
    ...scores.map((score) => count(score.results, of)),
  ];
  const lines = [
    ['Class', 'Fixtures', ...scores.map(({ adapter }) => adapter.name)],
    ['---', '--:', ...scores.map(() => '--:')],
    ...rows,
    [
      '**All: right**',
      `**${all}**`,
      ...scores.map((score) => `**${count(score.results, ({ verdict }) => verdict === 'right')}**`),
    ],
    total('… and exact to the last digit', ({ isExact }) => isExact),
    total('A wrong figure', ({ verdict }) => verdict === 'wrong'),
    total('No figure, where there is one', ({ verdict }) => verdict === 'silent'),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function count(list: readonly Result[], of: (result: Result) => boolean): string {
  return String(list.filter(of).length);
}
