import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { SigningKey } from './signing-keys.ts';

/** Puts what the bearer of a token is not to read into one claim: a compact JWE (`dir`, A256GCM). */
export interface SealedClaim {
  seal(value: unknown): Promise<string>;
  /** Throws when it was not sealed with a key of the ring. */
  open(text: string): Promise<unknown>;
}

/** Keys are derived from the ring that signs the tokens, so that they rotate with it. The first seals, all open. */
export function openSealedClaim(ring: readonly SigningKey[], purpose: string): SealedClaim {
  const keys = new Map(
    ring.map(({ kid, d }) => [kid, new Uint8Array(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', purpose, 32))]),
  );
  return {
    async seal(value) {
      const kid = ring[0]!.kid;
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
        .encrypt(keys.get(kid)!);
    },

    async open(text) {
      const { plaintext } = await compactDecrypt(
        text,
        ({ kid }) => {
          const key = keys.get(String(kid));
          if (key === undefined) throw new TypeError('sealed with a key that is not in the ring');
          return key;
        },
        { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
      );
      return JSON.parse(new TextDecoder().decode(plaintext));
    },
  };
}
