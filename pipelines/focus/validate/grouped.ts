import { type DeliveredTable, elementsOf, textOf } from './delivered-table.ts';
import type { RuleExample } from './report.ts';
import type { Expression, Requirement } from './requirements.ts';
import type { SqlConnection } from './sql.ts';

/** Rules that compare rows with each other: every child has one and only one parent. */
export function isGrouped({ check }: Requirement): boolean {
  return check?.[0] === 'CheckDistinctCount' || check?.[0] === 'JSONCheckPathDistinctParent';
}

/**
 * The rows of children with several parents (or none, where none is not allowed), and the first row of the first five
 * of them. Children of different service providers are different children, also when they have the same name.
 */
export async function groupedViolations(
  connection: SqlConnection,
  table: DeliveredTable,
  requirement: Requirement,
): Promise<{ count: number; examples: RuleExample[] }> {
  const { pairs, child, parent, atLeastOne } = pairsOf(requirement.check as Expression, table);
  const groups = await connection.rows<{ row: string; rows: string; child: string; parents: string | null }>(`
    WITH pairs AS (${pairs}),
    groups AS (
      SELECT child, min(row_number) AS row, count(DISTINCT row_number) AS rows,
        string_agg(DISTINCT parent, '; ' ORDER BY parent) AS parents
      FROM pairs WHERE child IS NOT NULL GROUP BY provider, child
      HAVING count(DISTINCT parent) > 1${atLeastOne ? ' OR count(parent) = 0' : ''}
    )
    SELECT child, parents, CAST(row AS VARCHAR) AS row, CAST(sum(rows) OVER () AS VARCHAR) AS rows
    FROM groups ORDER BY groups.row LIMIT 5`);
  return {
    count: Number(groups[0]?.rows ?? 0),
    examples: groups.map((group) => ({
      row: Number(group.row),
      values: { [child]: group.child, [parent]: group.parents },
    })),
  };
}

interface Pairs {
  /** `row_number`, `provider`, `child`, `parent`. */
  pairs: string;
  child: string;
  parent: string;
  atLeastOne: boolean;
}

function pairsOf([name, ...args]: Expression, table: DeliveredTable): Pairs {
  const provider = table.columns.has('ServiceProviderName') ? textOf('ServiceProviderName') : 'NULL';
  if (name === 'CheckDistinctCount') {
    const [child, parent] = args as [string, string];
    const other = parent in otherParents ? ` AND NOT coalesce(${otherParents[parent]}, FALSE)` : '';
    return {
      pairs: `SELECT row_number, ${provider} AS provider, ${textOf(child)} AS child, ${textOf(parent)} AS parent
        FROM ${table.source} WHERE TRUE${other}`,
      child,
      parent,
      atLeastOne: other === '',
    };
  }
  const [column, parentPath, childPath] = args as [string, string, string];
  const [child, parent] = [childPath, parentPath].map((path) => path.split('.')[2] ?? '') as [string, string];
  return {
    pairs: `SELECT row_number, provider, e.${child}_text AS child, e.${parent}_text AS parent
      FROM (SELECT row_number, ${provider} AS provider, unnest(${elementsOf(column)}) AS e FROM ${table.source})`,
    child,
    parent,
    atLeastOne: true,
  };
}

/** "Except when no suitable category is available": a row that says Other does not count as a second parent. */
const otherParents: Record<string, string> = {
  ServiceCategory: `${textOf('ServiceCategory')} = 'Other'`,
  ServiceSubcategory: `starts_with(${textOf('ServiceSubcategory')}, 'Other (')`,
};
