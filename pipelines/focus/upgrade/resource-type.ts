import { literal } from './readers.ts';

/**
 * SQL of the ResourceType that ResourceId itself names, over the columns ResourceId, ServiceName and `provider`; null
 * where it names none. Words are the provider's own, as they stand in the identifier: ARN resource segment, EC2 prefix,
 * OCID second segment, Azure resource provider type, collection in
 * a full resource name of Google.
 */
export function resourceTypeSql(): string {
  return `CASE
  WHEN ResourceId IS NULL THEN NULL
  WHEN ResourceId LIKE 'arn:%' THEN ${arnType()}
  WHEN regexp_matches(ResourceId, '^ocid\\d+\\.') THEN NULLIF(regexp_extract(ResourceId, '^ocid\\d+\\.([a-z0-9]+)\\.', 1), '')
  WHEN provider = 'microsoft' THEN NULLIF(regexp_extract(lower(ResourceId), '/providers/([^/]+/[^/]+)/[^/]+$', 1), '')
  WHEN provider = 'google' THEN NULLIF(regexp_extract(ResourceId, '^//[^/]+/.*?([^/]+)/[^/]+$', 1), '')
  WHEN provider = 'aws' AND regexp_matches(ResourceId, '^[a-z]+(-attach)?-[0-9a-z]{8,17}$') THEN ${ec2Type()}
  WHEN provider = 'aws' AND lower(ServiceName) = 'amazon simple storage service' THEN 'bucket'
END`;
}

/** Services whose ARNs hold the bare name of the resource, or a path below it. */
const arnWithoutType: Record<string, string> = { s3: 'bucket', sqs: 'queue', sns: 'topic', 'execute-api': 'api' };

function arnType(): string {
  const service = `regexp_extract(ResourceId, '^arn:[^:]*:([^:]*):', 1)`;
  const cases = Object.entries(arnWithoutType).map(([name, type]) => `WHEN ${literal(name)} THEN ${literal(type)}`);
  const segment = `regexp_extract(ResourceId, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:/?(?:regional/|global/)?([A-Za-z][A-Za-z0-9_.-]*)[/:]', 1)`;
  return `CASE ${service} ${cases.join(' ')} ELSE NULLIF(${segment}, '') END`;
}

const ec2Prefixes: Record<string, string> = {
  ami: 'image',
  cr: 'capacity-reservation',
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  fs: 'file-system',
  i: 'instance',
  nat: 'natgateway',
  snap: 'snapshot',
  tgw: 'transit-gateway',
  'tgw-attach': 'transit-gateway-attachment',
  vol: 'volume',
  vpce: 'vpc-endpoint',
  vpn: 'vpn-connection',
};

function ec2Type(): string {
  const cases = Object.entries(ec2Prefixes).map(([prefix, type]) => `WHEN ${literal(prefix)} THEN ${literal(type)}`);
  return `CASE regexp_extract(ResourceId, '^([a-z]+(-attach)?)-', 1) ${cases.join(' ')} END`;
}
