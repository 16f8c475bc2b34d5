import type { Consumption, Owner } from '../company.ts';
import { place } from '../place.ts';

/**
 * What the European subsidiary runs: a maker of warehouse planning software that was bought, and has always been on
 * Azure. Its own portal, planner and data platform; the parent's teams own parts of it. `us-west` is where the subsidiary
 * rents what West Europe has not enough of.
 */
export function europeConsumption(): readonly Consumption[] {
  return [...planner(), ...portal(), ...data(), ...assistant(), ...development(), ...shared(), ...sandbox()];
}

function planner(): Consumption[] {
  const owner: Owner = { team: 'fleet-control', product: 'fleet', environment: 'prod' };
  const west = place('production-eu', 'eu-west', owner, 'customers', 0.03);
  const stage = place('staging', 'eu-west', { ...owner, environment: 'stage' }, 'office', 0.01);
  return [
    ...west.machines('planner-api', 'machine-4x16', 4, 128),
    ...west.machines('planner-solver', 'machine-8x32', 2, 256),
    ...west.balancer('planner-gateway', 22),
    ...west.database('planner-db', 'database-4x32', 24, 320),
    ...west.use('planner-sessions', 'cache', { 'cache-2x13': 24 }, 'steady'),
    ...west.use('planner-orders', 'queue', { 'queue-requests': 3_400_000 }),
    ...west.logs('planner-logs', 14),
    ...stage.machines('planner-stage', 'machine-2x8', 1, 64),
    ...stage.database('planner-stage-db', 'database-2x16', 24, 40),
  ];
}

function portal(): Consumption[] {
  const owner: Owner = { team: 'customer-portal', product: 'portal', environment: 'prod' };
  const west = place('production-eu', 'eu-west', owner, 'customers', 0.025);
  return [
    ...west.use('eu-portal-plan', 'container-service', { 'container-processor': 48 }, 'steady'),
    ...west.functions('eu-portal-jobs', 380_000, 1_900_000),
    ...west.use('eu-portal-site', 'cdn', { 'cdn-out': 85, 'cdn-requests': 1_800_000 }),
    ...west.database('eu-portal-db', 'database-2x16', 24, 110),
    ...west.bucket('eulkmportal', 640, 70_000, 820_000),
    ...west.logs('eu-portal-logs', 6),
  ];
}

function data(): Consumption[] {
  const owner: Owner = { team: 'data-platform', product: 'telemetry', environment: 'prod' };
  const west = place('data', 'eu-west', owner, 'customers', 0.04);
  return [
    ...west.use('eu-robot-events', 'stream', { 'stream-shard': 96, 'stream-writes': 11e6 }, 'steady'),
    ...west.bucket('eulkmtelemetry', 38_000, 900_000, 310_000),
    ...west.use('eulkmarchive', 'bucket', { 'object-storage-cold': 92_000 }, 'stock'),
    ...west.with('batch').use('eu-curate', 'etl-job', { 'etl-time': 38 }),
    ...west.table('eu-robot-state', 9e6, 4e6, 44),
    ...west.use('eu-events-search', 'search', { 'search-2x16': 24 }, 'steady'),
  ];
}

function assistant(): Consumption[] {
  const owner: Owner = { team: 'scout', product: 'scout', environment: 'prod' };
  const models = place('machine-learning', 'us-west', owner, 'customers', 0.05);
  const research = place('machine-learning', 'us-west', { ...owner, team: 'perception' }, 'office', 0.02);
  return [
    ...models.use('eu-planner-assistant', 'language-model', {
      'model-small-input': 88_000,
      'model-small-output': 17_000,
      'model-large-input': 21_000,
      'model-large-output': 3_400,
    }),
    ...research.machines('eu-vision-trainer', 'machine-gpu', 1, 512),
  ];
}

function development(): Consumption[] {
  const owner: Owner = { team: 'platform', product: 'shared', environment: 'dev' };
  const dev = place('development', 'eu-west', owner, 'office', 0.01);
  return [
    ...dev.machines('eu-dev', 'machine-2x8', 2, 128),
    ...dev.machines('eu-build', 'machine-spot-8x16', 2, 64),
    ...dev.bucket('eulkmbuild', 900, 21_000, 140_000),
    ...dev.database('eu-dev-db', 'database-2x16', 24, 30),
  ];
}

function shared(): Consumption[] {
  const owner: Owner = { team: 'platform', product: 'shared', environment: 'prod' };
  const network = place('network', 'eu-west', owner, 'customers', 0.02);
  const steady = network.with('steady');
  return [
    ...network.network('eu-nat', 1, 70),
    ...network.use('eu-hub-vnet', 'network', { 'internet-out': 96, 'between-zones': 180 }),
    ...steady.use('eu-public', 'network', { 'public-address': 24 * 6 }),
    ...steady.use('planner-aks', 'kubernetes-cluster', { 'kubernetes-cluster': 24 }),
    ...network.use('eu.larkmoor.example', 'dns-zone', { 'zone-queries': 2_100_000 }),
    ...network.use('eu-secrets', 'key', { 'key-requests': 260_000 }),
    ...network.use('eu-observability', 'partner-product', { 'partner-observability': 18 }),
  ];
}

/** What people try out; nobody tags it. */
function sandbox(): Consumption[] {
  const sand = place('sandbox', 'eu-west', undefined, 'office', 0);
  return [
    ...sand.machines('eu-workshop', 'machine-2x4', 1, 64),
    ...sand.bucket('eulkmsandbox', 260, 900, 2_400),
    ...sand.use('eu-prompt-lab', 'language-model', { 'model-large-input': 2_400, 'model-large-output': 700 }),
  ];
}
