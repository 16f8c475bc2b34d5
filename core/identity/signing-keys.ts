import { randomUUID } from 'node:crypto';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { CloudActError } from '../errors.ts';

/** A private EC P-256 key as JWK with a `kid`. Secret. */
export type SigningKey = JWK & { kty: 'EC'; crv: 'P-256'; kid: string; d: string };

/** Makes a private key for a ring. Its `kid` is the thumbprint of RFC 7638. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' } as SigningKey;
}

/** What tells one kind of our tokens from every other. */
export interface TokenKind {
  /** Header `typ`. */
  readonly type: string;
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeSeconds: number;
}

/** Signs and verifies our own JSON Web Tokens, ES256 and nothing else. */
export interface SigningRing {
  /** `expiresAt`: Unix seconds. */
  sign(
    kind: TokenKind,
    claims: JWTPayload & { sub: string },
    now: Date,
  ): Promise<{ token: string; jti: string; expiresAt: number }>;
  /** The claims of a token of this kind. Throws `credential_expired`, `credential_invalid`; `name` is for their text. */
  verify(kind: TokenKind, token: string, now: Date, name: string): Promise<JWTPayload>;
  /** Public halves, RFC 7517. */
  readonly publicKeys: readonly JWK[];
}

/** Node refuses request headers beyond 16 KiB in all; half of that leaves room for the others. */
export const maximumTokenLength = 8192;
export const clockToleranceSeconds = 5;

/**
 * Opens a ring. The first key signs; all of them verify, so that a new key is put in front of the old one, and the old
 * one is taken out once its last token has expired. Throws `configuration_invalid`.
 */
export async function openSigningRing(keys: readonly SigningKey[]): Promise<SigningRing> {
  const ring = await Promise.all(keys.map(importSigningKey));
  const [signing] = ring;
  if (signing === undefined) {
    throw new CloudActError('configuration_invalid', {
      detail: 'The ring of token signing keys is empty. Add one key.',
    });
  }
  const verifying = new Map(ring.map((key) => [key.jwk.kid, key.publicKey]));

  return {
    publicKeys: ring.map((key) => key.jwk),

    async sign({ type, issuer, audience, lifetimeSeconds }, { sub, ...claims }, now) {
      const issuedAt = Math.floor(now.getTime() / 1000);
      const expiresAt = issuedAt + lifetimeSeconds;
      const jti = randomUUID();
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, typ: type, kid: signing.jwk.kid! })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setJti(jti)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(signing.privateKey);
      return { token, jti, expiresAt };
    },

    async verify({ type, issuer, audience, lifetimeSeconds }, token, now, name) {
      if (token.length > maximumTokenLength) throw invalidToken(name);
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = kid === undefined ? undefined : verifying.get(kid);
            if (key === undefined) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          {
            algorithms: [ALGORITHM],
            typ: type,
            issuer,
            audience,
            clockTolerance: clockToleranceSeconds,
            maxTokenAge: lifetimeSeconds,
            currentDate: now,
            requiredClaims: ['sub', 'jti', 'iat', 'exp'],
          },
        );
        return payload;
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw expiredToken(name);
        throw invalidToken(name, error);
      }
    },
  };
}

/** `name`: what was sent, for example "The widget token". */
export function invalidToken(name: string, cause?: unknown): CloudActError {
  return new CloudActError('credential_invalid', { detail: `${name} is not valid. Get a new one.`, cause });
}

export function expiredToken(name: string): CloudActError {
  return new CloudActError('credential_expired', { detail: `${name} has expired. Get a new one.` });
}

const ALGORITHM = 'ES256';

async function importSigningKey(key: SigningKey): Promise<{ jwk: JWK; privateKey: CryptoKey; publicKey: CryptoKey }> {
  if (key.kty !== 'EC' || key.crv !== 'P-256' || typeof key.d !== 'string' || typeof key.kid !== 'string') {
    throw new CloudActError('configuration_invalid', {
      detail: 'A token signing key must be a private JWK with kty "EC", crv "P-256", d and kid.',
    });
  }
  const { kty, crv, x, y, kid } = key;
  const jwk = { kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' } as JWK;
  try {
    return {
      jwk,
      privateKey: (await importJWK({ ...key, alg: ALGORITHM }, ALGORITHM)) as CryptoKey,
      publicKey: (await importJWK(jwk, ALGORITHM)) as CryptoKey,
    };
  } catch {
    // The cause is left out: it could hold parts of the key.
    throw new CloudActError('configuration_invalid', {
      detail: `The token signing key "${kid}" is not a usable JWK.`,
    });
  }
}
