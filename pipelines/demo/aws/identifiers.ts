import type { AccountKey, Resource } from '../company.ts';
import { accounts } from '../company.ts';
import { randomAt, randomText } from '../random.ts';
import type { Charge } from './charge.ts';
import { regions } from './price-list.ts';

const HEXADECIMAL = '0123456789abcdef';
const DIGITS = '0123456789';

export interface AwsIdentifiers {
  accountId(account: AccountKey): string;
  /** As the report gives it: an id for machines and disks, a name for buckets, an ARN for most others. */
  resourceId(resource: Resource): string;
  availabilityZone(resource: Resource): string | undefined;
  /** A thing that is bought for the whole organisation: `arn:aws:savingsplans::…:savingsplan/…`. */
  savingsPlanArn(): string;
  reservationArn(region: Resource['region']): string;
  invoiceId(month: string, kind: string): string;
  /** A pod that runs on a machine: `arn:aws:eks:…:pod/cluster/namespace/name/uid`. */
  podArn(cluster: string, namespace: string, deployment: string, machine: Charge): string;
}

/** Identifiers that look like the provider's, always the same for one seed. */
export function awsIdentifiers(seed: number): AwsIdentifiers {
  const accountIds = new Map<AccountKey, string>(
    (Object.keys(accounts) as AccountKey[]).map((account) => [
      account,
      `${1 + Math.floor(randomAt(seed, `account|${account}`) * 9)}${randomText(seed, `account number|${account}`, 11, DIGITS)}`,
    ]),
  );
  const accountId = (account: AccountKey): string => accountIds.get(account)!;
  const resourceIds = new Map<string, string>();
  const payer = accountId('management');
  const uuid = (name: string): string =>
    randomText(seed, name, 32, HEXADECIMAL).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

  return {
    accountId,
    resourceId(resource) {
      const known = resourceIds.get(resource.name);
      if (known !== undefined) return known;
      const id = resourceIdOf(resource, seed, accountId(resource.account));
      resourceIds.set(resource.name, id);
      return id;
    },
    availabilityZone(resource) {
      if (!ZONAL.has(resource.kind)) return undefined;
      return regions[resource.region].code + 'abc'[Math.floor(randomAt(seed, `zone|${resource.name}`) * 3)];
    },
    savingsPlanArn: () => `arn:aws:savingsplans::${payer}:savingsplan/${uuid('savings plan')}`,
    reservationArn: (region) =>
      `arn:aws:rds:${regions[region].code}:${accountId('production')}:ri:ri-${uuid('reservation').slice(0, 23)}`,
    podArn(cluster, namespace, deployment, machine) {
      const { resourceName } = machine.metered!;
      const region = machine.cells['product/regionCode'];
      const name = `${deployment}-${randomText(seed, `pod|${deployment}|${resourceName}`, 5, 'bcdfghjklmnpqrstvwxz2456789')}`;
      const uid = uuid(`pod uid|${deployment}|${resourceName}`);
      return `arn:aws:eks:${region}:${accountId(machine.account)}:pod/${cluster}/${namespace}/${name}/${uid}`;
    },
    invoiceId: (month, kind) => `2${randomText(seed, `invoice|${month}|${kind}`, 9, DIGITS)}`,
  };
}

const ZONAL = new Set<Resource['kind']>(['virtual-machine', 'disk', 'nat-gateway', 'cache']);

function resourceIdOf({ name, kind, region }: Resource, seed: number, account: string): string {
  const place = regions[region].code;
  const hexadecimal = (length: number): string => randomText(seed, `resource|${name}`, length, HEXADECIMAL);
  const arn = (service: string, path: string): string => `arn:aws:${service}:${place}:${account}:${path}`;
  switch (kind) {
    case 'virtual-machine':
    case 'network':
      return `i-0${hexadecimal(16)}`;
    case 'disk':
      return `vol-0${hexadecimal(16)}`;
    case 'bucket':
      return name;
    case 'nat-gateway':
      return arn('ec2', `natgateway/nat-0${hexadecimal(16)}`);
    case 'load-balancer':
      return arn('elasticloadbalancing', `loadbalancer/app/${name}/${hexadecimal(16)}`);
    case 'cdn':
      return `arn:aws:cloudfront::${account}:distribution/E${hexadecimal(13).toUpperCase()}`;
    case 'kubernetes-cluster':
      return arn('eks', `cluster/${name}`);
    case 'container-service':
      return arn('ecs', `task/${name}/${hexadecimal(32)}`);
    case 'function':
      return arn('lambda', `function:${name}`);
    case 'database':
      return arn('rds', `db:${name}`);
    case 'cache':
      return arn('elasticache', `cluster:${name}`);
    case 'search':
      return arn('es', `domain/${name}`);
    case 'key-value-table':
      return arn('dynamodb', `table/${name}`);
    case 'stream':
      return arn('kinesis', `stream/${name}`);
    case 'queue':
      return arn('sqs', name);
    case 'query-workgroup':
      return arn('athena', `workgroup/${name}`);
    case 'etl-job':
      return arn('glue', `job/${name}`);
    case 'training-job':
      return arn('sagemaker', `training-job/${name}`);
    case 'model-endpoint':
      return arn('sagemaker', `endpoint/${name}`);
    case 'notebook':
      return arn('sagemaker', `notebook-instance/${name}`);
    case 'language-model':
      return arn('bedrock', `application-inference-profile/${hexadecimal(12)}`);
    case 'log-group':
      return arn('logs', `log-group:/larkmoor/${name}`);
    case 'monitoring':
      return arn('cloudwatch', `metric-stream/${name}`);
    case 'key':
      return arn('kms', `key/${hexadecimal(8)}-${name}`);
    case 'secret-store':
      return arn('secretsmanager', `secret:${name}`);
    case 'dns-zone':
      return `arn:aws:route53:::hostedzone/Z${hexadecimal(13).toUpperCase()}`;
    case 'audit-trail':
      return arn('cloudtrail', `trail/${name}`);
    case 'threat-detector':
      return arn('guardduty', `detector/${hexadecimal(32)}`);
    case 'configuration-recorder':
      return arn('config', `config-recorder/${name}`);
    case 'firewall':
      return arn('wafv2', `regional/webacl/${name}/${hexadecimal(8)}`);
    case 'partner-product':
      return '';
  }
}
