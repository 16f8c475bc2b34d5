import { type DeliveredTable, rowWeight, valuesOf } from './delivered-table.ts';
import { quoteName, type SqlConnection } from './sql.ts';

export interface Violation {
  /** SQL that is true on a violating row. */
  violation: string;
  /** All columns that the SQL reads. */
  columns: readonly string[];
}

/**
 * Rows in all, and rows for each violation; what several rules say is counted once. Most columns repeat a few values:
 * what looks at one such column is decided once for each value. The rest takes one scan of the rows.
 */
export async function countViolations(
  connection: SqlConnection,
  table: DeliveredTable,
  wanted: readonly Violation[],
): Promise<{ rows: number; counts: Map<string, number> }> {
  const unique = [...new Map(wanted.map((item) => [item.violation, item])).values()];
  const repetitive = new Set(await repetitiveColumns(connection, table));
  // JSON takes so long to take apart that it pays to look at each combination with other columns once.
  const byValue = (columns: readonly string[]) =>
    columns.every((column) => repetitive.has(column)) &&
    (columns.length === 1 || columns.some((column) => table.columns.get(column)?.focus.dataType === 'JSON'));
  const byColumns = Map.groupBy(unique, ({ columns }) => (byValue(columns) ? [...columns].sort().join() : ''));
  const scans: Scan[] = [...byColumns].map(([columns, items]) => ({
    violations: items.map(({ violation }) => violation),
    ...(columns === '' ? overRows(table) : overValues(table, columns.split(','))),
  }));
  if (!byColumns.has('')) scans.push({ violations: [], ...overRows(table) });

  const counts = new Map<string, number>();
  let rows = 0;
  for (const { violations, source, count } of scans) {
    const filters = violations.map((violation, index) => `${count(violation)} AS r${index}`);
    const [totals] = await connection.rows<Record<string, string | number | null>>(
      `SELECT ${[`${count('TRUE')} AS total`, ...filters].join(', ')} FROM ${source}`,
    );
    rows = Math.max(rows, Number(totals?.total));
    for (const [index, violation] of violations.entries()) counts.set(violation, Number(totals?.[`r${index}`]));
  }
  return { rows, counts };
}

interface Scan {
  violations: string[];
  source: string;
  count: (condition: string) => string;
}

function overRows({ source }: DeliveredTable): Omit<Scan, 'violations'> {
  return { source, count: (condition) => `count(*) FILTER (WHERE ${condition})` };
}

function overValues(table: DeliveredTable, columns: readonly string[]): Omit<Scan, 'violations'> {
  return {
    source: valuesOf(table, columns),
    count: (condition) => `coalesce(sum(${rowWeight}) FILTER (WHERE ${condition}), 0)::BIGINT`,
  };
}

const SAMPLE = 50_000;

/** Text columns of which the first rows say that a value stands for many rows; none in a small table. */
async function repetitiveColumns(connection: SqlConnection, table: DeliveredTable): Promise<string[]> {
  const texts = [...table.columns].filter(([, { kind }]) => kind === 'text').map(([id]) => id);
  if (texts.length === 0) return [];
  const distinct = texts.map((id, index) => `approx_count_distinct(${quoteName(id)}) AS c${index}`);
  const [sample] = await connection.rows<Record<string, string | number>>(
    `SELECT count(*) AS total, ${distinct.join(', ')}
    FROM (SELECT ${texts.map(quoteName).join(', ')} FROM ${table.relation} LIMIT ${SAMPLE})`,
  );
  const total = Number(sample?.total);
  if (total < SAMPLE) return [];
  return texts.filter((_, index) => Number(sample?.[`c${index}`]) < total / 20);
}
