import { geminiSkus } from '../gemini/skus.ts';
import type { Meter } from '../meters.ts';
import type { Sku } from './sku.ts';

const GIB = 1_073_741_824;
const HOUR = { pricingUnit: 'hour', unit: 'seconds', unitsEach: 3600 } as const;
const GIB_HOUR = { pricingUnit: 'gibibyte hour', unit: 'byte-seconds', unitsEach: GIB * 3600 } as const;
const GIB_MONTH = {
  pricingUnit: 'gibibyte month',
  unit: 'byte-seconds',
  unitsEach: GIB * 2_628_000,
  perMonth: true,
} as const;
const GIBIBYTE = { pricingUnit: 'gibibyte', unit: 'bytes', unitsEach: GIB } as const;
const COUNT = { pricingUnit: 'count', unit: 'requests', unitsEach: 1 } as const;

const compute = { service: 'Compute Engine', serviceId: '6F81-5844-456A' };
const bigQuery = { service: 'BigQuery', serviceId: '24E6-581D-38E5' };
const storage = { service: 'Cloud Storage', serviceId: '95FF-2EF5-5EA1' };
const vertex = { service: 'Vertex AI', serviceId: 'C7E2-9256-1C43' };
const sql = { service: 'Cloud SQL', serviceId: '9662-B51E-5089' };
const network = { service: 'Networking', serviceId: 'E505-1604-58F8' };
const logging = { service: 'Cloud Logging', serviceId: '5490-F7B7-8DF6' };
/** Ids of these are the demo's own. */
const own = (service: string, serviceId: string) => ({ service, serviceId });

