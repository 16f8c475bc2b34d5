import type { Fixed } from '../fixed-point.ts';
import { fixed } from '../fixed-point.ts';
import type { Meter } from '../meters.ts';

/** A part number with the price of one unit. The prices are the demo's own, in US dollars. */
export interface OciSku {
  readonly partNumber: string;
  readonly service: string;
  readonly description: string;
  readonly price: Fixed;
  /** `cost/skuUnitDescription`. */
  readonly unit: string;
  /** `cost/billingUnitReadable`. */
  readonly billingUnit: string;
  /** Units that are billed for one of the meter's units. */
  readonly perUnit: number;
}

/** A gigabyte that is there for a day, in gigabyte-months: Oracle's month has 744 hours. */
const DAY_OF_MONTH = 24 / 744;
const GB_MONTHS = { unit: 'GB Months', billingUnit: '1 GiB MONTHS STORAGE_SIZE' };
const REQUESTS = { unit: '10,000 Requests', billingUnit: '10000 NONE NONE REQUESTS' };

function sku(
  partNumber: string,
  service: string,
  description: string,
  price: string,
  units: Pick<OciSku, 'unit' | 'billingUnit'>,
  perUnit = 1,
): OciSku {
  return { partNumber, service, description, price: fixed(price), ...units, perUnit };
}

/** A flexible machine is billed by cores, of which one is two virtual processors, and by memory. */
function machine(cores: number, memory: number): OciSku[] {
  return [
    sku(
      'B93113',
      'COMPUTE',
      'Standard - E4',
      '0.025',
      { unit: 'OCPU Hours', billingUnit: '1 NONE HOURS OCPUS' },
      cores,
    ),
    sku(
      'B93114',
      'COMPUTE',
      'Standard - E4 - Memory',
      '0.0015',
      { unit: 'GB Hours', billingUnit: '1 GiB HOURS MEMORY' },
      memory,
    ),
  ];
}

const skus: Partial<Record<Meter, readonly OciSku[]>> = {
  'machine-2x4': machine(1, 4),
  'machine-4x16': machine(2, 16),
  'machine-8x32': machine(4, 32),
  'disk-ssd': [
    sku('B91961', 'BLOCK_STORAGE', 'Block Volume - Storage', '0.0255', GB_MONTHS, DAY_OF_MONTH),
    sku(
      'B91962',
      'BLOCK_STORAGE',
      'Block Volume - Performance Units',
      '0.0017',
      { unit: 'Performance Units Per Gigabyte Per Month', billingUnit: '1 GiB MONTHS PERFORMANCE_UNITS' },
      DAY_OF_MONTH * 10,
    ),
  ],
  'database-4x32': [
    sku('B92380', 'DATABASE', 'Exadata Cloud Infrastructure - Quarter Rack', '10.7527', {
      unit: 'Hosted Environment Per Hour',
      billingUnit: '1 NONE HOURS HOSTED_ENVIRONMENT',
    }),
    sku(
      'B88592',
      'DATABASE',
      'Exadata Cloud Infrastructure - Database OCPU - BYOL',
      '0.3226',
      { unit: 'OCPU Hours', billingUnit: '1 NONE HOURS OCPUS' },
      16,
    ),
  ],
  'database-2x16': [
    sku(
      'B95702',
      'DATABASE',
      'Oracle Autonomous Transaction Processing - ECPU',
      '0.336',
      { unit: 'ECPU Per Hour', billingUnit: '1 NONE HOURS ECPUS' },
      4,
    ),
  ],
  'database-storage': [
    sku('B95706', 'DATABASE', 'Oracle Autonomous Transaction Processing - Storage', '0.1156', GB_MONTHS, DAY_OF_MONTH),
  ],
  'database-backup': [
    sku('B95754', 'DATABASE', 'Oracle Autonomous Database - Backup Storage', '0.0244', GB_MONTHS, DAY_OF_MONTH),
  ],
  'object-storage': [sku('B91628', 'OBJECTSTORE', 'Object Storage - Storage', '0.0255', GB_MONTHS, DAY_OF_MONTH)],
  'object-storage-cold': [sku('B91633', 'OBJECTSTORE', 'Archive Storage', '0.0026', GB_MONTHS, DAY_OF_MONTH)],
  'object-writes': [sku('B91627', 'OBJECTSTORE', 'Object Storage - Requests', '0.0034', REQUESTS, 0.0001)],
  'object-reads': [sku('B91627', 'OBJECTSTORE', 'Object Storage - Requests', '0.0034', REQUESTS, 0.0001)],
  'load-balancer': [
    sku('B93030', 'LOAD_BALANCER', 'Load Balancer Base', '0.0113', {
      unit: 'Load Balancer Hour',
      billingUnit: '1 NONE HOURS LOAD_BALANCERS',
    }),
  ],
  'load-balancer-capacity': [
    sku(
      'B93031',
      'LOAD_BALANCER',
      'Load Balancer Bandwidth',
      '0.0001',
      { unit: 'Mbps Per Hour', billingUnit: '1 NONE HOURS MBPS' },
      24,
    ),
  ],
  'internet-out': [
    sku('B88327', 'NETWORK', 'Outbound Data Transfer Zone 1', '0.0085', {
      unit: 'GB Of Data Transferred',
      billingUnit: '1 GiB NONE DATA_TRANSFERRED',
    }),
  ],
  // Oracle bills logs for their storage alone.
  'log-ingest': [],
  'log-storage': [sku('B92593', 'LOGGING', 'Logging - Storage', '0.05', GB_MONTHS, DAY_OF_MONTH)],
  metrics: [
    sku(
      'B90925',
      'TELEMETRY',
      'Monitoring Service - Ingestion',
      '0.0025',
      { unit: 'Million Datapoints', billingUnit: '1000000 NONE NONE DATAPOINTS' },
      0.00144,
    ),
  ],
};

/** What a use of this meter is billed as; one meter may be several lines. Throws for what the demo does not buy here. */
export function skusOf(meter: Meter): readonly OciSku[] {
  const found = skus[meter];
  if (!found) throw new TypeError(`the demo has no Oracle price for ${meter}`);
  return found;
}
