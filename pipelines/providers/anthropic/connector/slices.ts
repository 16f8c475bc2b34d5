/** What makes another price of the same tokens. */
export const modifiers = ['service_tier', 'context_window', 'inference_geo', 'speed'] as const;
type Modifier = (typeof modifiers)[number];
type Values = Readonly<Record<Modifier, string | null>>;

/** A model, and modifiers that it was used with in the range. */
export interface Combination {
  readonly model: string | null;
  readonly values: Values;
}

/** One listing: beside workspace and key it groups by these, and its rows tell of these models. */
export interface Slice {
  readonly groupBy: readonly (Modifier | 'model')[];
  /** Left out: all models. */
  readonly model?: string;
  /** Only this inference region; null is usage without one. Left out: all. */
  readonly geography?: string | null;
  /** Rows of other models are in slices of their own. */
  keeps(model: string | null): boolean;
  /** What a row's modifiers are: those grouped by, and of the others the one value that the model has. */
  valuesOf(model: string | null, grouped: Values): Values;
}

/**
 * Analytics groups by five things at most; six and a model make a price. Most models are used in few ways, so one
 * listing groups by workspace, key, model and the two modifiers that vary most. A model for which another one varies has
 * a listing of its own, and one for each region when all four vary. What does not vary is known without grouping by it.
 */
export function planSlices(combinations: readonly Combination[]): Slice[] {
  const ways = Map.groupBy(combinations, ({ model }) => model);
  const varying = new Map(
    [...ways].map(([model, own]) => [model, modifiers.filter((name) => distinct(own, name).length > 1)] as const),
  );
  const pair = mostVarying([...varying.values()]);
  const fits = (model: string | null) =>
    model === null || (varying.get(model) ?? []).every((modifier) => pair.includes(modifier));
  const slice = (of: Omit<Slice, 'valuesOf'>): Slice => ({
    ...of,
    valuesOf: (model, grouped) => completed(of, ways.get(model) ?? [], grouped),
  });
  const own = [...varying].filter(([model]) => !fits(model)) as [string, Modifier[]][];
  return [
    slice({ groupBy: ['model', ...pair], keeps: fits }),
    ...own.flatMap(([model, varies]) => {
      const keeps = () => true;
      if (varies.length < modifiers.length) return [slice({ groupBy: varies, model, keeps })];
      const groupBy = varies.filter((modifier) => modifier !== 'inference_geo');
      return distinct(ways.get(model)!, 'inference_geo').map((geography) =>
        slice({ groupBy, model, geography, keeps }),
      );
    }),
  ];
}

function mostVarying(lists: readonly (readonly Modifier[])[]): Modifier[] {
  const count = (modifier: Modifier) => lists.filter((list) => list.includes(modifier)).length;
  return [...modifiers].sort((left, right) => count(right) - count(left)).slice(0, 2);
}

function completed(
  { groupBy, geography }: Omit<Slice, 'valuesOf'>,
  own: readonly Combination[],
  grouped: Values,
): Values {
  const value = (modifier: Modifier) => {
    if (groupBy.includes(modifier)) return grouped[modifier];
    if (modifier === 'inference_geo' && geography !== undefined) return geography;
    const values = distinct(own, modifier);
    return values.length === 1 ? values[0]! : null;
  };
  return Object.fromEntries(modifiers.map((modifier) => [modifier, value(modifier)])) as Values;
}

function distinct(combinations: readonly Combination[], modifier: Modifier): (string | null)[] {
  return [...new Set(combinations.map(({ values }) => values[modifier]))];
}
