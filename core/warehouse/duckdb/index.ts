export { duckdbDialect } from './dialect.ts';
export { type DuckDBWarehouseOptions, openDuckDBWarehouse } from './duckdb-warehouse.ts';
export { type DuckDB, type DuckDBOptions, openDuckDB } from './instance.ts';
export { quotePath } from './values.ts';
export { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';
