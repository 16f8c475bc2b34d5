import type { AccountKey, Consumption, Owner, Region } from '../company.ts';
import { place } from '../place.ts';

/** Everything the company runs at AWS, with its use on a working day at the start of the story. */
export function allConsumption(): readonly Consumption[] {
  return [
    ...fleet(),
    ...portal(),
    ...telemetry(),
    ...vision(),
    ...scout(),
    ...development(),
    ...shared(),
    ...sandbox(),
  ];
}

function fleet(): Consumption[] {
  const owner: Owner = { team: 'fleet-control', product: 'fleet', environment: 'prod' };
  const us = place('production', 'us-east', owner, 'customers', 0.035);
  const eu = place('production-eu', 'eu-west', owner, 'customers', 0.05);
  const stage = place('staging', 'us-east', { ...owner, environment: 'stage' }, 'office', 0.01);
  return [
    ...us.machines('fleet-api-us', 'machine-4x16', 6, 60),
    ...us.machines('fleet-planner-us', 'machine-8x16', 4, 40),
    ...us.balancer('fleet-us', 90),
    ...us.database('fleet-primary', 'database-4x32', 24, 620),
    ...us.database('fleet-replica', 'database-4x32', 24, 620),
    ...us.with('office').database('fleet-reporting', 'database-4x32', 24, 310),
    ...us.use('fleet-sessions', 'cache', { 'cache-2x13': 24 }, 'steady'),
    ...us.use('fleet-sessions-b', 'cache', { 'cache-2x13': 24 }, 'steady'),
    ...us.table('fleet-robot-state', 46e6, 19e6, 210),
    ...us.logs('fleet-api-us', 48),
    ...eu.machines('fleet-api-eu', 'machine-4x16', 4, 60),
    ...eu.machines('fleet-planner-eu', 'machine-8x16', 2, 40),
    ...eu.balancer('fleet-eu', 48),
    ...eu.database('fleet-eu-primary', 'database-4x32', 24, 380),
    ...eu.use('fleet-eu-sessions', 'cache', { 'cache-2x13': 24 }, 'steady'),
    ...eu.table('fleet-eu-robot-state', 21e6, 9e6, 96),
    ...eu.logs('fleet-api-eu', 22),
    ...stage.machines('fleet-stage', 'machine-2x8', 2, 40),
    ...stage.database('fleet-stage', 'database-2x16', 24, 80),
    ...stage.balancer('fleet-stage', 6),
    ...stage.logs('fleet-stage', 4),
  ];
}

function portal(): Consumption[] {
  const owner: Owner = { team: 'customer-portal', product: 'portal', environment: 'prod' };
  const us = place('production', 'us-east', owner, 'customers', 0.03);
  const stage = place('staging', 'us-east', { ...owner, environment: 'stage' }, 'office', 0.01);
  return [
    ...us.containers('portal-web', 96),
    ...us.containers('portal-worker', 48),
    ...us.functions('portal-api', 1_900_000, 5_200_000),
    ...us.functions('portal-webhooks', 420_000, 1_600_000),
    ...us.functions('portal-reports', 760_000, 90_000),
    ...us.use('portal-site', 'cdn', { 'cdn-out': 310, 'cdn-requests': 7_400_000 }),
    ...us.use('portal-firewall', 'firewall', { 'firewall-requests': 7_100_000 }),
    ...us.bucket('larkmoor-portal-assets', 900, 120_000, 2_300_000),
    ...us.database('portal-primary', 'database-2x16', 24, 240),
    ...us.database('portal-replica', 'database-2x16', 24, 240),
    ...us.use('portal-search', 'search', { 'search-2x16': 48 }, 'steady'),
    ...us.use('portal-mail', 'queue', { 'queue-requests': 2_800_000, 'queue-requests-free': 33_000 }),
    ...us.logs('portal', 19),
    ...us.use('support-assistant', 'language-model', { 'model-small-input': 61_000, 'model-small-output': 14_500 }),
    ...stage.containers('portal-stage', 18),
    ...stage.functions('portal-stage-api', 120_000, 210_000),
    ...stage.database('portal-stage', 'database-2x16', 24, 40),
  ];
}

