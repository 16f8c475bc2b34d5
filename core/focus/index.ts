/** FOCUS 1.3 as data: columns, allowed values, record types, tables. One source, `columns-1.3/`. */
import { contractCommitmentColumns } from './columns-1.3/contract-commitment.ts';
import { costAndUsageColumns } from './columns-1.3/cost-and-usage.ts';

export * from './allowed-values.ts';
export type { FocusColumn, FocusDataset, FocusDataType, FocusPresence, FocusValueFormat } from './column.ts';
export { currencyCodes } from './currency-codes.ts';
export {
  contractCommitmentDdl,
  contractCommitmentTableName,
  costAndUsageDdl,
  costTableName,
  ownColumns,
  type SqlDialect,
  sqlType,
  unpricedUsageDdl,
  unpricedUsageTableName,
} from './ddl.ts';
export { exactProductSql } from './exact-product.ts';
export { columnsMarkdown } from './markdown.ts';
export type { ContractCommitmentRecord, CostAndUsageRecord } from './records.ts';
export { type ServiceSubcategory, serviceSubcategories, serviceSubcategoryNames } from './service-subcategories.ts';
export { contractCommitmentColumns, costAndUsageColumns };

/** The version of the specification that this folder holds. */
export const focusVersion = '1.3';

export type CostAndUsageColumnId = (typeof costAndUsageColumns)[number]['id'];
export type ContractCommitmentColumnId = (typeof contractCommitmentColumns)[number]['id'];
export type FocusColumnId = CostAndUsageColumnId | ContractCommitmentColumnId;

/** Column IDs of Cost and Usage, in the order of the table. */
export const costAndUsageColumnIds: readonly CostAndUsageColumnId[] = costAndUsageColumns.map(({ id }) => id);

/** Every column ID of both datasets, each once. */
export const focusColumnIds: readonly FocusColumnId[] = [
  ...new Set<FocusColumnId>([...costAndUsageColumnIds, ...contractCommitmentColumns.map(({ id }) => id)]),
];
