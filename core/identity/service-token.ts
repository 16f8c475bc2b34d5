import { type OrgSlug, parseOrgSlug } from '../org.ts';
import type { ServicePrincipal } from './principal.ts';
import { invalidToken, openSigningRing, type SigningKey, type TokenKind } from './signing-keys.ts';

/** Tokens with which our own services call each other: ES256, `typ` `cloudact-service+jwt`, one minute. */
export interface ServiceTokens {
  mint(grant: {
    service: ServicePrincipal['service'];
    audience: 'api' | 'pipelines';
    org: OrgSlug | null;
  }): Promise<string>;
  /** Throws `credential_expired`, `credential_invalid`. */
  verify(token: string, audience: 'api' | 'pipelines'): Promise<ServicePrincipal>;
}

/**
 * Opens the key ring that our services share. The first key signs, all of them verify.
 * Throws `configuration_invalid`.
 */
export async function openServiceTokens(options: {
  issuer: string;
  keys: readonly SigningKey[];
  now: () => Date;
}): Promise<ServiceTokens> {
  const { issuer, now } = options;
  const ring = await openSigningRing(options.keys);
  const kind = (audience: 'api' | 'pipelines'): TokenKind => ({
    type: serviceTokenType,
    issuer,
    audience: `cloudact-${audience}`,
    lifetimeSeconds: LIFETIME_SECONDS,
  });

  return {
    async mint({ service, audience, org }) {
      return (await ring.sign(kind(audience), { sub: service, org }, now())).token;
    },

    async verify(token, audience) {
      const { sub, org } = await ring.verify(kind(audience), token, now(), NAME);
      const service = SERVICES.find((name) => name === sub);
      if (service === undefined) throw invalidToken(NAME);
      if (org === null) return { kind: 'service', service, org };
      if (typeof org !== 'string') throw invalidToken(NAME);
      try {
        return { kind: 'service', service, org: parseOrgSlug(org) };
      } catch (error) {
        throw invalidToken(NAME, error);
      }
    },
  };
}

export const serviceTokenType = 'cloudact-service+jwt';

const NAME = 'The service token';
const LIFETIME_SECONDS = 60;
const SERVICES: readonly ServicePrincipal['service'][] = ['api', 'pipelines', 'scheduler'];
