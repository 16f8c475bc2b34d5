import type { AccountKey, Consumption, Owner, Region, Resource, ResourceKind, Rhythm } from './company.ts';
import type { Meter } from './meters.ts';

/** Builders for resources of one owner in one account and region. */
export function place(
  account: AccountKey,
  region: Region,
  owner: Owner | undefined,
  rhythm: Rhythm,
  growth: number,
  since?: 'launch',
) {
  const resource = (name: string, kind: ResourceKind): Resource => ({ name, kind, account, region, owner });
  const use = (
    name: string,
    kind: ResourceKind,
    amounts: Partial<Record<Meter, number>>,
    ownRhythm: Rhythm = rhythm,
  ): Consumption[] =>
    (Object.entries(amounts) as [Meter, number][]).map(([meter, perDay]) => ({
      resource: resource(name, kind),
      meter,
      perDay,
      rhythm: ownRhythm,
      growth,
      ...(since && { since }),
    }));
  const fixedHours = (entries: Consumption[]): Consumption[] => entries.map((entry) => ({ ...entry, growth: 0 }));

  return {
    use,
    with: (other: Rhythm) => place(account, region, owner, other, growth, since),
    /** Machines that come and go with demand, each with a disk that stays. `diskSize` in gigabytes. */
    machines(name: string, meter: Meter, machines: number, diskSize: number): Consumption[] {
      const slots = machines + Math.ceil(machines * growth * 12);
      return Array.from({ length: slots }, (_, index) => [
        ...use(`${name}-${index + 1}`, 'virtual-machine', { [meter]: 24 }).map((entry) => ({
          ...entry,
          slot: { index, machines },
        })),
        ...(index < machines
          ? fixedHours(use(`${name}-${index + 1}-disk`, 'disk', { 'disk-ssd': diskSize }, 'steady'))
          : []),
      ]).flat();
    },
    bucket: (name: string, gigabytes: number, writes: number, reads: number) => [
      ...use(name, 'bucket', { 'object-storage': gigabytes }, 'stock'),
      ...use(name, 'bucket', { 'object-writes': writes, 'object-reads': reads }),
    ],
    /** A server that runs `hours` a day: every day, or on working days in an office rhythm. */
    database: (name: string, meter: Meter, hours: number, gigabytes: number) => [
      ...fixedHours(use(name, 'database', { [meter]: hours }, rhythm === 'office' ? 'office' : 'steady')),
      ...use(name, 'database', { 'database-storage': gigabytes, 'database-backup': gigabytes * 0.4 }, 'stock'),
    ],
    table: (name: string, reads: number, writes: number, gigabytes: number) => [
      ...use(name, 'key-value-table', { 'key-value-reads': reads, 'key-value-writes': writes }),
      ...use(name, 'key-value-table', { 'key-value-storage': gigabytes }, 'stock'),
    ],
    functions: (name: string, gigabyteSeconds: number, requests: number) =>
      use(name, 'function', { 'function-time': gigabyteSeconds, 'function-requests': requests }),
    containers: (name: string, processorHours: number) =>
      use(name, 'container-service', {
        'container-processor': processorHours,
        'container-memory': processorHours * 2,
      }),
    balancer: (name: string, capacity: number) => [
      ...fixedHours(use(name, 'load-balancer', { 'load-balancer': 24 }, 'steady')),
      ...use(name, 'load-balancer', { 'load-balancer-capacity': capacity }),
    ],
    network: (name: string, gateways: number, gigabytesEach: number) =>
      Array.from({ length: gateways }, (_, index) => [
        ...fixedHours(use(`${name}-${index + 1}`, 'nat-gateway', { 'nat-gateway': 24 }, 'steady')),
        ...use(`${name}-${index + 1}`, 'nat-gateway', { 'nat-traffic': gigabytesEach }),
      ]).flat(),
    logs: (name: string, gigabytes: number) => [
      ...use(name, 'log-group', { 'log-ingest': gigabytes }),
      ...use(name, 'log-group', { 'log-storage': gigabytes * 30 }, 'stock'),
    ],
  };
}
