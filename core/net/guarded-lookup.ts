import type { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { CloudActError } from '../errors.ts';
import { isPrivateAddress } from './private-addresses.ts';

/**
 * Looks names up for a connection, and gives it only addresses that it may use: what is checked here is what is connected to.
 * One private address among several refuses the name. `privateNetwork`: any address may be used.
 */
export function guardedLookup(
  lookup: typeof resolveName,
  { privateNetwork }: { privateNetwork: boolean },
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error.code === 'ENOTFOUND' ? unknownHost(hostname, error) : error, []);
      if (!privateNetwork && addresses.some(({ address }) => isPrivateAddress(address))) {
        return callback(privateHost(hostname), []);
      }
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      if (!first) return callback(unknownHost(hostname), []);
      callback(null, first.address, first.family);
    });
  };
}

/** `source_denied` for a server that only this machine may be able to reach. */
export function privateHost(name: string): CloudActError {
  return new CloudActError('source_denied', {
    detail: `The connection names ${name}, which lies in a private network. Nothing was sent. Make the server known to the public, or run the command line beside it.`,
  });
}

function unknownHost(name: string, cause?: unknown): CloudActError {
  return new CloudActError('source_unavailable', {
    detail: `There is no server ${name}: its name is not known. Check the address of the connection.`,
    cause,
  });
}
