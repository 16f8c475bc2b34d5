import { costAndUsageColumns, sqlType } from '@cloudact/core/focus';
import { decimalText, identifier, literal } from './readers.ts';
import { roundingSql, upgradeSteps } from './rules.ts';
import type { UpgradeRule, UpgradeStep } from './step.ts';

export interface UpgradeSource {
  /**
   * Relation with all FOCUS 1.3 columns, typed and with FOCUS's spelling of the closed lists, null where the file has
   * none; and `BillingPeriodStart_blank`, `BillingPeriodEnd_blank`: whether the file says nothing there. What it says
   * unreadably is not made up.
   */
  readonly relation: string;
  /** Columns of the relation beside the FOCUS columns, which are handed on as they are. */
  readonly extensionColumns: readonly string[];
  /** Columns that say where a row comes from; they stand last. */
  readonly keyColumns: readonly string[];
  /**
   * FOCUS columns that no rule touches, whatever is in them: those that a file of 1.3 or later has, which says itself
   * what they are. Default none.
   */
  readonly untouched?: ReadonlySet<string>;
}

/** Text: JSON object, column → why its value is not the delivered one. Null where the row says everything itself. */
export const upgradeNotesColumn = 'x_UpgradeNotes';

/**
 * SELECT that turns rows of FOCUS 1.0-preview to 1.2, and of 1.4, into FOCUS 1.3: the 65 columns, the extension columns,
 * `x_UpgradeNotes`, the key columns. One row in, one row out. BilledCost never
 * changes, and currencies only to capital letters.
 */
export function upgradeSql({ relation, extensionColumns, keyColumns, untouched }: UpgradeSource): string {
  const byName = new Map(extensionColumns.map((name) => [foldedName(name), name]));
  const all = upgradeSteps((name) => {
    const delivered = byName.get(foldedName(name));
    return delivered
      ? `CASE WHEN trim(${identifier(delivered)}) <> '' THEN ${identifier(delivered)} END`
      : 'CAST(NULL AS VARCHAR)';
  });
  const changeable = new Set(all.flatMap((step) => step.rules.map(({ column }) => column)));
  const steps = all.map((step) => ({ ...step, rules: step.rules.filter(({ column }) => !untouched?.has(column)) }));
  const delivered = [...changeable].map((column) => `focus.${column} AS delivered_${column}`).join(', ');
  const start = `SELECT focus.*, ${delivered}, rounding.* EXCLUDE (rounded)
    FROM ${relation} AS focus
    LEFT JOIN (SELECT ProviderName AS rounded, ${roundingSql} FROM ${relation} GROUP BY ProviderName) AS rounding
      ON rounding.rounded IS NOT DISTINCT FROM focus.ProviderName`;
  const selection = [
    ...focusSelection,
    ...extensionColumns.map(identifier),
    `${notesSql(steps.flatMap((step) => step.rules))} AS ${upgradeNotesColumn}`,
    ...keyColumns,
  ];
  return `SELECT ${selection.join(',\n    ')}
  FROM (${steps.reduce(applyStep, start)})`;
}

/** The same for all spellings of a column: warehouses write `x_SkuDetails` as `x_sku_details` or `X_SKUDETAILS`. */
export function foldedName(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** The 65 columns of FOCUS 1.3, each cast to the type of its table column. */
export const focusSelection: readonly string[] = costAndUsageColumns.map(
  (column) => `CAST(${column.id} AS ${sqlType(column, 'duckdb')}) AS ${column.id}`,
);

const decimals = new Set<string>(
  costAndUsageColumns.filter(({ dataType }) => dataType === 'Decimal').map(({ id }) => id),
);

function applyStep(from: string, { rules, helpers = {}, columns = [] }: UpgradeStep): string {
  const added = [...Object.entries(helpers).map(([name, sql]) => `${sql} AS ${name}`), ...columns];
  if (rules.length === 0 && added.length === 0) return from;
  const replaced = rules.map(({ column, sql }) => `${sql} AS ${column}`);
  return `SELECT ${[`*${replaced.length > 0 ? ` REPLACE (${replaced.join(',\n      ')})` : ''}`, ...added].join(', ')}
    FROM (${from})`;
}

function notesSql(rules: readonly UpgradeRule[]): string {
  const notes = [...new Set(rules.map(({ column }) => column))].map((column) => {
    const own = rules.filter((rule) => rule.column === column);
    const filled = firstOf(own.flatMap(({ note }) => note ?? []));
    const changed = firstOf(own.flatMap(({ change }) => change ?? []));
    const stands = firstOf(own.flatMap(({ remark }) => remark ?? []));
    const before = decimals.has(column) ? decimalText(`delivered_${column}`) : `delivered_${column}`;
    const text = `CASE WHEN ${column} IS NOT DISTINCT FROM delivered_${column} THEN ${stands}
      WHEN delivered_${column} IS NULL THEN ${filled} ELSE 'delivered as ' || ${before} || COALESCE(', ' || ${changed}, '') END`;
    return `${literal(`"${column}":`)} || CAST(to_json(${text}) AS VARCHAR)`;
  });
  return `'{' || NULLIF(array_to_string([${notes.join(',\n      ')}], ','), '') || '}'`;
}

function firstOf(texts: readonly string[]): string {
  return texts.length > 0 ? `COALESCE(${texts.join(', ')})` : 'CAST(NULL AS VARCHAR)';
}
