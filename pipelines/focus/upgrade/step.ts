/** One column of FOCUS 1.3 and where its value comes from in an older file. */
export interface UpgradeRule {
  readonly column: string;
  /** SQL over the columns as they are before the rule's step. */
  readonly sql: string;
  /**
   * SQL of what to tell about a value that the file does not have, over the columns as they are at the end; null for
   * nothing. A value that differs from the delivered one is always told with the delivered one.
   */
  readonly note?: string;
  /** SQL of what a value that differs from the delivered one is, told beside that; null for nothing. */
  readonly change?: string;
  /** SQL of what to tell about a value that stands as delivered, over the columns as they are at the end; null for nothing. */
  readonly remark?: string;
}

/** Rules that see the same columns. */
export interface UpgradeStep {
  readonly rules: readonly UpgradeRule[];
  /** Columns for the steps after this one, which no file and no FOCUS version has: name → SQL. */
  readonly helpers?: Readonly<Record<string, string>>;
  /** Such columns written out, `sql AS name`. */
  readonly columns?: readonly string[];
}

/**
 * SQL of the text of a column that has no FOCUS 1.3 name but holds what a rule needs, by its `x_` name; null where the
 * cell is blank or the file has no such column.
 */
export type Extension = (name: string) => string;

/** The rule for the rows of one provider (a value of the helper column `provider`); those of others stay as they are. */
export function ruleFor(provider: string, rule: UpgradeRule): UpgradeRule {
  const where = `provider = '${provider}'`;
  return {
    column: rule.column,
    sql: `CASE WHEN ${where} THEN ${rule.sql} ELSE ${rule.column} END`,
    ...(rule.note && { note: `CASE WHEN ${where} THEN ${rule.note} END` }),
    ...(rule.change && { change: `CASE WHEN ${where} THEN ${rule.change} END` }),
    ...(rule.remark && { remark: `CASE WHEN ${where} THEN ${rule.remark} END` }),
  };
}
