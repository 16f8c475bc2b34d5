import { type DeliveredTable, elementsOf, elementText, rowWeight, textOf, valuesOf } from './delivered-table.ts';
import type { RuleExample } from './report.ts';
import { columnsOf, type Expression, type Requirement } from './requirements.ts';
import type { SqlConnection } from './sql.ts';

export interface GroupedViolations {
  /** Rows whose child has several parents, none where there has to be one, or is there twice. */
  count: number;
  /** The first row of each of the first five such children, with all its parents. */
  examples: RuleExample[];
}

/** Rules that compare rows with each other: every child has one and only one parent, or is there once. */
export function isGrouped({ check }: Requirement): boolean {
  return ['CheckDistinctCount', 'JSONCheckPathDistinctParent', 'CheckNoDuplicates'].includes(check?.[0] ?? '');
}

/**
 * Children with the wrong number of parents, for each rule that has such. Children of different service providers are
 * different children, also when they have the same name. What rows repeat is compared once; only where a rule is
 * violated the rows themselves are looked at.
 */
export async function groupedViolations(
  connection: SqlConnection,
  table: DeliveredTable,
  rules: readonly Requirement[],
): Promise<Map<Requirement, GroupedViolations>> {
  const results = new Map<Requirement, GroupedViolations>();
  for (const rule of rules) {
    const check = rule.check as Expression;
    const family = familyOf(check);
    const columns = [...columnsOf(check), ...(table.columns.has('ServiceProviderName') ? ['ServiceProviderName'] : [])];
    const [violated] = await connection.rows(`
      SELECT 1 FROM (SELECT ${rowWeight}, ${membersOf(table, family)} FROM ${valuesOf(table, columns)})
      WHERE member.child IS NOT NULL
      GROUP BY provider, member.child HAVING ${wrongNumber(family, `sum(${rowWeight})`)} LIMIT 1`);
    if (violated) results.set(rule, await violationsOf(connection, table, family));
  }
  return results;
}

function membersOf(table: DeliveredTable, { members }: Family): string {
  return `${providerOf(table)} AS provider, unnest(${members}) AS member`;
}

function wrongNumber({ required, single }: Family, rows: string): string {
  if (single) return `${rows} > 1`;
  return `count(DISTINCT member.parent) > 1${required ? ' OR count(member.parent) = 0' : ''}`;
}

async function violationsOf(
  connection: SqlConnection,
  table: DeliveredTable,
  family: Family,
): Promise<GroupedViolations> {
  const groups = await connection.rows<{ row: string; rows: string; child: string; parents: string | null }>(`
    WITH groups AS (
      SELECT member.child AS child, min(row_number) AS first, count(DISTINCT row_number) AS rows,
        string_agg(DISTINCT member.parent, '; ' ORDER BY member.parent) AS parents
      FROM (SELECT row_number, ${membersOf(table, family)} FROM ${table.numberedSource})
      WHERE member.child IS NOT NULL
      GROUP BY provider, member.child HAVING ${wrongNumber(family, 'count(*)')}
    )
    SELECT child, parents, CAST(first AS VARCHAR) AS row, CAST(sum(rows) OVER () AS VARCHAR) AS rows
    FROM groups ORDER BY first LIMIT 5`);
  return {
    count: Number(groups[0]?.rows ?? 0),
    examples: groups.map((group) => ({
      row: Number(group.row),
      values: { [family.child]: group.child, [family.parent]: group.parents },
    })),
  };
}

function providerOf(table: DeliveredTable): string {
  return table.columns.has('ServiceProviderName') ? textOf('ServiceProviderName') : 'NULL';
}

interface Family {
  readonly child: string;
  readonly parent: string;
  /** Whether a child without a parent is wrong. */
  readonly required: boolean;
  /** Whether a child may be there once only. */
  readonly single: boolean;
  /** SQL for the children and parents of one row, as a list of structs. */
  readonly members: string;
}

function familyOf([name, ...args]: Expression): Family {
  if (name === 'CheckDistinctCount') {
    const [child, parent] = args as [string, string];
    const other = otherParents[parent];
    const parentText = other ? `CASE WHEN NOT ${other} THEN ${textOf(parent)} END` : textOf(parent);
    return {
      child,
      parent,
      required: other === undefined,
      single: false,
      members: `[struct_pack(child := ${textOf(child)}, parent := ${parentText})]`,
    };
  }
  if (name === 'CheckNoDuplicates') {
    const [child] = args as [string];
    const members = `[struct_pack(child := ${textOf(child)}, parent := ${textOf(child)})]`;
    return { child, parent: child, required: true, single: true, members };
  }
  const [column, parentPath, childPath] = args as [string, string, string];
  const child = childPath.split('.')[2] ?? '';
  const parent = parentPath.split('.')[2] ?? '';
  return {
    child,
    parent,
    required: true,
    single: false,
    members: `coalesce(list_transform(${elementsOf(column)}, lambda e: struct_pack(child := ${elementText(column, child)}, parent := ${elementText(column, parent)})), [])`,
  };
}

/** "Except when no suitable category is available": a row that says Other does not count as a second parent. */
const otherParents: Record<string, string> = {
  ServiceCategory: `${textOf('ServiceCategory')} = 'Other'`,
  ServiceSubcategory: `starts_with(${textOf('ServiceSubcategory')}, 'Other (')`,
};
