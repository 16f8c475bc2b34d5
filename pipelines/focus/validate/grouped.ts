import { type DeliveredTable, elementsOf, elementText, textOf } from './delivered-table.ts';
import type { RuleExample } from './report.ts';
import type { Expression, Requirement } from './requirements.ts';
import type { SqlConnection } from './sql.ts';

export interface GroupedViolations {
  /** Rows whose child has several parents, or none where there has to be one. */
  count: number;
  /** The first row of each of the first five such children, with all its parents. */
  examples: RuleExample[];
}

/** Rules that compare rows with each other: every child has one and only one parent. */
export function isGrouped({ check }: Requirement): boolean {
  return check?.[0] === 'CheckDistinctCount' || check?.[0] === 'JSONCheckPathDistinctParent';
}

/**
 * Children with the wrong number of parents, for each rule that has such. Children of different service providers are
 * different children, also when they have the same name. One scan says which rules are violated; those are looked at
 * once more.
 */
export async function groupedViolations(
  connection: SqlConnection,
  table: DeliveredTable,
  rules: readonly Requirement[],
): Promise<Map<Requirement, GroupedViolations>> {
  if (rules.length === 0) return new Map();
  const all = rules.map((rule) => ({ rule, family: familyOf(rule.check as Expression) }));
  const members = all.map(({ family }, index) => family.members(`rule := ${index}, required := ${family.required}`));
  const violated = await connection.rows<{ rule: number }>(`
    SELECT DISTINCT rule FROM (
      SELECT member.rule AS rule
      FROM (SELECT ${providerOf(table)} AS provider, unnest(list_concat(${members.join(', ')})) AS member FROM ${table.source})
      WHERE member.child IS NOT NULL
      GROUP BY member.rule, member.required, provider, member.child
      HAVING ${wrongNumber}
    )`);
  const results = new Map<Requirement, GroupedViolations>();
  for (const { rule: index } of violated) {
    const item = all[index];
    if (item) results.set(item.rule, await violationsOf(connection, table, item.family));
  }
  return results;
}

const wrongNumber = 'count(DISTINCT member.parent) > 1 OR (member.required AND count(member.parent) = 0)';

async function violationsOf(
  connection: SqlConnection,
  table: DeliveredTable,
  family: Family,
): Promise<GroupedViolations> {
  const groups = await connection.rows<{ row: string; rows: string; child: string; parents: string | null }>(`
    WITH groups AS (
      SELECT member.child AS child, min(row_number) AS first, count(DISTINCT row_number) AS rows,
        string_agg(DISTINCT member.parent, '; ' ORDER BY member.parent) AS parents
      FROM (
        SELECT row_number, ${providerOf(table)} AS provider, unnest(${family.members(`required := ${family.required}`)}) AS member
        FROM ${table.numberedSource}
      )
      WHERE member.child IS NOT NULL
      GROUP BY member.required, provider, member.child
      HAVING ${wrongNumber}
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
  /** SQL for the children and parents of one row, as a list of structs that begin with `fields`. */
  members(fields: string): string;
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
      members: (fields) => `[struct_pack(${fields}, child := ${textOf(child)}, parent := ${parentText})]`,
    };
  }
  const [column, parentPath, childPath] = args as [string, string, string];
  const child = childPath.split('.')[2] ?? '';
  const parent = parentPath.split('.')[2] ?? '';
  return {
    child,
    parent,
    required: true,
    members: (fields) =>
      `coalesce(list_transform(${elementsOf(column)}, lambda e: struct_pack(${fields}, child := ${elementText(column, child)}, parent := ${elementText(column, parent)})), [])`,
  };
}

/** "Except when no suitable category is available": a row that says Other does not count as a second parent. */
const otherParents: Record<string, string> = {
  ServiceCategory: `${textOf('ServiceCategory')} = 'Other'`,
  ServiceSubcategory: `starts_with(${textOf('ServiceSubcategory')}, 'Other (')`,
};
