import { quoteText } from '../../landing/session.ts';

/** How identifiers that are no ARN start, and what they name. */
const PREFIXES: readonly [string, string][] = [
  ['i-', 'Instance'],
  ['vol-', 'Volume'],
  ['snap-', 'Snapshot'],
  ['ami-', 'Image'],
  ['eni-', 'Network Interface'],
  ['eipalloc-', 'Elastic IP Address'],
  ['nat-', 'NAT Gateway'],
  ['vpc-', 'VPC'],
  ['vpce-', 'VPC Endpoint'],
  ['vpn-', 'VPN Connection'],
  ['tgw-', 'Transit Gateway'],
  ['fs-', 'File System'],
  ['ws-', 'WorkSpace'],
];

/** Product codes whose identifiers are plain names. */
const BY_PRODUCT: readonly [string, string][] = [['AmazonS3', 'Bucket']];

/**
 * ResourceType: the resource part of an ARN (`function` of `arn:aws:lambda:…:function:name`), else what the identifier
 * starts with, else what the service deals in. FOCUS wants a type wherever there is an id, so the rest is `Other`.
 */
export function resourceTypeSql(resourceId: string, productCode: string): string {
  const rest = `regexp_extract(${resourceId}, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.*)$', 1)`;
  const fromArn = `nullif(regexp_extract(${rest}, '^([A-Za-z][A-Za-z0-9_-]*)[:/]', 1), '')`;
  const service = `nullif(regexp_extract(${resourceId}, '^arn:[^:]*:([^:]+):', 1), '')`;
  const prefixes = PREFIXES.map(
    ([prefix, type]) => `WHEN starts_with(${resourceId}, ${quoteText(prefix)}) THEN ${quoteText(type)}`,
  );
  const products = BY_PRODUCT.map(([code, type]) => `WHEN ${productCode} = ${quoteText(code)} THEN ${quoteText(type)}`);
  return `CASE
    WHEN ${resourceId} IS NULL THEN NULL
    WHEN starts_with(${resourceId}, 'arn:') THEN COALESCE(${fromArn}, ${service}, 'Other')
    ${prefixes.join('\n    ')}
    ${products.join('\n    ')}
    ELSE 'Other' END`;
}
