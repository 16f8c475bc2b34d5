import { costAndUsageColumns, sqlType } from '@cloudact/core/focus';
import { decimalText, identifier, literal } from './readers.ts';
import { roundingSql, type UpgradeRule, type UpgradeStep, upgradeSteps } from './rules.ts';

export interface UpgradeSource {
  /** Relation with all FOCUS 1.3 columns, typed and with FOCUS's spelling of the closed lists, null where the file has none. */
  readonly relation: string;
  /** Columns of the relation beside the FOCUS columns, which are handed on as they are. */
  readonly extensionColumns: readonly string[];
  /** Columns that say where a row comes from; they stand last. */
  readonly keyColumns: readonly string[];
}

/** Text: JSON object, column → why its value is not the delivered one. Null where the row says everything itself. */
export const upgradeNotesColumn = 'x_UpgradeNotes';

/**
 * SELECT that turns rows of FOCUS 1.0-preview to 1.2 into FOCUS 1.3: the 65 columns, the extension columns,
 * `x_UpgradeNotes`, the key columns. One row in, one row out. BilledCost, EffectiveCost, currencies and times never change.
 * Not for rows of 1.3 or later: it would overwrite what they say themselves.
 */
export function upgradeSql({ relation, extensionColumns, keyColumns }: UpgradeSource): string {
  const byLowerCase = new Map(extensionColumns.map((name) => [name.toLowerCase(), name]));
  const steps = upgradeSteps((name) => {
    const delivered = byLowerCase.get(name.toLowerCase());
    return delivered
      ? `CASE WHEN trim(${identifier(delivered)}) <> '' THEN ${identifier(delivered)} END`
      : 'CAST(NULL AS VARCHAR)';
  });
  const rules = steps.flatMap((step) => step.rules);
  const delivered = rules.map(({ column }) => `focus.${column} AS delivered_${column}`).join(', ');
  const start = `SELECT focus.*, ${delivered}, rounding.* EXCLUDE (rounded)
    FROM ${relation} AS focus
    LEFT JOIN (SELECT ProviderName AS rounded, ${roundingSql} FROM ${relation} GROUP BY ProviderName) AS rounding
      ON rounding.rounded IS NOT DISTINCT FROM focus.ProviderName`;
  const selection = [
    ...focusSelection,
    ...extensionColumns.map(identifier),
    `${notesSql(rules)} AS ${upgradeNotesColumn}`,
    ...keyColumns,
  ];
  return `SELECT ${selection.join(',\n    ')}
  FROM (${steps.reduce(applyStep, start)})`;
}

/** The 65 columns of FOCUS 1.3, each cast to the type of its table column. */
export const focusSelection: readonly string[] = costAndUsageColumns.map(
  (column) => `CAST(${column.id} AS ${sqlType(column, 'duckdb')}) AS ${column.id}`,
);

const decimals = new Set<string>(
  costAndUsageColumns.filter(({ dataType }) => dataType === 'Decimal').map(({ id }) => id),
);

function applyStep(from: string, { rules, helpers = {} }: UpgradeStep): string {
  const replaced = rules.map(({ column, sql }) => `${sql} AS ${column}`);
  const added = Object.entries(helpers).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${[`*${replaced.length > 0 ? ` REPLACE (${replaced.join(',\n      ')})` : ''}`, ...added].join(', ')}
    FROM (${from})`;
}

function notesSql(rules: readonly UpgradeRule[]): string {
  const notes = rules.map(({ column, note }) => {
    const before = decimals.has(column) ? decimalText(`delivered_${column}`) : `delivered_${column}`;
    const deliveredAs = `'delivered as ' || ${before}`;
    return `CASE WHEN ${column} IS DISTINCT FROM delivered_${column}
      THEN ${literal(`"${column}":`)} || CAST(to_json(CASE WHEN delivered_${column} IS NULL THEN ${note ?? 'NULL'} ELSE ${deliveredAs} END) AS VARCHAR) END`;
  });
  return `'{' || NULLIF(array_to_string([${notes.join(',\n      ')}], ','), '') || '}'`;
}
