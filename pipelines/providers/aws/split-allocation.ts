import { exactProductSql } from '@cloudact/core/focus';
import { quotientDigits, quotientSql, quotientStart } from '../exact-quotient.ts';
import type { CurColumns } from './columns.ts';
import { deliveredSql } from './delivered.ts';
import { kindIn } from './line-items.ts';
import { jsonObjectOfSql } from './maps.ts';

/**
 * Split cost allocation (EKS, ECS): a machine's charges are divided among the tasks and pods that ran on it, in the
 * parts that AWS says they used, and a rest that nobody used. Each metric is divided along the same marks between 0 and
 * 1: a part is what lies below its upper mark less what lies below its lower one. So the parts always add up to the
 * charge, to the last digit, and rounding ends in the rest.
 *
 * Gives the common table expressions, the last of which, `divided`, has the rows of `priced` with `share_to` and the
 * `allocated_…` columns beside. A share whose machine is not in the bill stays a row of its own that costs nothing.
 * Nothing is materialized: DuckDB would then compute all columns of all lines, wanted or not, and keep them.
 */
export function splitAllocationSql(cur: CurColumns, rawTable: string): string[] {
  const read = (columns: readonly string[], machine: string) =>
    `SELECT *, ${machine} AS machine FROM (${deliveredSql(cur, rawTable, [...LINE, ...columns])})`;
  return [
    `shares AS NOT MATERIALIZED (SELECT * FROM (${read(SHARE, 'share_parent')}) WHERE ${kindIn('share')})`,
    `machines AS NOT MATERIALIZED (SELECT ${KEY.join(', ')}, sum(CASE kind WHEN 'reserved_usage' THEN reservation_effective
        WHEN 'plan_usage' THEN plan_effective ELSE cost END) AS cost
      FROM (${read(MACHINE, 'delivered_resource')}) WHERE ${IS_MACHINE} GROUP BY ALL)`,
    `marks AS NOT MATERIALIZED (${marksSql()})`,
    `pieces AS NOT MATERIALIZED (
      SELECT *, COALESCE(lag(mark) OVER (PARTITION BY ${KEY.join(', ')} ORDER BY share_file, share_row), 0) AS share_from,
        mark AS share_to FROM marks
      UNION ALL BY NAME
      SELECT ${KEY.join(', ')}, max(mark) AS share_from, 1 AS share_to FROM marks GROUP BY ALL)`,
    `divided AS NOT MATERIALIZED (${repricedSql(dividedSql())})`,
  ];
}

/** The columns of `divided` beside those of `priced`, for bills without split cost allocation. */
export const undividedColumns = ['details', 'method', 'id', 'name', 'tags'].map(
  (name) => `CAST(NULL AS VARCHAR) AS allocated_${name}`,
);

/** Shares belong to the machine of the same time, in the same bill. */
const KEY = ['payer', 'period_start', 'charge_start', 'charge_end', 'machine'];

const LINE = ['kind', 'payer', 'period_start', 'charge_start', 'charge_end', 'usage_type', 'delivered_resource'];
const MACHINE = ['cost', 'reservation_effective', 'plan_effective'];
const SHARE = [
  'share_parent',
  'share_cost',
  'share_usage',
  'unit',
  'tags',
  'line_item_id',
  'x_SourceFile',
  'x_SourceRow',
];

/** Of a machine's lines, AWS divides the one for the machine itself, not its traffic or storage. */
const IS_MACHINE = `(${kindIn('usage', 'reserved_usage', 'plan_usage')}
  AND regexp_matches(COALESCE(usage_type, ''), '(^|-)(BoxUsage|SpotUsage|DedicatedUsage|HostBoxUsage|HeavyUsage)(:|$)'))`;

/** The upper mark of each share: what it and those before it used, of all that the machine cost in effect. */
function marksSql(): string {
  const used = 'CAST(greatest(COALESCE(share_cost, 0), 0) AS DECIMAL(38,18))';
  const partition = `PARTITION BY ${KEY.join(', ')}`;
  const sums = `SELECT ${KEY.join(', ')}, delivered_resource, tags, unit, usage_type, share_usage,
      line_item_id, x_SourceFile AS share_file, x_SourceRow AS share_row,
      sum(${used}) OVER (${partition} ORDER BY x_SourceFile, x_SourceRow ROWS UNBOUNDED PRECEDING) AS below,
      greatest(machines.cost, sum(${used}) OVER (${partition})) AS whole
    FROM shares JOIN machines USING (${KEY.join(', ')})`;
  const started = `SELECT *, ${quotientStart('mark', 'below', 'whole', 'true').join(', ')} FROM (${sums})`;
  return `SELECT * EXCLUDE (mark_c, mark_q, mark_whole, mark_parts), COALESCE(${quotientSql('mark')}, 0) AS mark
    FROM (SELECT *, ${quotientDigits('mark').join(', ')} FROM (${started}))`;
}