function telemetry(): Consumption[] {
  const owner: Owner = { team: 'data-platform', product: 'telemetry', environment: 'prod' };
  const us = place('data', 'us-east', owner, 'customers', 0.045);
  const eu = place('data', 'eu-west', owner, 'customers', 0.05);
  return [
    ...us.use('robot-events', 'stream', { 'stream-shard': 432, 'stream-writes': 88e6 }, 'steady'),
    ...eu.use('robot-events-eu', 'stream', { 'stream-shard': 192, 'stream-writes': 37e6 }, 'steady'),
    ...us.machines('ingest-us', 'machine-8x32', 4, 120),
    ...eu.machines('ingest-eu', 'machine-8x32', 2, 120),
    ...us.bucket('larkmoor-telemetry-raw', 148_000, 3_900_000, 1_100_000),
    ...us.bucket('larkmoor-telemetry-curated', 61_000, 420_000, 5_600_000),
    ...us.use('larkmoor-telemetry-archive', 'bucket', { 'object-storage-cold': 390_000 }, 'stock'),
    ...eu.bucket('larkmoor-telemetry-raw-eu', 57_000, 1_500_000, 420_000),
    ...us.with('batch').use('analysts', 'query-workgroup', { 'warehouse-scan': 13 }),
    ...us.with('batch').use('curate-telemetry', 'etl-job', { 'etl-time': 210 }),
    ...us.with('batch').use('customer-exports', 'etl-job', { 'etl-time': 64 }),
    ...us.use('events-search', 'search', { 'search-2x16': 72 }, 'steady'),
    ...us.use('ingest-errors', 'queue', { 'queue-requests': 5_100_000 }),
    ...us.logs('ingest', 26),
  ];
}

function vision(): Consumption[] {
  const owner: Owner = { team: 'perception', product: 'vision', environment: 'prod' };
  const west = place('machine-learning', 'us-west', owner, 'customers', 0.04);
  const research = place('machine-learning', 'us-west', { ...owner, environment: 'dev' }, 'office', 0.03);
  return [
    ...west.machines('vision-labelling', 'machine-gpu', 3, 200),
    ...west.use('vision-grasp', 'model-endpoint', { 'inference-gpu': 96 }, 'steady'),
    ...west.use('vision-barcode', 'model-endpoint', { 'inference-gpu': 48 }, 'steady'),
    ...research.with('batch').use('vision-nightly-training', 'training-job', { 'training-gpu': 3.2 }),
    ...research.use('perception-lab', 'notebook', { 'notebook-2x4': 44 }),
    ...west.bucket('larkmoor-vision-datasets', 96_000, 210_000, 3_400_000),
    ...research.use('scene-descriptions', 'language-model', {
      'model-large-input': 128_000,
      'model-large-output': 21_000,
    }),
    ...west.logs('vision', 9),
  ];
}

/** The product that is launched in the course of the story. */
function scout(): Consumption[] {
  const owner: Owner = { team: 'scout', product: 'scout', environment: 'prod' };
  const us = place('production', 'us-east', owner, 'customers', 0.12, 'launch');
  return [
    ...us.machines('scout-mission', 'machine-4x16', 3, 60),
    ...us.containers('scout-api', 60),
    ...us.functions('scout-image-intake', 2_600_000, 3_100_000),
    ...us.table('scout-inventory', 24e6, 12e6, 60),
    ...us.bucket('larkmoor-scout-images', 24_000, 1_800_000, 2_100_000),
    ...us.use('scout-counting', 'language-model', { 'model-large-input': 94_000, 'model-large-output': 12_000 }),
    ...us.use('scout-shelf-detector', 'model-endpoint', { 'inference-gpu': 48 }, 'steady'),
    ...us.balancer('scout', 30),
    ...us.logs('scout', 11),
  ];
}

