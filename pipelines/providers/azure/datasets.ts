/**
 * What a delivery's rows of one billing period are for. A delivery is one export run: the parts in one folder, or one file.
 *
 * - `all`: every row counts; there is no other dataset of the month, or none with commitments.
 * - `actual_alone`, `amortized_alone`: every row counts, and the other dataset of the month is not given.
 * - `amortized`: every row counts; purchases of commitments come from the ActualCost dataset.
 * - `purchases`: the ActualCost dataset of a month whose AmortizedCost dataset is there too: only purchases and refunds
 *   of commitments count, the rest is in both.
 * - `unknown`: it cannot be told which dataset this is; `twice`: another folder holds the same charges. No row counts,
 *   so that the totals differ and the files are refused.
 */
export type DatasetRole = 'all' | 'actual_alone' | 'amortized_alone' | 'amortized' | 'purchases' | 'unknown' | 'twice';

/** SQL over the rows: the delivery that a row is in and its month; what `datasetRolesSql` has one role for. */
export const datasetKeySql = `${folderSql()} || '|' || CAST(billing_period AS VARCHAR)`;

/** Parts of an export (`part_0_0001.csv.gz`) share a folder; a file of another name is a delivery of its own. */
function folderSql(): string {
  return `CASE
    WHEN NOT regexp_matches("x_SourceFile", '(^|/)part_[0-9]+_[0-9]+\\.[^/]*$') THEN "x_SourceFile"
    WHEN contains("x_SourceFile", '/') THEN regexp_extract("x_SourceFile", '^(.*)/', 1)
    ELSE '.' END`;
}

/** Fewer shared rows are chance, more are a copy; what lies between is neither. */
const FEW = 0.05;
const NEARLY_ALL = 0.95;

/**
 * One SELECT: `key` (of `datasetKeySql`), `folder`, `period` (text), `role`. Content decides, not names:
 *
 * - usage of a commitment that costs something, or an unused one, is only in AmortizedCost; the purchase of a commitment
 *   is only in ActualCost, and so are files whose usage of commitments costs nothing at all;
 * - a delivery with neither is told by its rows: those that another one has too make it the other dataset, and of two
 *   with the same rows one is enough. Rows that no other has make it a further part.
 *
 * Rows are compared only in months where that is needed.
 */
