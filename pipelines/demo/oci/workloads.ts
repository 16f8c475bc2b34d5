import type { Consumption, Owner } from '../company.ts';
import { place } from '../place.ts';

/** Everything the company runs at Oracle: its finance and ERP systems, with their use on a working day at the start of the story. */
export function ociConsumption(): readonly Consumption[] {
  return [...ledger(), ...erp(), ...erpEurope(), ...testSystems(), ...leftovers()];
}

const owner: Owner = { team: 'platform', product: 'shared', environment: 'prod' };

function ledger(): Consumption[] {
  const finance = place('management', 'us-east', owner, 'steady', 0.008);
  return [
    ...finance.database('ledger', 'database-4x32', 24, 9_200),
    ...finance.database('finance-close', 'database-2x16', 24, 2_100),
    ...finance.with('batch').machines('consolidation', 'machine-8x32', 1, 300),
    ...finance.bucket('larkmoor-invoices', 3_400, 61_000, 240_000),
    ...finance.use('larkmoor-ledger-archive', 'bucket', { 'object-storage-cold': 22_000 }, 'stock'),
    ...finance.use('finance-metrics', 'monitoring', { metrics: 900 }),
  ];
}

function erp(): Consumption[] {
  const us = place('production', 'us-east', owner, 'customers', 0.015);
  return [
    ...us.machines('erp-app', 'machine-4x16', 3, 200),
    ...us.balancer('erp', 400),
    ...us.database('erp', 'database-2x16', 24, 3_800),
    ...us.bucket('larkmoor-erp-documents', 5_600, 180_000, 720_000),
    ...us.use('larkmoor-erp-net', 'network', { 'internet-out': 85 }),
    ...us.logs('erp', 12),
  ];
}

function erpEurope(): Consumption[] {
  const eu = place('production-eu', 'eu-west', owner, 'customers', 0.02);
  return [
    ...eu.machines('erp-eu-app', 'machine-4x16', 1, 200),
    ...eu.database('erp-eu', 'database-2x16', 24, 1_500),
    ...eu.bucket('larkmoor-erp-documents-eu', 1_900, 52_000, 210_000),
  ];
}

function testSystems(): Consumption[] {
  const stage = place('staging', 'us-east', { ...owner, environment: 'stage' }, 'office', 0);
  return [
    ...stage.machines('erp-test-app', 'machine-4x16', 1, 100),
    ...stage.database('erp-test', 'database-2x16', 10, 900),
  ];
}

/** What was tried out once and is still there; nobody tagged it. */
function leftovers(): Consumption[] {
  const sand = place('sandbox', 'us-east', undefined, 'steady', 0);
  return sand.machines('apex-workshop', 'machine-2x4', 1, 60);
}
