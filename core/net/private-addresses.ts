import { BlockList, isIP, isIPv6 } from 'node:net';

/** Networks in which no server of strangers lies: this machine, private ones, links, metadata of clouds, documents, groups. */
const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // The host of virtual machines in Azure.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4');
  // The same addresses as IPv6 writes them, and as networks without IPv4 reach them.
  privateNetworks.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
  privateNetworks.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of [
  // Unspecified, loopback, and IPv4 in its oldest spelling.
  ['::', 96],
  // IPv4 of the network's own choice behind NAT64, and through the tunnels 6to4 and Teredo.
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  // IPv4 as translators write it.
  ['::ffff:0:0:0', 96],
  // Names of hosts (ORCHID), old and new.
  ['2001:10::', 28],
  ['2001:20::', 28],
  ['100::', 64],
  ['2001:db8::', 32],
  ['3fff::', 20],
  // Segments of routes.
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv6');
}

/** Whether nobody but this machine's own surroundings has the address. So it is for what is no address at all. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) === 0) return true;
  return privateNetworks.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}
