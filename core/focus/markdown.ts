import type { FocusColumn } from './column.ts';
import { contractCommitmentColumns } from './columns-1.3/contract-commitment.ts';
import { costAndUsageColumns } from './columns-1.3/cost-and-usage.ts';
import { sqlType } from './ddl.ts';

/** The text of `COLUMNS.md`. `node core/focus/scripts/write-columns.ts` writes it anew. */
export function columnsMarkdown(): string {
  const types = (['String', 'JSON', 'Decimal', 'Date/Time'] as const).map(
    (dataType) =>
      `- ${dataType}: DuckDB \`${sqlType({ dataType }, 'duckdb')}\`, BigQuery \`${sqlType({ dataType }, 'bigquery')}\``,
  );
  return `# FOCUS 1.3 columns

Made from \`columns-1.3/\`; do not edit by hand. Facts from the FinOps Open Cost and Usage Specification (FOCUS) 1.3,
CC-BY-4.0 (see NOTICE.md); descriptions are our own. "Null" says whether any row may hold null.

Types in our tables (times are UTC):

${types.join('\n')}

${section('Cost and Usage', costAndUsageColumns)}
${section('Contract Commitment', contractCommitmentColumns)}`;
}

function section(title: string, columns: readonly FocusColumn[]): string {
  const rows = columns.map((column) => [
    `\`${column.id}\``,
    column.dataType,
    column.nullable ? 'yes' : 'never',
    column.featureLevel,
    column.introduced,
    column.description + (column.deprecated ? ' Deprecated.' : ''),
  ]);
  return `## ${title} (${columns.length})

${table([['Column', 'Type', 'Null', 'Level', 'Since', 'What it is'], ...rows])}

### When the others have to be present (${title})

${bullets(columns.flatMap((column) => column.conditions.map((condition) => [presence(condition), column.id] as const)))}

### Allowed values (${title})

${columns
  .filter((column) => column.allowedValues !== null)
  .map(({ id, allowedValues }) =>
    id === 'ServiceSubcategory'
      ? `- \`${id}\`: ${allowedValues?.length} values, each of one service category; see \`service-subcategories.ts\``
      : `- \`${id}\`: ${allowedValues?.join('; ')}`,
  )
  .join('\n')}
`;
}

function presence({ keyword, when }: FocusColumn['conditions'][number]): string {
  return when === 'always' ? `${keyword} always` : `${keyword} ${when.startsWith('in ') ? when : `when ${when}`}`;
}

/** One line for each group, with all that belong to it. Columns that every dataset must have are left out. */
function bullets(pairs: readonly (readonly [group: string, id: string])[]): string {
  const groups = Map.groupBy(
    pairs.filter(([group]) => group !== 'MUST always'),
    ([group]) => group,
  );
  const lines = [...groups].map(([group, members]) => `- ${group}: ${members.map(([, id]) => `\`${id}\``).join(', ')}`);
  return lines.length === 0 ? 'All columns MUST be present.' : lines.join('\n');
}

/** A table whose cells are padded, so that it reads in the source too. */
function table(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replace(/[|*]/g, '\\$&')));
  const widths = (escaped[0] ?? []).map((_, index) => Math.max(...escaped.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = escaped.map((row) => line(row.map((cell, index) => cell.padEnd(widths[index] ?? 0))));
  padded.splice(1, 0, line(widths.map((width) => '-'.repeat(width))));
  return padded.join('\n');
}
