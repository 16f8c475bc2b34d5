import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { warehouseConformance } from '../conformance.ts';
import { duckdbDialect } from './dialect.ts';
import { openDuckDBWarehouse } from './duckdb-warehouse.ts';

warehouseConformance('DuckDB', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'warehouse-test-'));
  const warehouse = await openDuckDBWarehouse({ directory });
  return {
    warehouse,
    dialect: duckdbDialect,
    async dispose() {
      await warehouse.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
});
