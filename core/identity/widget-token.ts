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
import { type OrgSlug, parseOrgSlug } from '../org.ts';
import { isScope, type Scope, type WidgetPrincipal } from './principal.ts';

/** A private EC P-256 key as JWK with a `kid`. Secret. */
export type SigningKey = JWK & { kty: 'EC'; crv: 'P-256'; kid: string; d: string };

/** Short-lived credentials for browsers: ES256 JSON Web Tokens, `typ` `cloudact-widget+jwt`, ten minutes. */
export interface WidgetTokens {
  /**
   * `filters` narrow every answer and cannot be taken off by the bearer. `expiresAt` is ISO 8601, UTC.
   * Throws `request_invalid` when the token would be too long for a request header.
   */
  mint(grant: {
    org: OrgSlug;
    scopes: readonly Scope[];
    filters: readonly string[];
    subject?: string;
  }): Promise<{ token: string; expiresAt: string }>;
  /** Throws `credential_expired` for a token that was good once, and `credential_invalid` for anything else. */
  verify(token: string): Promise<WidgetPrincipal>;
  /** Public halves of the key ring, RFC 7517. */
  jwks(): { keys: readonly JWK[] };
}

export const widgetAudience = 'cloudact-widgets';
export const widgetTokenLifetimeSeconds = 600;

/**
 * Opens the key ring. The first key signs; all of them verify, so that a new key is put in front of the old one, and
 * the old one is taken out once its last token has expired. Throws `configuration_invalid`.
 */
export async function openWidgetTokens(options: {
  issuer: string;
  keys: readonly SigningKey[];
  now: () => Date;
}): Promise<WidgetTokens> {
  const { issuer, now } = options;
  const ring = await Promise.all(options.keys.map(importSigningKey));
  const [signing] = ring;
  if (signing === undefined) {
    throw new CloudActError('configuration_invalid', { detail: 'The widget token key ring is empty. Add one key.' });
  }
  const verifying = new Map(ring.map((key) => [key.jwk.kid, key.publicKey]));

  return {
    async mint({ org, scopes, filters, subject }) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expiresAt = issuedAt + widgetTokenLifetimeSeconds;
      const token = await new SignJWT({ org, scp: [...scopes], flt: [...filters] })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: signing.jwk.kid! })
        .setIssuer(issuer)
        .setAudience(widgetAudience)
        .setSubject(subject ?? `org:${org}`)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(signing.privateKey);
      if (token.length > MAXIMUM_LENGTH) {
        throw new CloudActError('request_invalid', {
          detail: `The token would be ${token.length} characters long; ${MAXIMUM_LENGTH} fit in a header. Use fewer or shorter filters.`,
        });
      }
      return { token, expiresAt: new Date(expiresAt * 1000).toISOString() };
    },

    async verify(token) {
      if (token.length > MAXIMUM_LENGTH) throw invalid();
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
            typ: TYPE,
            issuer,
            audience: widgetAudience,
            clockTolerance: CLOCK_TOLERANCE_SECONDS,
            maxTokenAge: widgetTokenLifetimeSeconds,
            currentDate: now(),
            requiredClaims: ['sub', 'jti', 'iat', 'exp'],
          },
        );
        return principal(payload);
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw expired();
        throw invalid(error);
      }
    },

    jwks: () => ({ keys: ring.map((key) => key.jwk) }),
  };
}

/** Makes a private key for the ring. Its `kid` is the thumbprint of RFC 7638. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' } as SigningKey;
}

const ALGORITHM = 'ES256';
const TYPE = 'cloudact-widget+jwt';
const CLOCK_TOLERANCE_SECONDS = 5;
/** Node refuses request headers beyond 16 KiB in all; half of that leaves room for the others. */
const MAXIMUM_LENGTH = 8192;

async function importSigningKey(key: SigningKey): Promise<{ jwk: JWK; privateKey: CryptoKey; publicKey: CryptoKey }> {
  if (key.kty !== 'EC' || key.crv !== 'P-256' || typeof key.d !== 'string' || typeof key.kid !== 'string') {
    throw new CloudActError('configuration_invalid', {
      detail: 'A widget signing key must be a private JWK with kty "EC", crv "P-256", d and kid.',
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
      detail: `The widget signing key "${kid}" is not a usable JWK.`,
    });
  }
}

/** Reads our claims. A token that we signed and cannot read is refused, never read as a wider one. */
function principal(payload: JWTPayload): WidgetPrincipal {
  const { org, scp, flt, jti } = payload as Record<string, unknown>;
  if (typeof org !== 'string' || typeof jti !== 'string') throw invalid();
  if (!Array.isArray(scp) || !scp.every(isScope)) throw invalid();
  if (!Array.isArray(flt) || !flt.every((filter) => typeof filter === 'string')) throw invalid();
  return { kind: 'widget', org: parseOrgSlug(org), scopes: scp, filters: flt, jti };
}

function invalid(cause?: unknown): CloudActError {
  return new CloudActError('credential_invalid', {
    detail: 'The widget token is not valid. Ask the page’s own server for a new one.',
    cause,
  });
}

function expired(): CloudActError {
  return new CloudActError('credential_expired', {
    detail: 'The widget token has expired. Ask the page’s own server for a new one.',
  });
}
