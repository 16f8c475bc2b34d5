import { type Dialect, datasetTables, type ParamType } from '@cloudact/core/warehouse';
import type { CostQuestion, Params } from './cost.ts';
import { type Dimension, type DimensionFilter, formatDimension, isInRollup } from './dimension.ts';

/** A table, and the condition that picks the rows in it that a question is about. */
export interface Slice {
  readonly table: string;
  readonly dateColumn: string;
  readonly params: Params;
  readonly types: Record<string, ParamType>;
  /** Always compares `org_slug`. */
  where(dialect: Dialect, params: Names): string;
}

type Names = Readonly<Record<string, string>>;

/** The charges of a question, in the roll-up where that has all the dimensions asked for. */
export function chargesSlice(question: CostQuestion): Slice {
  const { date, from, to, groupBy, filters, mandatoryFilters } = question;
  const asked = [...groupBy, ...[...filters, ...mandatoryFilters].map(({ dimension }) => dimension)];
  const isRollup = asked.every(isInRollup);
  return slice(filters, mandatoryFilters, {
    table: isRollup ? datasetTables.costDaily : datasetTables.cost,
    dateColumn: isRollup && date === 'ChargePeriodStart' ? 'ChargeDate' : date,
    // Compared as what the column is: a cast of the column would hide it from partition pruning.
    range: isRollup ? dayRange('', from, to) : timeRange('', from, to),
  });
}

/**
 * The usage that waits for its price, in the same days and under the same conditions. In which currency it will be
 * billed nobody knows, so a currency that is asked for leaves none of it out; one that a credential demands does.
 */
export function waitingSlice({ date, from, to, filters, mandatoryFilters }: CostQuestion): Slice {
  const known = filters.filter(({ dimension }) => !isCurrency(dimension));
  return slice(known, mandatoryFilters, {
    table: datasetTables.unpricedUsage,
    dateColumn: date,
    range: timeRange('waiting_', from, to),
  });
}

/** A dimension that usage without a price has no value of. */
export function isCurrency(dimension: Dimension): boolean {
  return dimension.kind === 'column' && CURRENCIES.has(dimension.column);
}

/** An empty text is no value, so that what a filter without a value finds is what the group without a value holds. */
export function dimensionSql(dialect: Dialect, dimension: Dimension, tagParam: string | undefined): string {
  return `NULLIF(${text(dialect, dimension, tagParam)}, '')`;
}

/** Parameters of the tags by which a question groups: `group_tag_0` for the first dimension, and so on. */
export function groupTags(groupBy: readonly Dimension[]): { params: Params; types: Record<string, ParamType> } {
  const tags = groupBy.flatMap((dimension, index) =>
    dimension.kind === 'tag' ? [[`group_tag_${index}`, dimension.key] as const] : [],
  );
  return { params: Object.fromEntries(tags), types: Object.fromEntries(tags.map(([name]) => [name, 'string'])) };
}

export function list(...parts: string[]): string {
  return parts.join(', ');
}

const CURRENCIES: ReadonlySet<string> = new Set(['BillingCurrency', 'PricingCurrency']);

interface Range {
  readonly from: string;
  readonly to: string;
  readonly type: 'date' | 'timestamp';
  /** Before the names of the parameters, where two slices stand in one query. */
  readonly prefix: string;
}

function dayRange(prefix: string, from: string, to: string): Range {
  return { from, to, type: 'date', prefix };
}

function timeRange(prefix: string, from: string, to: string): Range {
  return { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z`, type: 'timestamp', prefix };
}

function slice(
  filters: readonly DimensionFilter[],
  mandatoryFilters: readonly DimensionFilter[],
  { table, dateColumn, range }: { table: string; dateColumn: string; range: Range },
): Slice {
  const [from, to] = [`${range.prefix}from`, `${range.prefix}to`];
  const params: Params = { [from]: range.from, [to]: range.to };
  const types: Record<string, ParamType> = { [from]: range.type, [to]: range.type };
  const conditions = [...byDimension(filters, 'filter'), ...byDimension(mandatoryFilters, 'mandatory')];
  for (const { name, dimension, values } of conditions) {
    params[`${name}_values`] = values.filter((value) => value !== null);
    types[`${name}_values`] = 'string[]';
    if (dimension.kind === 'tag') {
      params[`${name}_tag`] = dimension.key;
      types[`${name}_tag`] = 'string';
    }
  }

  return {
    table,
    dateColumn,
    params,
    types,
    where: (dialect, p) =>
      [
        `org_slug = ${dialect.param('org_slug')}`,
        `${dateColumn} >= ${p[from]}`,
        `${dateColumn} < ${p[to]}`,
        ...conditions.map(({ name, dimension, values }) => {
          const tagParam = p[`${name}_tag`];
          const isListed = dialect.inList(text(dialect, dimension, tagParam), p[`${name}_values`]!);
          return values.includes(null)
            ? `(${isListed} OR ${dimensionSql(dialect, dimension, tagParam)} IS NULL)`
            : isListed;
        }),
      ].join('\n    AND '),
  };
}

function text(dialect: Dialect, dimension: Dimension, tagParam: string | undefined): string {
  return dimension.kind === 'tag' ? dialect.jsonText('Tags', tagParam!) : dimension.column;
}

function byDimension(filters: readonly DimensionFilter[], prefix: string) {
  const byName = Map.groupBy(filters, ({ dimension }) => formatDimension(dimension));
  return [...byName.values()].map((same, index) => ({
    name: `${prefix}_${index}`,
    dimension: same[0]!.dimension,
    values: same.map(({ value }) => value),
  }));
}
