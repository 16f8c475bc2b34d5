import { readFileSync } from 'node:fs';
import type { FocusDataset } from '@cloudact/core/focus';

/**
 * One leaf rule of FOCUS 1.3. `requirements-1.3.jsonl` holds one per line; see NOTICE.md for its source
 * and licence.
 */
export interface Requirement {
  /** As in the FOCUS requirements model; `CAU-` rules are about Cost and Usage, `CCT-` about Contract Commitment: `CAU-ListCost-C-011-C`. */
  readonly id: string;
  /** The column that the rule is about; null for the dataset as a whole. */
  readonly column: string | null;
  readonly keyword: Keyword;
  /** The sentence of the specification. */
  readonly text: string;
  /** What has to hold on every row for which `when` holds. Missing where the data alone cannot tell. */
  readonly check?: Expression;
  readonly when?: Expression;
  /** What the data generator has to support for the rule to apply; all of them. */
  readonly criteria?: readonly string[];
}

export const keywords = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'RECOMMENDED'] as const;
export type Keyword = (typeof keywords)[number];

/** A check function of the requirements model and its arguments: `['CheckValue', 'ChargeCategory', 'Tax']`. */
export type Expression = readonly [name: string, ...args: readonly unknown[]];

const requirements: readonly Requirement[] = readFileSync(new URL('requirements-1.3.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Requirement);

/** The rules of a dataset, in the order of the model. */
export function requirementsOf(dataset: FocusDataset): Requirement[] {
  const prefix = dataset === 'CostAndUsage' ? 'CAU-' : 'CCT-';
  return requirements.filter(({ id }) => id.startsWith(prefix));
}

/** The single checks of an expression, without the `All` and `Any` around them. */
export function atoms(expression: Expression | undefined): Expression[] {
  if (expression === undefined) return [];
  const [name, ...args] = expression;
  return name === 'All' || name === 'Any' ? (args as Expression[]).flatMap(atoms) : [expression];
}

/** What has to hold together: the items of an `All`, or the one expression. */
export function conjuncts(expression: Expression | undefined): Expression[] {
  if (expression === undefined) return [];
  return expression[0] === 'All' ? (expression.slice(1) as unknown as Expression[]) : [expression];
}

/** The columns that a check reads. */
export function columnsOf([name, ...args]: Expression): string[] {
  const count = columnArguments[name] ?? 1;
  const columns = name === 'JSONCheckPathSameValue' ? [args[0], args[2]] : args.slice(0, count);
  return columns.filter((column) => typeof column === 'string');
}

const columnArguments: Record<string, number> = {
  CheckDistinctCount: 2,
  CheckSameValue: 2,
  ColumnByColumnEqualsColumnValue: 3,
  SubcategoryOfCategory: 2,
};
