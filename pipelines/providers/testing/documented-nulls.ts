import { readFile } from 'node:fs/promises';
import { costAndUsageColumnIds } from '@cloudact/core/focus';

/**
 * The FOCUS columns that a provider's README lists as null, from its table `| Column | Source | Why null |`. Throws for a
 * name that is no column, a column listed twice and a row without a reason.
 */
export async function documentedNulls(readme: string): Promise<string[]> {
  const lines = (await readFile(readme, 'utf8')).split('\n');
  const head = lines.findIndex((line) => /^\|\s*Column\s*\|\s*Source\s*\|\s*Why null\s*\|/.test(line));
  if (head < 0) throw new Error(`${readme} has no table | Column | Source | Why null |`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  const names = lines.slice(head + 2, end < 0 ? undefined : end).flatMap((line) => {
    const [columns = '', , why = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    if (why.length < 10) throw new Error(`${readme} does not say why ${columns} is null`);
    return columns.split(',').map((name) => name.replaceAll('`', '').trim());
  });
  const known = new Set<string>(costAndUsageColumnIds);
  const wrong = names.filter((name, index) => !known.has(name) || names.indexOf(name) !== index);
  if (wrong.length > 0) throw new Error(`${readme} lists ${wrong.join(', ')}, which is no column or is there twice`);
  return names.sort();
}

/** The FOCUS columns that have a value in none of the rows. */
export function emptyColumns(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  const filled = new Set(
    rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== null && row[name] !== undefined)),
  );
  return costAndUsageColumnIds.filter((id) => !filled.has(id)).sort();
}
