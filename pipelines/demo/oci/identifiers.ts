import type { AccountKey, Region, Resource, ResourceKind } from '../company.ts';
import { randomText } from '../random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Compartments by the account that the workload belongs to. */
export const compartments: Partial<Record<AccountKey, string>> = {
  management: 'finance',
  production: 'erp-production',
  'production-eu': 'erp-europe',
  staging: 'erp-test',
  sandbox: 'sandbox',
};

export const ociRegion: Record<Region, { id: string; key: string }> = {
  'us-east': { id: 'us-ashburn-1', key: 'iad' },
  'eu-west': { id: 'eu-frankfurt-1', key: 'eu-frankfurt-1' },
  'us-west': { id: 'us-phoenix-1', key: 'phx' },
};

/** How the second part of an OCID names what the company has here. */
const OCID_TYPES: Partial<Record<ResourceKind, string>> = {
  'virtual-machine': 'instance',
  disk: 'volume',
  database: 'autonomousdatabase',
  'load-balancer': 'loadbalancer',
  network: 'vcn',
  'log-group': 'loggroup',
};

export interface OciIdentifiers {
  /** The European company has a tenancy of its own, a child of the first. */
  tenancy(account: AccountKey): string;
  compartment(account: AccountKey): string;
  subscription(): string;
  resource(resource: Resource): string;
}

/** Identifiers that are invented from the seed, in Oracle's form. */
export function ociIdentifiers(seed: number): OciIdentifiers {
  const unique = (name: string) => randomText(seed, `oci|${name}`, 60, LETTERS);
  return {
    tenancy: (account) => `ocid1.tenancy.oc1..${unique(account === 'production-eu' ? 'tenancy-eu' : 'tenancy')}`,
    compartment: (account) => `ocid1.compartment.oc1..${unique(`compartment|${account}`)}`,
    subscription: () => `ocid1.organizationssubscription.oc1.iad.${unique('subscription')}`,
    resource({ name, kind, region }) {
      if (kind === 'bucket') return `${randomText(seed, 'oci|namespace', 12, LETTERS)}/${name}`;
      if (kind === 'monitoring') return 'oci_autonomous_database';
      const type = name === 'ledger' ? 'cloudvmcluster' : (OCID_TYPES[kind] ?? kind.replaceAll('-', ''));
      return `ocid1.${type}.oc1.${ociRegion[region].key}.${unique(name)}`;
    },
  };
}
