import type { Consumption, Owner } from '../company.ts';
import { geminiConsumption } from '../gemini/workloads.ts';
import { place } from '../place.ts';

/** What the company runs on Google Cloud: its data warehouse, the cluster beside it, and models. */
export function gcpConsumption(): readonly Consumption[] {
  return [
    ...warehouse(),
    ...cluster(),
    ...models(),
    ...geminiConsumption(),
    ...development(),
    ...shared(),
    ...sandbox(),
  ];
}

function warehouse(): Consumption[] {
  const owner: Owner = { team: 'data-platform', product: 'telemetry', environment: 'prod' };
  const us = place('data', 'us-east', owner, 'customers', 0.04);
  const eu = place('data', 'eu-west', owner, 'customers', 0.05);
  return [
    ...us.with('batch').use('fleet-analytics', 'query-workgroup', { 'warehouse-scan': 11 }),
    ...us.with('batch').use('customer-reports', 'query-workgroup', { 'warehouse-scan': 6 }),
    ...eu.with('batch').use('fleet-analytics-eu', 'query-workgroup', { 'warehouse-scan': 4 }),
    ...us.bucket('larkmoor-lake', 84_000, 900_000, 2_600_000),
    ...eu.bucket('larkmoor-lake-eu', 31_000, 350_000, 900_000),
    ...us.use('larkmoor-lake-archive', 'bucket', { 'object-storage-cold': 210_000 }, 'stock'),
    ...us.use('robot-telemetry', 'stream', { 'stream-writes': 61e6 }),
    ...us.with('batch').use('telemetry-to-warehouse', 'etl-job', { 'etl-time': 160 }),
    ...eu.with('batch').use('telemetry-to-warehouse-eu', 'etl-job', { 'etl-time': 70 }),
    ...us.database('warehouse-metadata', 'database-2x16', 24, 120),
    ...us.use('dashboards-cache', 'cache', { 'cache-2x13': 24 }, 'steady'),
    ...us.logs('warehouse', 21),
  ];
}

/** One GKE cluster: its workloads are told by namespace. */
function cluster(): Consumption[] {
  const owner = (team: Owner['team'], product: Owner['product']): Owner => ({ team, product, environment: 'prod' });
  const telemetry = place('data', 'us-east', owner('data-platform', 'telemetry'), 'customers', 0.04);
  const fleet = place('data', 'us-east', owner('fleet-control', 'fleet'), 'customers', 0.03);
  const portal = place('data', 'us-east', owner('customer-portal', 'portal'), 'customers', 0.03);
  const scout = place('data', 'us-east', owner('scout', 'scout'), 'customers', 0.1, 'launch');
  const platform = place('data', 'us-east', owner('platform', 'shared'), 'steady', 0);
  return [
    ...platform.use('analytics-us', 'kubernetes-cluster', { 'kubernetes-cluster': 24 }),
    ...telemetry.containers('ingest/collector', 310),
    ...telemetry.containers('ingest/decoder', 190),
    ...telemetry.containers('features/feature-store', 260),
    ...fleet.containers('planning/route-simulator', 220),
    ...fleet.containers('planning/scenario-runner', 140),
    ...portal.containers('reporting/report-renderer', 96),
    ...scout.containers('counting/shelf-counter', 170),
    ...platform.containers('kube-system/agents', 60),
    ...platform.use('analytics-us-nodes', 'disk', { 'disk-ssd': 2_400 }, 'steady'),
    ...telemetry.balancer('ingest', 40),
  ];
}

function models(): Consumption[] {
  const owner: Owner = { team: 'perception', product: 'vision', environment: 'prod' };
  const west = place('machine-learning', 'us-west', owner, 'customers', 0.05);
  const research = place('machine-learning', 'us-west', { ...owner, environment: 'dev' }, 'office', 0.03);
  return [
    ...west.use('shelf-reader', 'model-endpoint', { 'inference-gpu': 48 }, 'steady'),
    ...west.use('label-checker', 'model-endpoint', { 'inference-gpu': 24 }, 'steady'),
    ...research.with('batch').use('grasp-training', 'training-job', { 'training-gpu': 14 }),
    ...research.use('perception-notebooks', 'notebook', { 'notebook-2x4': 30 }),
    ...west.bucket('larkmoor-training-data', 44_000, 160_000, 1_900_000),
  ];
}

function development(): Consumption[] {
  const dev = place(
    'development',
    'us-east',
    { team: 'data-platform', product: 'telemetry', environment: 'dev' },
    'office',
    0.015,
  );
  const stage = place(
    'staging',
    'us-east',
    { team: 'data-platform', product: 'telemetry', environment: 'stage' },
    'office',
    0.01,
  );
  return [
    ...dev.machines('dev-analytics', 'machine-4x16', 3, 100),
    ...dev.with('batch').use('analyst-sandbox', 'query-workgroup', { 'warehouse-scan': 1.4 }),
    ...stage.with('batch').use('staging-queries', 'query-workgroup', { 'warehouse-scan': 0.8 }),
    ...stage.bucket('larkmoor-lake-staging', 3_200, 40_000, 90_000),
    ...dev.machines('batch-worker', 'machine-spot-8x16', 4, 60),
  ];
}

function shared(): Consumption[] {
  const platform = place(
    'network',
    'us-east',
    { team: 'platform', product: 'shared', environment: 'prod' },
    'customers',
    0.03,
  );
  const guard = place(
    'security',
    'us-east',
    { team: 'security', product: 'shared', environment: 'prod' },
    'customers',
    0.02,
  );
  return [
    ...platform.use('larkmoor-net', 'network', { 'internet-out': 190, 'between-zones': 420 }),
    ...platform.use('platform-metrics', 'monitoring', { metrics: 1_900 }, 'steady'),
    ...guard.use('lake-key', 'key', { 'key-requests': 700_000 }),
    ...guard.use('data-secrets', 'secret-store', { secrets: 90 }, 'steady'),
    ...platform.use('etl-observability', 'partner-product', { 'partner-observability': 24 }),
  ];
}

/** What people try out; nobody labels it. */
function sandbox(): Consumption[] {
  const sand = place('sandbox', 'us-east', undefined, 'office', 0);
  return [
    ...sand.with('steady').machines('forgotten-notebook', 'machine-4x16', 1, 200),
    ...sand.use('prompt-playground', 'language-model', { 'model-large-input': 6_000, 'model-large-output': 1_800 }),
    ...sand.with('batch').use('try-outs', 'query-workgroup', { 'warehouse-scan': 0.5 }),
  ];
}