function dividedSql(): string {
  const replaced = [
    ...['billed', 'effective', 'plan_quantity'].map((metric) => `${partSql(metric, 18)} AS ${metric}`),
    ...QUANTITIES.map((metric) => `${partSql(metric, 8)} AS ${metric}`),
    'COALESCE(piece.line_item_id, priced.line_item_id) AS line_item_id',
    'COALESCE(piece.share_file, priced.x_SourceFile) AS x_SourceFile',
    'COALESCE(piece.share_row, priced.x_SourceRow) AS x_SourceRow',
  ];
  return `SELECT priced.* EXCLUDE (machine) REPLACE (${replaced.join(', ')}), share_to,
      ${detailsSql} AS allocated_details,
      CASE WHEN share_to IS NOT NULL THEN 'aws-split-cost-allocation' END AS allocated_method,
      piece.delivered_resource AS allocated_id,
      ${nameSql('piece.delivered_resource')} AS allocated_name,
      ${tagsSql} AS allocated_tags
    FROM (SELECT *, CASE WHEN ${kindIn('share')} THEN share_parent WHEN ${IS_MACHINE} THEN delivered_resource END AS machine
      FROM priced) AS priced
    LEFT JOIN pieces AS piece ON ${KEY.map((name) => `priced.${name} = piece.${name}`).join(' AND ')}
    WHERE NOT (priced.kind = 'share' AND piece.machine IS NOT NULL)`;
}

/** Of quantities eight places are kept, so that price × quantity is exact, and what the parts cost adds up too. */
const QUANTITIES = ['pricing_quantity', 'quantity', 'normalized_quantity'];

function partSql(metric: string, places: number): string {
  const below = (mark: string) =>
    `CASE WHEN ${mark} = 1 THEN priced.${metric} ELSE CAST(CAST(${exactProductSql(`priced.${metric}`, mark)} AS DECIMAL(38,${places})) AS DECIMAL(38,18)) END`;
  return `CASE WHEN share_to IS NULL THEN priced.${metric} ELSE ${below('share_to')} - ${below('share_from')} END`;
}

function repricedSql(divided: string): string {
  return `SELECT * REPLACE (
      CASE WHEN share_to IS NULL THEN list_product ELSE ${exactProductSql('list_price', 'pricing_quantity')} END AS list_product,
      CASE WHEN share_to IS NULL THEN quantity_short END AS quantity_short)
    FROM (${divided})`;
}

/** AWS prices the shares in hours of processors and in gigabyte-hours; where it leaves the unit out, the usage type ends with it. */
const UNIT = `COALESCE(piece.unit, nullif(regexp_extract(piece.usage_type, '((?:vCPU|GB|GPU)-Hours)$', 1), ''))`;

const detailsSql = `CASE WHEN share_to IS NOT NULL THEN '{"Elements":[{"AllocatedRatio":' || ${numberSql('share_to - share_from')}
    || COALESCE(',"UsageUnit":' || CAST(to_json(${UNIT}) AS VARCHAR) || ',"UsageQuantity":' || ${numberSql('piece.share_usage')}, '') || '}]}' END`;

function numberSql(decimal: string): string {
  return `regexp_replace(CAST(CAST(${decimal} AS DECIMAL(38,18)) AS VARCHAR), '\\.?0+$', '')`;
}

/** `namespace/pod` of a pod's ARN, `cluster/task` of a task's, else the identifier. */
function nameSql(id: string): string {
  return `COALESCE(nullif(regexp_extract(${id}, ':pod/[^/]+/([^/]+/[^/]+)', 1), ''), nullif(regexp_extract(${id}, ':task/(.+)$', 1), ''), ${id})`;
}

/** FOCUS: what the machine's own tags say already is not said again. */
const tagsSql = `CASE WHEN priced.tags IS NULL OR piece.tags IS NULL THEN piece.tags ELSE ${jsonObjectOfSql(
  `list_transform(list_filter(map_entries(CAST(CAST(piece.tags AS JSON) AS MAP(VARCHAR, JSON))),
      lambda e: NOT contains(priced.tags, CAST(to_json(e.key) AS VARCHAR) || ':' || CAST(e.value AS VARCHAR))),
    lambda e: {'k': e.key, 'j': CAST(e.value AS VARCHAR)})`,
)} END`;
