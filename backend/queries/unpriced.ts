import { defineQuery } from '@cloudact/core/warehouse';
import { type BoundQuery, type CostQuestion, maximumRows, type Params } from './cost.ts';
import { dimensionSql, groupTags, list, waitingSlice } from './slice.ts';

/** Usage of one kind that waits for its price (`usage`), or a period and group in which some does (`place`). */
export interface UnpricedRow {
  level: 'usage' | 'place';
  /** ServiceName, `x_Model`, SkuMeter, ConsumedUnit and `x_UnpricedReason`. */
  service: string | null;
  model: string | null;
  meter: string | null;
  unit: string | null;
  reason: string | null;
  /** Of `usage`: sum of ConsumedQuantity, canonical decimal text. */
  quantity: string;
  row_count: number;
  /** Of `place`: first day of the calendar period, `YYYY-MM-DD`. */
  period_start: string | null;
  group_0?: string | null;
  group_1?: string | null;
  group_2?: string | null;
}

/**
 * The usage without a price in the question's days, under its filters and those of the credential. One scan of a table
 * that holds nothing else, and nothing at all where every price is known. Kinds with most rows come first.
 */
export function unpricedQuery(question: CostQuestion): BoundQuery<UnpricedRow> {
  const { granularity, groupBy } = question;
  const { table, params, types, where, dateColumn } = waitingSlice(question);
  const names = groupBy.map((_, index) => `group_${index}`);
  const tags = groupTags(groupBy);
  const query = defineQuery<Params, UnpricedRow>({
    name: 'cost_unpriced',
    params: { ...types, ...tags.types },
    sql(dialect, p) {
      const period =
        granularity === 'total' ? `CAST(${p.waiting_from} AS DATE)` : dialect.truncate(granularity, dateColumn);
      const groups = groupBy.map(
        (dimension, index) => `${dimensionSql(dialect, dimension, p[`group_tag_${index}`])} AS ${names[index]}`,
      );
      return `
WITH waiting AS (
  SELECT ${list(`${period} AS period`, ...groups)},
    ServiceName AS service, x_Model AS model, SkuMeter AS meter, ConsumedUnit AS unit, x_UnpricedReason AS reason,
    ConsumedQuantity AS quantity
  FROM ${table}
  WHERE ${where(dialect, p)}
)
SELECT CASE WHEN GROUPING(period) = 1 THEN 'usage' ELSE 'place' END AS level, service, model, meter, unit, reason,
  ${list(`${dialect.decimalText('SUM(quantity)')} AS quantity`, 'CAST(COUNT(*) AS INTEGER) AS row_count', `${dialect.dateText('period')} AS period_start`, ...names)}
FROM waiting
GROUP BY GROUPING SETS ((service, model, meter, unit, reason), (${list('period', ...names)}))
ORDER BY level DESC NULLS LAST, period NULLS LAST, ${list(...names.map((name) => `${name} NULLS LAST`), 'COUNT(*) DESC')},
  service NULLS LAST, model NULLS LAST, meter NULLS LAST, unit NULLS LAST, reason NULLS LAST
LIMIT ${maximumRows + 1}`;
    },
  });
  return { query, params: { ...params, ...tags.params } };
}
