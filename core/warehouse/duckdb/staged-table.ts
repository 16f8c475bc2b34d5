import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { costAndUsageColumns, sqlType } from '../../focus/index.ts';
import { quoteName, quoteText, rowsBound } from './values.ts';

/** Column name and DuckDB type, in the table's order. */
export type Columns = ReadonlyMap<string, string>;

/** What a staged cost table brings along beside the columns of FOCUS. */
export interface StagedCost {
  /** Everything that goes into the cost table as it is staged. */
  readonly columns: readonly string[];
  /** `x_` columns that the cost table does not have yet; they are added as VARCHAR. */
  readonly added: readonly string[];
}

const OWN = new Map([
  ['x_SourceFile', 'VARCHAR'],
  ['x_SourceRow', 'BIGINT'],
]);
const EXTENSION = /^x_[A-Za-z0-9_]{1,100}$/;
const MAX_EXTENSIONS = 200;
const RAW_NAME = /^[a-z][a-z0-9_]{0,99}$/;
const RAW_COLUMN = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/** Throws `load_refused` when there is no such table. */
export async function columnsOf(connection: DuckDBConnection, database: string, table: string): Promise<Columns> {
  const rows = await rowsBound<{ column_name: string; data_type: string }>(
    connection,
    `SELECT column_name, data_type FROM duckdb_columns()
     WHERE database_name = ${quoteText(database)} AND schema_name = 'main' AND table_name = ${quoteText(table)}
     ORDER BY column_index`,
  );
  if (rows.length === 0 && database === 'temp') refuse(`There is no staged table "${table}"`);
  return new Map(rows.map((row) => [row.column_name, row.data_type]));
}

/**
 * Checks a staged cost table against the cost table that is in place: every FOCUS 1.3 column with its type, beside
 * them only `x_` columns; new ones are VARCHAR, and a table never has more than 200 of them.
 *
 * Throws `load_refused`.
 */
export function checkStagedCost(staged: Columns, inPlace: Columns): StagedCost {
  const wrong = costAndUsageColumns.flatMap((column) => {
    const expected = sqlType(column, 'duckdb');
    const found = staged.get(column.id);
    return found === expected ? [] : [`${column.id} ${found ? `is ${found} and not ${expected}` : 'is missing'}`];
  });
  if (wrong.length > 0) refuse(`The staged cost table does not fit FOCUS 1.3: ${wrong.join('; ')}`);

  const focus = new Set<string>(costAndUsageColumns.map(({ id }) => id));
  const present = new Map([...inPlace].map(([name, type]) => [name.toLowerCase(), { name, type }]));
  const added: string[] = [];
  for (const [name, type] of staged) {
    if (focus.has(name)) continue;
    if (name === 'org_slug' || name.toLowerCase() === 'x_integrationid') {
      refuse(`The staged cost table has a column ${name}; the warehouse writes that itself`);
    }
    if (!EXTENSION.test(name)) {
      refuse(`The staged cost table has a column "${name.slice(0, 120)}", which is neither of FOCUS nor named x_…`);
    }
    const expected = OWN.get(name) ?? present.get(name.toLowerCase())?.type ?? 'VARCHAR';
    if (type !== expected) refuse(`The staged column ${name} is ${type} and not ${expected}`);
    if (!present.has(name.toLowerCase())) added.push(name);
  }
  const extensions = [...inPlace.keys()].filter((name) => EXTENSION.test(name)).length + added.length;
  if (extensions > MAX_EXTENSIONS) {
    refuse(`The cost table would have ${extensions} x_ columns; it holds at most ${MAX_EXTENSIONS}`);
  }
  return { columns: [...staged.keys()], added };
}

/**
 * Checks a staged raw table: a name and column names in plain letters, and a `billing_period`.
 * Returns the columns that the raw table in place lacks. Throws `load_refused`.
 */
export function checkStagedRaw(name: string, staged: Columns, inPlace: Columns): string[] {
  if (!RAW_NAME.test(name) || name.startsWith('cost_')) {
    refuse(
      `"${name.slice(0, 120)}" cannot name a raw table: lower-case letters, digits and _, not starting with cost_`,
    );
  }
  const period = staged.get('billing_period');
  if (period !== 'VARCHAR' && period !== 'DATE') {
    refuse(`The staged table for ${name} needs a column billing_period of VARCHAR or DATE`);
  }
  const present = new Map([...inPlace].map(([column, type]) => [column.toLowerCase(), type]));
  const added: string[] = [];
  for (const [column, type] of staged) {
    if (column === 'billing_period') continue;
    if (!RAW_COLUMN.test(column) || ['org_slug', 'x_integrationid', 'billing_period'].includes(column.toLowerCase())) {
      refuse(`The staged table for ${name} has a column "${column.slice(0, 120)}", which a raw table cannot have`);
    }
    const before = present.get(column.toLowerCase());
    if (before === undefined) added.push(column);
    else if (before !== type) refuse(`The column ${column} of ${name} is ${before} and cannot become ${type}`);
  }
  return added;
}

export function columnList(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

export function refuse(reason: string): never {
  throw new CloudActError('load_refused', { detail: `${reason}. Nothing was changed.` });
}
