import { createHmac, timingSafeEqual } from 'node:crypto';
import { CloudActError } from '../errors.ts';
import { type OrgSlug, parseOrgSlug } from '../org.ts';
import type { ControlWarehouse } from '../warehouse/port.ts';
import type { KeyUnwrapper, KeyWrapper, WrappedKey } from './port.ts';
import { type DataKeyRow, dataKeysOfOrg } from './queries.ts';
import { makeKeyPair } from './sealed-text.ts';

/** A data key as it is kept: the public half, and the private half wrapped. */
export interface DataKey {
  readonly id: string;
  readonly org: OrgSlug;
  readonly publicKey: Uint8Array;
  readonly wrapped: WrappedKey;
  readonly retired: boolean;
}

/** What tells our public keys from those that somebody else wrote into the table. */
export interface PublicKeySeal {
  /** Base64. */
  hmac(org: string, id: string, publicKey: Uint8Array): string;
}

/** Throws `configuration_invalid` when the key is shorter than 32 bytes. */
export function publicKeySeal(authenticationKey: string): PublicKeySeal {
  if (Buffer.byteLength(authenticationKey) < 32) {
    throw new CloudActError('configuration_invalid', {
      detail: 'The key that authenticates the vault’s public keys must be at least 32 bytes.',
    });
  }
  return {
    hmac: (org, id, publicKey) =>
      createHmac('sha256', authenticationKey)
        .update(JSON.stringify(['cloudact:data-key:v1', org, id, Buffer.from(publicKey).toString('base64')]))
        .digest('base64'),
  };
}

/** All data keys of the organisation, oldest first. Throws `vault_sealed` when one is not ours. */
export async function readDataKeys(control: ControlWarehouse, seal: PublicKeySeal, org: OrgSlug): Promise<DataKey[]> {
  const rows = await control.rows(dataKeysOfOrg, { org });
  return rows.map((row) => authenticDataKey(row, seal)).sort((a, b) => numberOf(a.id) - numberOf(b.id));
}

/** Checks that the row is as it was written here. Throws `vault_sealed`. */
export function authenticDataKey(row: DataKeyRow, seal: PublicKeySeal): DataKey {
  const publicKey = Uint8Array.from(Buffer.from(row.public_key, 'base64'));
  const expected = Buffer.from(seal.hmac(row.org_slug, row.id, publicKey));
  const found = Buffer.from(row.public_key_hmac);
  if (expected.length !== found.length || !timingSafeEqual(expected, found)) {
    throw new CloudActError('vault_sealed', {
      detail: `The public key of data key ${row.id} is not authentic: somebody changed the control dataset, or the key that authenticates public keys is another one. Nothing is sealed to it. Put back a copy of the control dataset, or the configuration that it was made with.`,
    });
  }
  return {
    id: row.id,
    org: parseOrgSlug(row.org_slug),
    publicKey,
    wrapped: { wrappingKey: row.wrapping_key, wrapped: row.wrapped_private_key },
    retired: row.retired_at !== null,
  };
}

/** The one that seals; undefined when the organisation has none. */
export function keyInForce(keys: readonly DataKey[]): DataKey | undefined {
  return keys.findLast(({ retired }) => !retired);
}

/**
 * A new data key, as the parameters of its row. The number after the last one is its name, so that of two processes
 * that make one at the same time the second is refused.
 */
export async function makeDataKey(
  org: OrgSlug,
  predecessors: readonly DataKey[],
  tools: { wrapper: KeyWrapper; seal: PublicKeySeal; now: () => Date },
) {
  const id = `dk_${org}_${Math.max(0, ...predecessors.map((key) => numberOf(key.id))) + 1}`;
  const { publicKey, privateKey } = await makeKeyPair();
  try {
    const { wrapped, wrappingKey } = await tools.wrapper.wrap(privateKey, wrappingContext({ org, id }));
    return {
      id,
      org,
      public_key: Buffer.from(publicKey).toString('base64'),
      public_key_hmac: tools.seal.hmac(org, id, publicKey),
      wrapped_private_key: wrapped,
      wrapping_key: wrappingKey,
      created_at: tools.now().toISOString(),
    };
  } finally {
    privateKey.fill(0);
  }
}

/** Hands the private half to `work`, and overwrites it afterwards. Throws as `KeyUnwrapper.unwrap` does. */
export async function withPrivateKey<T>(
  key: DataKey,
  unwrapper: KeyUnwrapper,
  work: (privateKey: Uint8Array) => Promise<T>,
): Promise<T> {
  const privateKey = await unwrapper.unwrap(key.wrapped, wrappingContext(key));
  try {
    return await work(privateKey);
  } finally {
    privateKey.fill(0);
  }
}

/** What a private half is wrapped with, so that it unwraps as this organisation's key alone. */
export function wrappingContext({ org, id }: { org: string; id: string }): Readonly<Record<string, string>> {
  return { org, data_key: id };
}

function numberOf(id: string): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}