const core = (name: string, price: string, cores: number, more: Partial<Sku> = {}): Sku => ({
  ...compute,
  ...HOUR,
  name: `${name} Instance Core`,
  price,
  perMeterUnit: cores,
  ...more,
});
const ram = (name: string, price: string, gibibytes: number, more: Partial<Sku> = {}): Sku => ({
  ...compute,
  ...GIB_HOUR,
  name: `${name} Instance Ram`,
  price,
  perMeterUnit: gibibytes,
  ...more,
});
const requests = (name: string, price: string): Sku => ({
  ...storage,
  ...COUNT,
  name,
  price,
  perMeterUnit: 1 / 1000,
  pricingUnit: 'count',
  unitsEach: 1000,
});
/** The SKUs of each meter that the company uses here; prices are invented. */
export const catalogue: Partial<Readonly<Record<Meter, readonly Sku[]>>> = {
  'warehouse-scan': [
    {
      ...bigQuery,
      name: 'Analysis',
      price: '6.25',
      perMeterUnit: 0.909494,
      pricingUnit: 'tebibyte',
      unit: 'bytes',
      unitsEach: GIB * 1024,
    },
  ],
  'object-storage': [{ ...storage, ...GIB_MONTH, name: 'Standard Storage', price: '0.02', perMeterUnit: 0.931322 }],
  'object-storage-cold': [
    { ...storage, ...GIB_MONTH, name: 'Archive Storage', price: '0.0012', perMeterUnit: 0.931322 },
  ],
  'object-writes': [requests('Class A Operations', '0.005')],
  'object-reads': [requests('Class B Operations', '0.0004')],
  'stream-writes': [
    {
      ...own('Cloud Pub/Sub', 'A1E8-BE35-7EBC'),
      name: 'Message Delivery Basic',
      price: '40',
      perMeterUnit: 1e-9,
      pricingUnit: 'tebibyte',
      unit: 'bytes',
      unitsEach: GIB * 1024,
    },
  ],
  'etl-time': [
    { ...own('Cloud Dataflow', 'DF00-0000-0001'), ...HOUR, name: 'Batch vCPU Time', price: '0.056', perMeterUnit: 4 },
  ],
  'database-2x16': [
    { ...sql, ...HOUR, name: 'Cloud SQL for PostgreSQL: Zonal - 2 vCPU + 16GB RAM', price: '0.2438', perMeterUnit: 1 },
  ],
  'database-storage': [
    {
      ...sql,
      ...GIB_MONTH,
      name: 'Cloud SQL for PostgreSQL: Zonal - Standard storage',
      price: '0.17',
      perMeterUnit: 0.931322,
    },
  ],
  'database-backup': [{ ...sql, ...GIB_MONTH, name: 'Cloud SQL: Backups', price: '0.08', perMeterUnit: 0.931322 }],
  'cache-2x13': [
    {
      ...own('Cloud Memorystore for Redis', 'ED00-0000-0002'),
      ...GIB_HOUR,
      name: 'Redis Capacity Standard M3',
      price: '0.046',
      perMeterUnit: 13,
    },
  ],
  'log-ingest': [{ ...logging, ...GIBIBYTE, name: 'Log Storage cost', price: '0.5', perMeterUnit: 0.931322 }],
  'log-storage': [{ ...logging, ...GIB_MONTH, name: 'Log Retention cost', price: '0.01', perMeterUnit: 0.931322 }],
  'kubernetes-cluster': [
    {
      ...own('Kubernetes Engine', 'CCD8-9BF1-090E'),
      ...HOUR,
      name: 'Regional Kubernetes Clusters',
      price: '0.1',
      perMeterUnit: 1,
    },
  ],
  'container-processor': [core('N2', '0.031611', 1, { flexible: true })],
  'container-memory': [ram('N2', '0.004237', 1, { flexible: true })],
  'disk-ssd': [{ ...compute, ...GIB_MONTH, name: 'SSD backed PD Capacity', price: '0.17', perMeterUnit: 0.931322 }],
  'machine-4x16': [
    core('N1 Predefined', '0.031611', 4, { sustained: true }),
    ram('N1 Predefined', '0.004237', 16, { sustained: true }),
  ],
  'machine-spot-8x16': [core('Spot Preemptible N2', '0.00803', 8), ram('Spot Preemptible N2', '0.00107', 16)],
  'load-balancer': [
    {
      ...network,
      ...HOUR,
      name: 'Cloud Load Balancer Forwarding Rule Minimum Global',
      price: '0.025',
      perMeterUnit: 1,
    },
  ],
  'load-balancer-capacity': [
    {
      ...network,
      ...GIBIBYTE,
      name: 'Application Load Balancer Inbound Data Processing',
      price: '0.008',
      perMeterUnit: 1,
    },
  ],
  'internet-out': [
    {
      ...network,
      ...GIBIBYTE,
      name: 'Network Internet Data Transfer Out from Americas',
      price: '0.085',
      perMeterUnit: 0.931322,
    },
  ],
  'between-zones': [
    { ...network, ...GIBIBYTE, name: 'Network Inter Zone Data Transfer Out', price: '0.01', perMeterUnit: 0.931322 },
  ],
  'inference-gpu': [
    {
      ...vertex,
      ...HOUR,
      name: 'Vertex AI: Online/Batch Prediction Nvidia L4 GPU',
      price: '0.644046',
      perMeterUnit: 1,
    },
  ],
  'training-gpu': [
    { ...vertex, ...HOUR, name: 'Vertex AI: Training Nvidia A100 GPU', price: '3.374', perMeterUnit: 1 },
  ],
  'notebook-2x4': [{ ...vertex, ...HOUR, name: 'Vertex AI: Workbench Instances vCPU', price: '0.05', perMeterUnit: 2 }],
  ...geminiSkus,
  metrics: [
    {
      ...own('Cloud Monitoring', '58CD-E7C3-72CA'),
      name: 'Metric Volume',
      price: '0.258',
      perMeterUnit: 0.02,
      pricingUnit: 'mebibyte',
      unit: 'bytes',
      unitsEach: 1_048_576,
    },
  ],
  'key-requests': [
    {
      ...own('Cloud Key Management Service (KMS)', 'EE00-0000-0003'),
      ...COUNT,
      name: 'Cryptographic operations',
      price: '0.000003',
      perMeterUnit: 1,
    },
  ],
  secrets: [
    {
      ...own('Secret Manager', 'EE00-0000-0004'),
      ...COUNT,
      name: 'Secret version replica storage',
      price: '0.06',
      perMeterUnit: 1,
      pricingUnit: 'month',
      unit: 'seconds',
      unitsEach: 2_628_000,
      perMonth: true,
    },
  ],
  'partner-observability': [
    {
      ...own('Datadog', 'DA00-0000-0005'),
      ...GIBIBYTE,
      name: 'Log ingestion',
      price: '0.1',
      perMeterUnit: 0.931322,
      seller: 'Datadog',
    },
  ],
};
