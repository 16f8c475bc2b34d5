import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceSubcategoryNames } from '@cloudact/core/focus';
import { expect, test } from 'vitest';
import { convert } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { focusRows, withBill } from './fixtures/converted.ts';
import { bare, credit, type ExportRow, ndjson, row } from './fixtures/export.ts';
import { gcpRegions } from './regions.ts';
import { gcpServices } from './services.ts';

const subscription = { subscription: { instance_id: 'subscriptions/s-1' } };
const usage = { amount: '0.5', unit: 'count', amount_in_pricing_units: '0.5', pricing_unit: 'count' };

/** Something of everything that the export can hold. */
const bill: ExportRow[] = [
  row({ credits: [credit('PROMOTION', '-0.1'), credit('SUSTAINED_USAGE_DISCOUNT', '-0.01')] }),
  row({ credits: [credit('COMMITTED_USAGE_DISCOUNT', '-0.1')] }),
  row({ ...subscription, cost: '0.2', consumption_model: { id: 'FLEX', description: 'Flexible' } }),
  row({
    ...subscription,
    sku: { id: 'F', description: 'Commitment' },
    usage,
    cost: '0.5',
    credits: [credit('FEE_UTILIZATION_OFFSET', '-0.19')],
  }),
  row({ sku: { id: 'S', description: 'Spot Preemptible Core' }, labels: [{ key: 'k8s-namespace', value: 'ingest' }] }),
  row({
    system_labels: [{ key: 'compute.googleapis.com/is_unused_reservation', value: 'true' }],
    resource: { global_name: '//compute.googleapis.com/projects/p/zones/z/reservations/1' },
  }),
  row({
    cost_type: 'adjustment',
    cost: '-0.25',
    adjustment_info: { type: 'USAGE_CORRECTION' },
    usage_start_time: '2025-02-01T08:00:00Z',
  }),
  bare({ cost_type: 'adjustment', cost: '-1', adjustment_info: { type: 'GOODWILL' } }),
  bare({ cost_type: 'tax', cost: '0.1', service: { id: 'I', description: 'Invoice' }, project: undefined }),
  bare({
    cost_type: 'rounding_error',
    cost: '0.004',
    service: { id: 'I', description: 'Invoice' },
    project: undefined,
  }),
];

test('the columns without a value are those that the page lists', async () => {
  expect(emptyColumns(await focusRows(bill))).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
});

test('a bill with something of everything breaks no rule of FOCUS 1.3', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-test-'));
  try {
    const [file, output] = [join(folder, 'bill.ndjson'), join(folder, 'out.parquet')];
    await writeFile(file, ndjson(bill));
    await convert({ files: [file], output });
    const { rules } = await validateFocusFile(output);
    expect(
      rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed').map(({ id }) => id),
    ).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

test('services have one subcategory of FOCUS each, regions one name', () => {
  const names = gcpServices.flatMap((service) => service.names.map((name) => name.toLowerCase()));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const ids = gcpServices.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(gcpServices.filter(({ subcategory }) => !serviceSubcategoryNames.includes(subcategory))).toEqual([]);
  expect(new Set(Object.values(gcpRegions)).size).toBe(Object.keys(gcpRegions).length);
});

test('a service that is not known is filed under Other, and told', async () => {
  const service = { id: 'X', description: 'Quince Analytics' };
  const [charge] = await focusRows([row({ service })]);
  expect(charge).toMatchObject({
    ServiceCategory: 'Other',
    ServiceSubcategory: 'Other (Other)',
    x_ServiceCategoryUnmapped: true,
  });
  const unknown = await withBill([row({ service }), row({ service }), row({})], (workbench, { plan, table }) =>
    workbench.rows(plan.unknownServices!(table)),
  );
  expect(unknown).toEqual([{ service: 'Quince Analytics', rows: '2' }]);
});
