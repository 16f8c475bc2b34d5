import { exactProductSql } from '@cloudact/core/focus';
import { creditsOf } from './credits.ts';
import { kindIn, residualsSql } from './lines.ts';

/**
 * Which charge of its delivered row a FOCUS row is. `whole`: the row itself; `covered` and `uncovered`: usage that a
 * commitment's credit covers in part, so that a discount applies to the whole of a row, as FOCUS asks; `promotion`: one
 * promotional credit; `used` and `unused`: what of a commitment's fee was used; `residual`: an adjustment that keeps
 * the sum of BilledCost the invoice.
 */
export type ChargePart = 'whole' | 'covered' | 'uncovered' | 'promotion' | 'used' | 'unused' | 'residual';

export function partIn(...parts: readonly ChargePart[]): string {
  return `part IN (${parts.map((part) => `'${part}'`).join(', ')})`;
}

/** A commitment's credit takes something off this usage. */
const IS_DISCOUNTED = `(${kindIn('usage')} AND commitment <> 0)`;
/** … but not all of it. */
const IS_SPLIT = `(${IS_DISCOUNTED} AND sign(cost) = -sign(commitment) AND abs(commitment) < abs(cost) AND covered_share IS NOT NULL)`;
/** Spend-based, old model: the fee names the SKU that used it. Resource-based: the export does not say how much of it was used. */
export const IS_RESOURCE_FEE = `COALESCE(regexp_matches(lower(sku_name), '^commitment v[0-9]') AND NOT contains(lower(sku_name), 'dollar'), false)`;
/** In the new model a unit of the fee is a unit of money, and what is not offset was not used. */
const IS_NEW_MODEL =
  '(used_offset <> 0 OR COALESCE(model IS NOT NULL AND (effective_rate = 1 OR cost = quantity), false))';
const IS_USED_FEE = `(NOT ${IS_NEW_MODEL} AND (originating_sku IS NOT NULL OR ${IS_RESOURCE_FEE}))`;

/**
 * One row per FOCUS charge: `part`, `billed`, `effective`, and of a promotion `promotion_id`, `promotion_name` and
 * `part_rounded`. What the rows of one delivered row are billed is its cost and all its credits; spend-based
 * commitments of the new model move a sum from usage to the fee, and `residual` ends that exactly, month by month.
 */
export function chargesSql(lines: string): string {
  const part = (name: ChargePart, billed: string, effective: string, when: string) =>
    `CASE WHEN ${when} THEN [${structSql(name, billed, effective)}] ELSE [] END`;
  const all = 'CAST(net + commitment AS DECIMAL(38,18))';
  const base = `CASE WHEN ${IS_SPLIT} THEN [${structSql('covered', '0', '0')}, ${structSql('uncovered', all, all)}]
    WHEN ${kindIn('covered')} THEN [${structSql('whole', '0', all)}]
    WHEN ${kindIn('fee')} THEN [${structSql('whole', 'net', '0')}]
    ELSE [${structSql('whole', all, all)}] END`;
  const promotions = `COALESCE(list_transform(${creditsOf('promotion')}, lambda c: ${structSql('promotion', 'c.amount', 'c.amount', ['c.id', 'c.name', 'c.rounded'])}), [])`;
  const parts = [
    base,
    promotions,
    part('used', '0', 'net', `${kindIn('fee')} AND ${IS_USED_FEE} AND net <> 0`),
    part('unused', '0', 'net + used_offset', `${kindIn('fee')} AND NOT ${IS_USED_FEE} AND net + used_offset <> 0`),
    part('residual', 'residual', '0', 'residual IS NOT NULL'),
  ];
  const residuals = `(SELECT map_from_entries(list((concat(row, ' ', file), amount))) FROM (${residualsSql(lines)}))`;
  return `SELECT *, ${partSql('priced_quantity')} AS part_quantity, ${partSql('consumed')} AS part_consumed
  FROM (SELECT * EXCLUDE (charge), charge.* FROM (
    SELECT *, unnest(${flattened(parts)}) AS charge
    FROM (SELECT *, ${residuals}[concat(x_SourceRow, ' ', x_SourceFile)] AS residual FROM ${lines})))`;
}

function flattened(lists: readonly string[]): string {
  return `flatten([${lists.join(',\n    ')}])`;
}

function structSql(
  part: ChargePart,
  billed: string,
  effective: string,
  of: readonly string[] = ['NULL', 'NULL', 'NULL'],
) {
  const [id, name, rounded] = of.map((sql) => `CAST(${sql} AS VARCHAR)`);
  return `{'part': '${part}', 'billed': CAST(${billed} AS DECIMAL(38,18)), 'effective': CAST(${effective} AS DECIMAL(38,18)),
      'promotion_id': ${id}, 'promotion_name': ${name}, 'promotion_rounded': ${rounded}}`;
}

/** A quantity's share in the part. The two parts of a split add up to the whole. */
function partSql(quantity: string): string {
  const covered = exactProductSql(quantity, 'covered_share');
  return `CASE part WHEN 'whole' THEN ${quantity} WHEN 'covered' THEN ${covered} WHEN 'uncovered' THEN ${quantity} - ${covered} ELSE 0 END`;
}
