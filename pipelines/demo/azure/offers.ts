import type { Meter } from '../meters.ts';

/** What Azure sells for a meter of the company. Prices are invented, of the size of real ones, US dollars. */
export interface AzureOffer {
  readonly category: string;
  readonly subCategory: string;
  readonly meterName: string;
  readonly unit: string;
  /**
   * So much of the company's meter is one of `unit`; `month`: a
   * gigabyte, and `disk`: one of 128 gigabytes, for all days of the month.
   */
  readonly block: number | 'month' | 'disk';
  /** Pay-as-you-go price of one of `unit`, at most six places. */
  readonly price: string;
  /** ARM resource provider and type, for example `Microsoft.Compute/virtualMachines`. */
  readonly type: string;
  readonly family: string;
  readonly size?: string;
  readonly cores?: number;
}

const machine = (size: string, cores: number, price: string, series: string): AzureOffer => ({
  category: 'Virtual Machines',
  subCategory: `${series} Series`,
  meterName: size.replace('Standard_', '').replaceAll('_', ' '),
  unit: '1 Hour',
  block: 1,
  price,
  type: 'Microsoft.Compute/virtualMachines',
  family: 'Compute',
  size,
  cores,
});

const model = (meterName: string, price: string): AzureOffer => ({
  category: 'Cognitive Services',
  subCategory: 'Azure OpenAI',
  meterName,
  unit: '1K',
  block: 1,
  price,
  type: 'Microsoft.CognitiveServices/accounts',
  family: 'AI + Machine Learning',
});

const sold = (
  names: readonly [category: string, subCategory: string, meterName: string],
  measure: readonly [unit: string, block: AzureOffer['block'], price: string],
  type: string,
  family: string,
): AzureOffer => ({
  category: names[0],
  subCategory: names[1],
  meterName: names[2],
  unit: measure[0],
  block: measure[1],
  price: measure[2],
  type,
  family,
});

const STORAGE = 'Microsoft.Storage/storageAccounts';
const SQL = 'Microsoft.Sql/servers/databases';
const NETWORK = 'Networking';
const DATA = 'Databases';

