import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { CloudActError } from '@cloudact/core/errors';

/** Networks in which no server of strangers lies: this machine, private ones, links, metadata of clouds, groups. */
const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4');
  // The same addresses as IPv6 writes them, and as networks without IPv4 reach them.
  privateNetworks.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
  privateNetworks.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv6');
}

export function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Throws `source_denied` when a host that somebody named in the settings of a connection lies in a private network: what this
 * machine can reach there is not theirs. Nothing has been sent to it then. `source_unavailable` when nobody knows the host.
 */
export async function refusePrivateHost(hostname: string): Promise<void> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const addresses = await lookup(name, { all: true }).catch((cause: unknown) => {
    throw new CloudActError('source_unavailable', {
      detail: `There is no server ${name}: its name is not known. Check the address of the connection.`,
      cause,
    });
  });
  if (!addresses.some(({ address }) => isPrivateAddress(address))) return;
  throw new CloudActError('source_denied', {
    detail: `The connection names ${name}, which lies in a private network. Nothing was sent. Make the server known to the public, or run the command line beside it.`,
  });
}
