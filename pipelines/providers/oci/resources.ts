import { lookUpSql } from '../look-up.ts';

/** The second part of an OCID, and what it names. */
const TYPES: Readonly<Record<string, string>> = {
  analyticsinstance: 'Analytics Instance',
  autonomouscontainerdatabase: 'Autonomous Container Database',
  autonomousdatabase: 'Autonomous Database',
  bootvolume: 'Boot Volume',
  bootvolumebackup: 'Boot Volume Backup',
  bucket: 'Bucket',
  cloudexadatainfrastructure: 'Exadata Infrastructure',
  cloudvmcluster: 'VM Cluster',
  cluster: 'Kubernetes Cluster',
  containerrepo: 'Container Repository',
  database: 'Database',
  dbnode: 'Database Node',
  dbsystem: 'Database System',
  dedicatedvmhost: 'Dedicated Virtual Machine Host',
  drg: 'Dynamic Routing Gateway',
  filesystem: 'File System',
  fnapp: 'Functions Application',
  fnfunc: 'Function',
  image: 'Image',
  instance: 'Instance',
  integrationinstance: 'Integration Instance',
  ipsecconnection: 'VPN Connection',
  key: 'Encryption Key',
  loadbalancer: 'Load Balancer',
  loganalyticsentity: 'Log Analytics Entity',
  log: 'Log',
  loggroup: 'Log Group',
  mounttarget: 'Mount Target',
  mysqlbackup: 'MySQL Backup',
  mysqldbsystem: 'MySQL Database System',
  mysqlinstance: 'MySQL Database System',
  natgateway: 'NAT Gateway',
  networkfirewall: 'Network Firewall',
  networkloadbalancer: 'Network Load Balancer',
  pluggabledatabase: 'Pluggable Database',
  publicip: 'Public IP Address',
  stream: 'Stream',
  streampool: 'Stream Pool',
  vault: 'Vault',
  vcn: 'Virtual Cloud Network',
  virtualcircuit: 'FastConnect Virtual Circuit',
  vnic: 'Virtual Network Interface',
  volume: 'Block Volume',
  volumebackup: 'Block Volume Backup',
  volumegroup: 'Volume Group',
};

/**
 * ResourceType: what the identifier names; a kind that is not listed keeps Oracle's word. Object storage is billed by
 * `namespace/bucket`, monitoring by metric namespace. `kind` is that of `resourceKindSql`.
 */
export function resourceTypeSql(resourceId: string, kind: string, service: string): string {
  return `CASE
    WHEN ${resourceId} IS NULL THEN NULL
    WHEN ${kind} <> '' THEN COALESCE(${lookUpSql(kind, TYPES)}, ${kind})
    WHEN ${bucketNameSql(resourceId, service)} IS NOT NULL THEN 'Bucket'
    WHEN upper(${service}) = 'TELEMETRY' THEN 'Metric Namespace'
    ELSE 'Other' END`;
}

/** The second part of an OCID; empty of anything else. */
export function resourceKindSql(resourceId: string): string {
  return `CASE WHEN starts_with(${resourceId}, 'ocid1.') THEN regexp_extract(${resourceId}, '^ocid1\\.([a-z0-9]+)\\.', 1) ELSE '' END`;
}

/** The bucket's name, where the identifier is `namespace/bucket`. */
export function bucketNameSql(resourceId: string, service: string): string {
  return `CASE WHEN starts_with(upper(${service}), 'OBJECT') AND NOT starts_with(${resourceId}, 'ocid1.')
      THEN nullif(regexp_extract(${resourceId}, '^[^/]+/(.+)$', 1), '') END`;
}
