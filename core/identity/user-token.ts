import { createSecretKey } from 'node:crypto';
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { CloudActError } from '../errors.ts';
import { clockToleranceSeconds, expiredToken, invalidToken, maximumTokenLength } from './signing-keys.ts';

/** Sessions of people, as Supabase signs them. */
export interface UserTokens {
  /**
   * Verifies an access token: algorithm, issuer, audience `authenticated`, times, and that it is of a person with an
   * address (lower case; Supabase lets nobody in with one that is not confirmed, unless its settings say otherwise).
   * Throws `credential_expired` for a token that was good once, `credential_invalid` for anything else, `unavailable` when
   * the keys cannot be fetched.
   */
  verify(token: string): Promise<{ userId: string; email: string }>;
}

export interface UserTokensOptions {
  /** `<origin of the Supabase project>/auth/v1`. */
  issuer: string;
  /**
   * Hosted Supabase publishes its keys (ES256, RS256); they are fetched when first needed, kept for ten minutes, and asked
   * for again when a token names one that is not known, at most every 30 seconds. Supabase Lite signs with a secret
   * (HS256), and whoever knows that secret can be anybody: not for production.
   */
  keys: { jwksUrl: string } | { sharedSecret: string };
  now: () => Date;
  /** For tests at the network's edge; the global `fetch` otherwise. */
  fetch?: typeof globalThis.fetch;
}

/** Throws `configuration_invalid` for an address that is none, or a secret shorter than 32 bytes. */
export function openUserTokens({ issuer, keys, now, fetch }: UserTokensOptions): UserTokens {
  const { algorithms, key, isIssuerRequired } =
    'jwksUrl' in keys ? published(keys.jwksUrl, fetch) : shared(keys.sharedSecret);

  return {
    async verify(token) {
      if (token.length > maximumTokenLength) throw invalidToken(NAME);
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms,
          typ: 'JWT',
          audience: 'authenticated',
          clockTolerance: clockToleranceSeconds,
          currentDate: now(),
          requiredClaims: ['sub', 'exp', ...(isIssuerRequired ? ['iss'] : [])],
        });
        if (payload.iss !== undefined && payload.iss !== issuer) throw invalidToken(NAME);
        return person(payload);
      } catch (error) {
        if (error instanceof CloudActError) throw error;
        if (error instanceof errors.JWTExpired) throw expiredToken(NAME);
        throw invalidToken(NAME, error);
      }
    },
  };
}

const NAME = 'The session';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Keys {
  algorithms: string[];
  key: JWTVerifyGetKey;
  isIssuerRequired: boolean;
}

function published(jwksUrl: string, fetch: typeof globalThis.fetch | undefined): Keys {
  if (!URL.canParse(jwksUrl)) {
    throw new CloudActError('configuration_invalid', {
      detail:
        'The address of the keys that sign sessions must be a URL, https://<ref>.supabase.co/auth/v1/.well-known/jwks.json.',
    });
  }
  const keySet = createRemoteJWKSet(new URL(jwksUrl), fetch === undefined ? {} : { [customFetch]: fetch });
  return {
    algorithms: ['ES256', 'RS256'],
    isIssuerRequired: true,
    async key(header, token) {
      // A token that names no key would be tried with whichever fits.
      if (header.kid === undefined) throw invalidToken(NAME);
      try {
        return await keySet(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new CloudActError('unavailable', {
          detail: 'The keys that sessions are verified with cannot be fetched from Supabase. Try again in a moment.',
          cause: error,
        });
      }
    },
  };
}

function shared(secret: string): Keys {
  if (Buffer.byteLength(secret) < 32) {
    throw new CloudActError('configuration_invalid', {
      detail: 'The secret that sessions are signed with must be at least 32 bytes.',
    });
  }
  const key = createSecretKey(Buffer.from(secret));
  // Supabase Lite names no issuer.
  return { algorithms: ['HS256'], key: async () => key, isIssuerRequired: false };
}

/** Nothing is read from `user_metadata`: people change it themselves. */
function person({ sub, role, email, is_anonymous: isAnonymous }: JWTPayload): { userId: string; email: string } {
  if (role !== 'authenticated' || (isAnonymous !== undefined && isAnonymous !== false)) throw invalidToken(NAME);
  if (typeof sub !== 'string' || !UUID.test(sub)) throw invalidToken(NAME);
  if (typeof email !== 'string' || email === '') {
    throw new CloudActError('credential_invalid', {
      detail: 'The session is of an account without an e-mail address. Sign in with one that has an address.',
    });
  }
  return { userId: sub, email: email.toLowerCase() };
}
