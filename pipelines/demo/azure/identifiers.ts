import type { AccountKey, Resource } from '../company.ts';
import { randomText } from '../random.ts';
import type { AzureOffer } from './offers.ts';

/** Regions of Azure for the company's. */
export const regions = {
  'us-east': { location: 'EastUS', name: 'eastus', meterRegion: 'US East' },
  'eu-west': { location: 'WestEurope', name: 'westeurope', meterRegion: 'EU West' },
  'us-west': { location: 'SwedenCentral', name: 'swedencentral', meterRegion: 'SE Central' },
} as const;

const names: Partial<Record<AccountKey, string>> = {
  'production-eu': 'Production',
  'machine-learning': 'AI',
};

export type AzureIdentifiers = ReturnType<typeof azureIdentifiers>;

/** Identifiers that are always the same for the same seed. */
export function azureIdentifiers(seed: number) {
  const guid = (name: string): string =>
    [8, 4, 4, 4, 12]
      .map((length, part) => randomText(seed, `azure|${name}|${part}`, length, '0123456789abcdef'))
      .join('-');
  const subscription = (account: AccountKey) => guid(`subscription|${account}`);
  const group = (resource: Resource) => `rg-${resource.account}-${resource.owner?.product ?? 'lab'}`;
  return {
    guid,
    subscription,
    subscriptionName: (account: AccountKey) =>
      `Larkmoor Europe ${names[account] ?? account.replace(/^[a-z]/, (letter) => letter.toUpperCase())}`,
    group,
    enrollment: randomText(seed, 'azure|enrollment', 8, '123456789'),
    account: randomText(seed, 'azure|account', 6, '123456789'),
    partNumber: (meter: string) =>
      `${randomText(seed, `azure|part|${meter}`, 3, 'ABCDEFGHKLMNPQRSTUVWXYZ')}-${randomText(seed, `azure|number|${meter}`, 5, '0123456789')}`,
    /** ARM id; a nested type (`servers/databases`) gets a parent of the same name. */
    resourceId(resource: Resource, { type }: AzureOffer): string {
      const [provider, ...kinds] = type.split('/');
      const path = kinds.map((kind, index) => `${kind}/${resource.name}${index < kinds.length - 1 ? '-server' : ''}`);
      return `/subscriptions/${subscription(resource.account)}/resourceGroups/${group(resource)}/providers/${provider}/${path.join('/')}`;
    },
  };
}