/** The European subsidiary uses these meters and no others. */
export const azureOffers: Partial<Readonly<Record<Meter, AzureOffer>>> = {
  'machine-2x4': machine('Standard_B2s', 2, '0.048', 'BS'),
  'machine-2x8': machine('Standard_D2s_v5', 2, '0.115', 'Dsv5'),
  'machine-4x16': machine('Standard_D4s_v5', 4, '0.23', 'Dsv5'),
  'machine-8x32': machine('Standard_D8s_v5', 8, '0.46', 'Dsv5'),
  'machine-gpu': machine('Standard_NC4as_T4_v3', 4, '0.658', 'NCasT4v3'),
  'machine-spot-8x16': machine('Standard_F8s_v2', 8, '0.1164', 'FSv2 Spot'),
  'disk-ssd': sold(
    ['Storage', 'Premium SSD Managed Disks', 'P10 LRS Disk'],
    ['1/Month', 'disk', '22.08'],
    'Microsoft.Compute/disks',
    'Storage',
  ),
  'object-storage': sold(
    ['Storage', 'Blob Storage', 'Hot LRS Data Stored'],
    ['1 GB/Month', 'month', '0.0196'],
    STORAGE,
    'Storage',
  ),
  'object-storage-cold': sold(
    ['Storage', 'Blob Storage', 'Archive LRS Data Stored'],
    ['1 GB/Month', 'month', '0.0018'],
    STORAGE,
    'Storage',
  ),
  'object-writes': sold(
    ['Storage', 'Blob Storage', 'Hot LRS Write Operations'],
    ['10K', 10_000, '0.054'],
    STORAGE,
    'Storage',
  ),
  'object-reads': sold(
    ['Storage', 'Blob Storage', 'Hot Read Operations'],
    ['10K', 10_000, '0.0043'],
    STORAGE,
    'Storage',
  ),
  'internet-out': sold(
    ['Bandwidth', 'Rtn Preference: MGN', 'Standard Data Transfer Out'],
    ['1 GB', 1, '0.087'],
    'Microsoft.Network/virtualNetworks',
    NETWORK,
  ),
  'between-zones': sold(
    ['Virtual Network', 'Peering', 'Intra-Region Egress'],
    ['1 GB', 1, '0.01'],
    'Microsoft.Network/virtualNetworks',
    NETWORK,
  ),
  'public-address': sold(
    ['Virtual Network', 'IP Addresses', 'Standard IPv4 Static Public IP'],
    ['1 Hour', 1, '0.005'],
    'Microsoft.Network/publicIPAddresses',
    NETWORK,
  ),
  'nat-gateway': sold(
    ['NAT Gateway', '', 'Standard Gateway'],
    ['1 Hour', 1, '0.045'],
    'Microsoft.Network/natGateways',
    NETWORK,
  ),
  'nat-traffic': sold(
    ['NAT Gateway', '', 'Standard Data Processed'],
    ['1 GB', 1, '0.045'],
    'Microsoft.Network/natGateways',
    NETWORK,
  ),
  'load-balancer': sold(
    ['Application Gateway', 'Standard v2', 'Standard Fixed Cost'],
    ['1 Hour', 1, '0.246'],
    'Microsoft.Network/applicationGateways',
    NETWORK,
  ),
  'load-balancer-capacity': sold(
    ['Application Gateway', 'Standard v2', 'Standard Capacity Units'],
    ['1/Hour', 1, '0.008'],
    'Microsoft.Network/applicationGateways',
    NETWORK,
  ),
  'cdn-out': sold(
    ['Azure Front Door Service', 'Azure Front Door', 'Standard Data Transfer Out'],
    ['1 GB', 1, '0.083'],
    'Microsoft.Cdn/profiles',
    NETWORK,
  ),
  'cdn-requests': sold(
    ['Azure Front Door Service', 'Azure Front Door', 'Standard Requests'],
    ['10K', 10_000, '0.009'],
    'Microsoft.Cdn/profiles',
    NETWORK,
  ),
  'kubernetes-cluster': sold(
    ['Azure Kubernetes Service', '', 'Standard Uptime SLA'],
    ['1 Hour', 1, '0.1'],
    'Microsoft.ContainerService/managedClusters',
    'Containers',
  ),
  'container-processor': sold(
    ['Azure App Service', 'Premium v3 Plan - Linux', 'P1 v3 App'],
    ['1 Hour', 1, '0.155'],
    'Microsoft.Web/serverFarms',
    'Compute',
  ),
  'function-time': sold(
    ['Functions', '', 'Standard Execution Time'],
    ['50000 GB Seconds', 50_000, '0.8'],
    'Microsoft.Web/sites',
    'Compute',
  ),
  'function-requests': sold(
    ['Functions', '', 'Standard Total Executions'],
    ['1M', 1_000_000, '0.2'],
    'Microsoft.Web/sites',
    'Compute',
  ),
  'database-4x32': sold(
    ['SQL Database', 'Single/Elastic Pool General Purpose - Compute Gen5', '4 vCore'],
    ['1 Hour', 1, '0.8096'],
    SQL,
    DATA,
  ),
  'database-2x16': sold(
    ['SQL Database', 'Single/Elastic Pool General Purpose - Compute Gen5', '2 vCore'],
    ['1 Hour', 1, '0.4048'],
    SQL,
    DATA,
  ),
  'database-storage': sold(
    ['SQL Database', 'Single/Elastic Pool General Purpose - Storage', 'General Purpose Data Stored'],
    ['1 GB/Month', 'month', '0.1265'],
    SQL,
    DATA,
  ),
  'database-backup': sold(
    ['SQL Database', 'Single/Elastic Pool PITR Backup Storage', 'RA-GRS Data Stored'],
    ['1 GB/Month', 'month', '0.22'],
    SQL,
    DATA,
  ),
  'cache-2x13': sold(['Redis Cache', 'Standard', 'C3 Cache'], ['1 Hour', 1, '0.45'], 'Microsoft.Cache/Redis', DATA),
  'search-2x16': sold(
    ['Azure Cognitive Search', '', 'Standard S1 Unit'],
    ['1 Hour', 1, '0.336'],
    'Microsoft.Search/searchServices',
    'AI + Machine Learning',
  ),
  'key-value-reads': sold(
    ['Azure Cosmos DB', 'serverless', 'RUs - reads'],
    ['1M', 1_000_000, '0.285'],
    'Microsoft.DocumentDB/databaseAccounts',
    DATA,
  ),
  'key-value-writes': sold(
    ['Azure Cosmos DB', 'serverless', 'RUs - writes'],
    ['1M', 1_000_000, '1.425'],
    'Microsoft.DocumentDB/databaseAccounts',
    DATA,
  ),
  'key-value-storage': sold(
    ['Azure Cosmos DB', '', 'Data Stored'],
    ['1 GB/Month', 'month', '0.25'],
    'Microsoft.DocumentDB/databaseAccounts',
    DATA,
  ),
  'stream-shard': sold(
    ['Event Hubs', '', 'Standard Throughput Unit'],
    ['1 Hour', 1, '0.03'],
    'Microsoft.EventHub/namespaces',
    'Internet of Things',
  ),
  'stream-writes': sold(
    ['Event Hubs', '', 'Standard Ingress Events'],
    ['1M', 1_000_000, '0.028'],
    'Microsoft.EventHub/namespaces',
    'Internet of Things',
  ),
  'queue-requests': sold(
    ['Service Bus', '', 'Standard Messaging Operations'],
    ['1M', 1_000_000, '0.8'],
    'Microsoft.ServiceBus/namespaces',
    'Integration',
  ),
  'etl-time': sold(
    ['Azure Data Factory v2', 'Azure Data Factory v2 Data Flow - General Purpose', 'vCore'],
    ['1 Hour', 1, '0.303'],
    'Microsoft.DataFactory/factories',
    'Analytics',
  ),
  'model-small-input': model('gpt 4o mini Inp glbl Tokens', '0.00015'),
  'model-small-output': model('gpt 4o mini Outp glbl Tokens', '0.0006'),
  'model-large-input': model('gpt 4o Inp glbl Tokens', '0.0025'),
  'model-large-output': model('gpt 4o Outp glbl Tokens', '0.01'),
  'log-ingest': sold(
    ['Log Analytics', '', 'Pay-as-you-go Data Ingestion'],
    ['1 GB', 1, '2.99'],
    'Microsoft.OperationalInsights/workspaces',
    'Management and Governance',
  ),
  'log-storage': sold(
    ['Log Analytics', '', 'Pay-as-you-go Data Retention'],
    ['1 GB/Month', 'month', '0.13'],
    'Microsoft.OperationalInsights/workspaces',
    'Management and Governance',
  ),
  'key-requests': sold(
    ['Key Vault', '', 'Operations'],
    ['10K', 10_000, '0.03'],
    'Microsoft.KeyVault/vaults',
    'Security',
  ),
  'zone-queries': sold(
    ['Azure DNS', '', 'Public Queries'],
    ['1M', 1_000_000, '0.4'],
    'Microsoft.Network/dnsZones',
    NETWORK,
  ),
  'partner-observability': sold(
    ['SaaS', 'Northlight Observability', 'Ingested gigabyte'],
    ['1 GB', 1, '1.9'],
    'Microsoft.SaaS/resources',
    'Azure Marketplace Services',
  ),
};
