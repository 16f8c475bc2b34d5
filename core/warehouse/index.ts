/** The warehouse port: what an adapter offers, how queries are written, which tables a dataset has. */
export type { Dialect } from './dialect.ts';
export type {
  CellValue,
  ControlWarehouse,
  ExportedTable,
  LoadSession,
  OrgWarehouse,
  PartitionReplacement,
  Warehouse,
} from './port.ts';
export { defineQuery, type ParamType, type Query, type QueryParams } from './query.ts';
export {
  datasetTables,
  type RollupDimension,
  type RollupMetric,
  rollupDimensions,
  rollupMetrics,
  usageAttributionColumns,
} from './tables.ts';