export function datasetRolesSql(rows: string): string {
  return `WITH deliveries AS (
  SELECT folder, period, CASE WHEN amortized AND bought THEN 'mixed' WHEN amortized THEN 'amortized' WHEN bought OR free THEN 'actual' ELSE 'neutral' END AS kind
  FROM (SELECT folder, unnest(list(DISTINCT period)) AS period, bool_or(${IS_AMORTIZED}) AS amortized, bool_or(${IS_PURCHASE}) AS bought, bool_or(committed) AS free
    FROM (SELECT ${folderSql()} AS folder, CAST(billing_period AS VARCHAR) AS period, commitment IS NOT NULL AS committed, charge_type, cost FROM ${rows})
    GROUP BY folder)),
unclear AS (
  SELECT period FROM deliveries GROUP BY period
  HAVING count(*) > 1 AND (count(*) > count(DISTINCT kind) OR bool_or(kind IN ('neutral', 'mixed')))),
prints AS (
  SELECT DISTINCT period, folder, hash(${PRINT.join(', ')}) AS print
  FROM (SELECT *, ${folderSql()} AS folder, CAST(billing_period AS VARCHAR) AS period FROM ${rows}) WHERE period IN (SELECT period FROM unclear)),
shared AS (
  SELECT l.period, l.folder, r.folder AS other, count(*) AS same FROM prints l JOIN prints r ON l.period = r.period AND l.print = r.print AND l.folder <> r.folder
  GROUP BY ALL),
shares AS (
  SELECT s.period, s.folder, s.other, d.kind, s.same / p.all_prints AS share, s.same / o.all_prints AS share_of_other
  FROM shared s JOIN deliveries d ON d.period = s.period AND d.folder = s.other
  JOIN (SELECT period, folder, count(*) AS all_prints FROM prints GROUP BY ALL) p ON p.period = s.period AND p.folder = s.folder
  JOIN (SELECT period, folder, count(*) AS all_prints FROM prints GROUP BY ALL) o ON o.period = s.period AND o.folder = s.other),
compared AS (
  SELECT d.folder, d.period, d.kind,
    COALESCE(max(share) FILTER (s.kind = 'actual'), 0) AS actual_share,
    COALESCE(max(share) FILTER (s.kind = 'amortized'), 0) AS amortized_share,
    COALESCE(max(share) FILTER (s.kind = 'neutral'), 0) AS neutral_share,
    COALESCE(max(greatest(share, share_of_other)) FILTER (s.kind = d.kind), 0) AS same_kind_share,
    count(*) FILTER (s.kind = 'neutral' AND share >= ${NEARLY_ALL} AND share_of_other >= ${NEARLY_ALL}) AS twins,
    min(s.other) FILTER (s.kind = 'neutral' AND share >= ${NEARLY_ALL}) AS twin
  FROM deliveries d LEFT JOIN shares s ON s.period = d.period AND s.folder = d.folder GROUP BY ALL),
placed AS (
  SELECT folder, period, CASE
    WHEN kind = 'mixed' THEN 'unknown'
    WHEN kind <> 'neutral' THEN CASE WHEN same_kind_share > ${FEW} THEN 'twice' ELSE kind END
    WHEN ${['actual_share', 'amortized_share', 'neutral_share'].map((share) => `(${share} > ${FEW} AND ${share} < ${NEARLY_ALL})`).join(' OR ')} THEN 'unknown'
    WHEN actual_share > ${FEW} AND amortized_share > ${FEW} THEN 'unknown'
    WHEN actual_share > ${FEW} THEN 'amortized'
    WHEN amortized_share > ${FEW} THEN 'actual'
    WHEN neutral_share > ${FEW} THEN CASE WHEN twins <> 1 THEN 'unknown' WHEN folder < twin THEN 'amortized' ELSE 'actual' END
    WHEN months.actual AND months.amortized THEN 'unknown'
    WHEN months.actual THEN 'actual' WHEN months.amortized THEN 'amortized'
    ELSE 'all' END AS kind
  FROM compared JOIN (SELECT period, bool_or(kind = 'actual') AS actual, bool_or(kind = 'amortized') AS amortized FROM deliveries GROUP BY period) months USING (period))
SELECT folder || '|' || period AS key, folder, period, CASE
    WHEN kind = 'actual' THEN CASE WHEN months.amortized THEN 'purchases' ELSE 'actual_alone' END
    WHEN kind = 'amortized' THEN CASE WHEN months.actual THEN 'amortized' ELSE 'amortized_alone' END
    ELSE kind END AS role
FROM placed JOIN (SELECT period, bool_or(kind = 'actual') AS actual, bool_or(kind = 'amortized') AS amortized FROM placed GROUP BY period) months USING (period)`;
}

const IS_AMORTIZED = `charge_type LIKE 'unused%' OR (committed AND charge_type = 'usage' AND cost <> 0)`;
const IS_PURCHASE = `committed AND charge_type IN ('purchase', 'refund')`;

/** What makes two rows the same charge. */
const PRINT = [
  'date',
  'subscription_id',
  'resource_id',
  'meter_id',
  'quantity',
  'delivered_cost',
  'delivered_charge_type',
  'product_name',
  'tags',
];

/**
 * CTE of one row with all roles in one map, as a join could turn the order of the rows around; and in `only` the role
 * where there is one delivery, of which nothing needs to be looked up.
 */
export function datasetRolesCte(rows: string): string {
  return `dataset_roles AS MATERIALIZED (SELECT CASE WHEN count(*) = 1 THEN min(role) END AS only, map(list(key), list(role)) AS roles FROM (${datasetRolesSql(rows)}))`;
}

/** The rows of `rows`, after `datasetRolesCte`, with `role`: what their delivery is for. */
export function withRoleSql(rows: string): string {
  return `SELECT * EXCLUDE (delivered_as), COALESCE(delivered_as.only, delivered_as.roles[${datasetKeySql}]) AS role
  FROM (SELECT *, (SELECT dataset_roles FROM dataset_roles) AS delivered_as FROM ${rows})`;
}
