import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acme, Bench } from './conformance/bench.ts';
import { controlGuarantees } from './conformance/control.ts';
import { datasetGuarantees } from './conformance/datasets.ts';
import { partitionGuarantees } from './conformance/partitions.ts';
import { queryGuarantees } from './conformance/queries.ts';
import { sessionGuarantees } from './conformance/sessions.ts';
import type { Dialect } from './dialect.ts';
import type { Warehouse } from './port.ts';

export interface ConformanceSubject {
  warehouse: Warehouse;
  dialect: Dialect;
  /** Removes everything that the test has made. */
  dispose(): Promise<void>;
}

/** What every adapter of the warehouse port guarantees. `open` gives an empty warehouse for each test. */
export function warehouseConformance(name: string, open: () => Promise<ConformanceSubject>): void {
  describe(`${name}: every warehouse`, () => {
    const at = new Bench();
    let subject: ConformanceSubject;

    beforeEach(async () => {
      subject = await open();
      at.warehouse = subject.warehouse;
      at.dialect = subject.dialect;
    });
    afterEach(() => subject.dispose());

    datasetGuarantees(at);
    partitionGuarantees(at);
    sessionGuarantees(at);
    queryGuarantees(at);
    controlGuarantees(at);

    test('a closed warehouse says that it is not available', async () => {
      await at.warehouse.createDataset(acme);
      await at.warehouse.ping();
      await at.warehouse.close();
      await at.warehouse.close();
      for (const call of [
        () => at.warehouse.ping(),
        () => at.totals(),
        () => at.warehouse.createDataset(acme),
        () => at.load([]),
      ]) {
        await expect(call()).rejects.toMatchObject({ code: 'unavailable' });
      }
    });
  });
}
