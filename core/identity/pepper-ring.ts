import { CloudActError } from '../errors.ts';

/** Secrets of the keyed hash by version. New keys use `current`; older versions stay as long as keys use them. */
export interface PepperRing {
  current: number;
  peppers: Readonly<Record<number, string>>;
}

/** Throws `configuration_invalid` when a pepper is shorter than 32 bytes or the current one is missing. */
export function checkPeppers(ring: PepperRing): PepperRing {
  for (const [version, pepper] of Object.entries(ring.peppers)) {
    if (Buffer.byteLength(pepper) < 32) {
      throw new CloudActError('configuration_invalid', {
        detail: `API key pepper ${version} must be at least 32 bytes.`,
      });
    }
  }
  if (ring.peppers[ring.current] === undefined) {
    throw new CloudActError('configuration_invalid', {
      detail: `The current API key pepper, version ${ring.current}, is not in the ring.`,
    });
  }
  return ring;
}
