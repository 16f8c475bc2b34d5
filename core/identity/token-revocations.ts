import { CloudActError } from '../errors.ts';
import type { Metadata, TokenRevocation } from '../metadata/port.ts';
import type { OrgSlug } from '../org.ts';
import type { WidgetPrincipal } from './principal.ts';
import { clockToleranceSeconds, invalidToken } from './signing-keys.ts';
import { widgetTokenLifetimeSeconds } from './widget-token.ts';

/**
 * Widget tokens that were taken back. A revocation holds at once in this process, and in every other after at most 30
 * seconds: a process that could not read the list for so long refuses all widget tokens.
 */
export interface TokenRevocations {
  /** Throws `credential_invalid` for a token that was taken back, `unavailable` when the list is too old. */
  check(principal: WidgetPrincipal): Promise<void>;
  /** Takes back every token of the kind that was issued until now. Returns once it holds here. */
  revoke(revocation: { org: OrgSlug; kind: TokenRevocation['kind']; value: string }): Promise<void>;
}

/** The list is read when it is needed: after 10 seconds beside the requests, after 30 before the next one. */
export function openTokenRevocations(options: { metadata: Metadata; now: () => Date }): TokenRevocations {
  const { metadata, now } = options;
  let list: Revocations = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  // Held apart from the list: one that is being read while a token is taken back may not have it yet.
  const own: Map<string, TokenRevocation> = new Map();

  function read(): Promise<void> {
    const startedAt = now().getTime();
    reading ??= metadata
      .revocations()
      .then((revocations) => {
        list = new Map(revocations.map((revocation) => [keyOf(revocation), secondOf(revocation)]));
        readAt = startedAt;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  return {
    async check({ org, jti, subject, issuedAt }) {
      const age = now().getTime() - readAt;
      if (age >= OLDEST_MILLISECONDS) {
        await read().catch((cause: unknown) => {
          throw new CloudActError('unavailable', {
            detail: 'Whether the widget token was taken back cannot be read at the moment. Try again shortly.',
            cause,
          });
        });
      } else if (age >= FRESH_MILLISECONDS) {
        // When it fails, the list grows older, until requests wait for it and tell.
        read().catch(() => undefined);
      }
      const keys = [
        keyOf({ org, kind: 'token', value: jti }),
        keyOf({ org, kind: 'subject', value: subject }),
        keyOf({ org, kind: 'org', value: '' }),
      ];
      for (const key of keys) {
        const revokedAt = Math.max(list.get(key) ?? 0, own.has(key) ? secondOf(own.get(key)!) : 0);
        if (issuedAt <= revokedAt) throw invalidToken('The widget token was taken back: it');
      }
    },

    async revoke({ org, kind, value }) {
      const at = now().getTime();
      const lifetime = (widgetTokenLifetimeSeconds + clockToleranceSeconds) * 1000;
      const revocation: TokenRevocation = {
        org,
        kind,
        value: kind === 'org' ? '' : value,
        revokedAt: new Date(at).toISOString(),
        expiresAt: new Date(at + lifetime).toISOString(),
      };
      const { org: _, ...record } = revocation;
      await metadata.forOrg(org).revokeTokens(record);
      for (const [key, { expiresAt }] of own) if (Date.parse(expiresAt) <= at) own.delete(key);
      own.set(keyOf(revocation), revocation);
    },
  };
}

/** Second until which tokens are void, by what was taken back. */
type Revocations = ReadonlyMap<string, number>;

const FRESH_MILLISECONDS = 10_000;
const OLDEST_MILLISECONDS = 30_000;

function keyOf({ org, kind, value }: Pick<TokenRevocation, 'org' | 'kind' | 'value'>): string {
  return JSON.stringify([org, kind, value]);
}

function secondOf({ revokedAt }: Pick<TokenRevocation, 'revokedAt'>): number {
  return Math.floor(Date.parse(revokedAt) / 1000);
}