function development(): Consumption[] {
  const owner: Owner = { team: 'platform', product: 'shared', environment: 'dev' };
  const dev = place('development', 'us-east', owner, 'office', 0.015);
  const forTeam = (team: Owner['team'], product: Owner['product']) =>
    place('development', 'us-east', { team, product, environment: 'dev' }, 'office', 0.015);
  return [
    ...forTeam('fleet-control', 'fleet').machines('dev-fleet', 'machine-2x8', 4, 80),
    ...forTeam('customer-portal', 'portal').machines('dev-portal', 'machine-2x4', 3, 50),
    ...forTeam('perception', 'vision').machines('dev-perception', 'machine-4x32', 3, 120),
    ...dev.machines('build-agent', 'machine-spot-8x16', 5, 100),
    ...dev.bucket('larkmoor-build-artifacts', 4_200, 90_000, 640_000),
    ...dev.functions('dev-preview', 60_000, 45_000),
    ...dev.database('dev-shared', 'database-2x16', 24, 60),
    ...dev.logs('build', 5),
    ...dev.use('dev-functions', 'function', { 'function-requests-free': 30_000 }),
  ];
}

function shared(): Consumption[] {
  const platform: Owner = { team: 'platform', product: 'shared', environment: 'prod' };
  const guard: Owner = { team: 'security', product: 'shared', environment: 'prod' };
  const network = place('network', 'us-east', platform, 'customers', 0.03);
  const networkEu = place('network', 'eu-west', platform, 'customers', 0.04);
  const security = place('security', 'us-east', guard, 'customers', 0.02);
  const cluster = (account: AccountKey, region: Region, name: string) =>
    place(account, region, platform, 'steady', 0).use(name, 'kubernetes-cluster', { 'kubernetes-cluster': 24 });
  return [
    ...network.network('nat-us', 3, 260),
    ...networkEu.network('nat-eu', 2, 110),
    ...network.use('larkmoor-net', 'network', { 'internet-out': 330, 'internet-in': 910, 'between-zones': 720 }),
    ...networkEu.use('larkmoor-net-eu', 'network', { 'internet-out': 140, 'internet-in': 370, 'between-zones': 300 }),
    ...network.use('larkmoor-public', 'network', { 'public-address': 24 * 26 }, 'steady'),
    ...network.use('larkmoor-zone', 'dns-zone', { 'zone-queries': 9_800_000 }),
    ...cluster('production', 'us-east', 'fleet-us'),
    ...cluster('production-eu', 'eu-west', 'fleet-eu'),
    ...cluster('staging', 'us-east', 'fleet-stage'),
    ...place('network', 'us-east', platform, 'steady', 0.02).use('platform-metrics', 'monitoring', { metrics: 3_400 }),
    ...place('network', 'us-east', platform, 'customers', 0.03).use('platform-observability', 'partner-product', {
      'partner-observability': 62,
    }),
    ...security.use('threats', 'threat-detector', { 'threat-detection': 4_300_000 }),
    ...security.use('configuration', 'configuration-recorder', { 'configuration-items': 5_200 }),
    ...security.use('organisation-trail', 'audit-trail', { 'audit-events': 640_000 }),
    ...security.use('customer-data-key', 'key', { 'key-requests': 1_300_000 }),
    ...security.use('service-secrets', 'secret-store', { secrets: 210 }, 'steady'),
    ...security.bucket('larkmoor-audit-logs', 12_500, 310_000, 4_000),
  ];
}

/** What people try out; nobody tags it. */
function sandbox(): Consumption[] {
  const sand = place('sandbox', 'us-east', undefined, 'office', 0);
  return [
    ...sand.with('steady').machines('forgotten-demo', 'machine-4x16', 1, 200),
    ...sand.machines('workshop', 'machine-2x4', 2, 30),
    ...sand.use('prompt-playground', 'language-model', { 'model-large-input': 9_000, 'model-large-output': 2_600 }),
    ...sand.bucket('larkmoor-sandbox', 1_300, 4_000, 9_000),
    ...sand.use('sandbox-functions', 'function', { 'function-requests-free': 21_000 }),
  ];
}
