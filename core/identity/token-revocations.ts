import { CloudActError } from '../errors.ts';
import type { Metadata, TokenRevocation } from '../metadata/port.ts';
import type { OrgSlug } from '../org.ts';
import type { Minter, WidgetPrincipal } from './principal.ts';
import { clockToleranceSeconds, invalidToken } from './signing-keys.ts';
import { widgetTokenLifetimeSeconds } from './widget-token.ts';

/**
 * Widget tokens that were taken back. A revocation holds at once in this process, and in every other after at most 30
 * seconds: a process that could not read the list for so long refuses all widget tokens.
 */
export interface TokenRevocations {
  /** Throws `credential_invalid` for a token that was taken back, `unavailable` when the list is too old. */
  check(principal: WidgetPrincipal): Promise<void>;
  /**
   * Takes back one token, or all of a subject or of the organisation that are issued until now or in the next five
   * seconds: by so much clocks may differ. Returns once it holds here. Throws `conflict` when the organisation has taken
   * back 1,000 tokens and subjects in the last ten minutes.
   */
  revoke(revocation: { org: OrgSlug; kind: TokenRevocation['kind']; value: string }): Promise<void>;
  /** In the same way, all tokens that a member or a key minted; beyond 1,000 revocations, all of the organisation. */
  revokeMintedBy(org: OrgSlug, minter: Minter): Promise<void>;
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
    async check({ org, jti, subject, mintedBy, issuedAt }) {
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
      const one = keyOf({ org, kind: 'token', value: jti });
      const many = [
        keyOf({ org, kind: 'subject', value: subject }),
        ...(mintedBy === null ? [] : [keyOf({ org, kind: 'subject', value: mintedByValue(mintedBy) })]),
        keyOf({ org, kind: 'org', value: '' }),
      ];
      const isVoid = (key: string) => {
        const revokedAt = Math.max(list.get(key) ?? 0, own.has(key) ? secondOf(own.get(key)!) : 0);
        return issuedAt <= revokedAt + clockToleranceSeconds;
      };
      if (list.has(one) || own.has(one) || many.some(isVoid)) throw invalidToken('The widget token was taken back: it');
    },

    async revoke(revocation) {
      const isKnown = list.has(keyOf(revocation)) || own.has(keyOf(revocation));
      if (revocation.kind !== 'org' && !isKnown && isFull(revocation.org)) {
        throw new CloudActError('conflict', {
          detail: `${MAXIMUM_REVOCATIONS} tokens and subjects were taken back in the last minutes, and no more can be one by one. Take back all tokens of the organisation, with all: true.`,
        });
      }
      await write(revocation);
    },

    async revokeMintedBy(org, minter) {
      const isAll = isFull(org);
      await write({ org, kind: isAll ? 'org' : 'subject', value: isAll ? '' : mintedByValue(minter) });
    },
  };

  /** As far as this process knows: a revocation does not wait for the list. */
  function isFull(org: OrgSlug): boolean {
    forgetExpired();
    const isOld = now().getTime() - readAt >= OLDEST_MILLISECONDS;
    const known = new Set([...(isOld ? [] : list.keys()), ...own.keys()]);
    const prefix = `${JSON.stringify([org]).slice(0, -1)},`;
    return [...known].filter((key) => key.startsWith(prefix)).length >= MAXIMUM_REVOCATIONS;
  }

  function forgetExpired(): void {
    const at = now().getTime();
    for (const [key, { expiresAt }] of own) if (Date.parse(expiresAt) <= at) own.delete(key);
  }

  async function write({ org, kind, value }: Parameters<TokenRevocations['revoke']>[0]): Promise<void> {
    const at = now().getTime();
    const lifetime = (widgetTokenLifetimeSeconds + 2 * clockToleranceSeconds) * 1000;
    const revocation: TokenRevocation = {
      org,
      kind,
      value: kind === 'org' ? '' : value,
      revokedAt: new Date(at).toISOString(),
      expiresAt: new Date(at + lifetime).toISOString(),
    };
    const { org: _, ...record } = revocation;
    await metadata.forOrg(org).revokeTokens(record);
    forgetExpired();
    own.set(keyOf(revocation), revocation);
  }
}

/** Second until which tokens are void, by what was taken back. */
type Revocations = ReadonlyMap<string, number>;

const FRESH_MILLISECONDS = 10_000;
const OLDEST_MILLISECONDS = 30_000;
/** In force of one organisation: every process holds all of them, of all organisations. */
const MAXIMUM_REVOCATIONS = 1000;

function mintedByValue(minter: Minter): string {
  return `by:${minter}`;
}

function keyOf({ org, kind, value }: Pick<TokenRevocation, 'org' | 'kind' | 'value'>): string {
  return JSON.stringify([org, kind, value]);
}

function secondOf({ revokedAt }: Pick<TokenRevocation, 'revokedAt'>): number {
  return Math.floor(Date.parse(revokedAt) / 1000);
}
