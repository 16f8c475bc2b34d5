import type { JWK, JWTPayload } from 'jose';
import { CloudActError } from '../errors.ts';
import { type OrgSlug, parseOrgSlug } from '../org.ts';
import type { DisplayCurrency, Minter, WidgetPrincipal } from './principal.ts';
import { type Scope, widgetScopes } from './scopes.ts';
import { openSealedClaim } from './sealed-claim.ts';
import { invalidToken, maximumTokenLength, openSigningRing, type SigningKey } from './signing-keys.ts';

/** Short-lived credentials for browsers: ES256 JSON Web Tokens, `typ` `cloudact-widget+jwt`, ten minutes. */
export interface WidgetTokens {
  /**
   * `tokenId` is the claim `jti`, by which the token is known in logs and taken back; `expiresAt` is ISO 8601, UTC.
   * Throws `request_invalid` for a grant that has a wrong form, is too long for a request header, or has filters and
   * other scopes than `costs:read`: filters narrow cost and nothing else.
   */
  mint(grant: WidgetGrant): Promise<{ token: string; tokenId: string; expiresAt: string }>;
  /** Throws `credential_expired` for a token that was good once, and `credential_invalid` for anything else. */
  verify(token: string): Promise<WidgetPrincipal>;
  /** Public halves of the key ring, RFC 7517. */
  jwks(): { keys: readonly JWK[] };
}

/** What a token allows; see `WidgetPrincipal`. The bearer can take nothing of it off. */
export interface WidgetGrant {
  org: OrgSlug;
  /** Of `widgetScopes`. */
  scopes: readonly Scope[];
  filters: readonly string[];
  widgets?: readonly string[];
  origins?: readonly string[];
  markUp?: string | null;
  displayCurrency?: DisplayCurrency | null;
  /** Default `org:<slug>`. */
  subject?: string;
  mintedBy?: Minter | null;
}

export const widgetAudience = 'cloudact-widgets';
export const widgetTokenLifetimeSeconds = 600;
export const widgetTokenType = 'cloudact-widget+jwt';

/** Subject of tokens that were minted for nobody in particular. */
export function defaultWidgetSubject(org: OrgSlug): string {
  return `org:${org}`;
}

/** Opens the key ring. The first key signs, all of them verify. Throws `configuration_invalid`. */
export async function openWidgetTokens(options: {
  issuer: string;
  keys: readonly SigningKey[];
  now: () => Date;
}): Promise<WidgetTokens> {
  const { issuer, now } = options;
  const ring = await openSigningRing(options.keys);
  const terms = openSealedClaim(options.keys, 'cloudact widget token terms');
  const kind = {
    type: widgetTokenType,
    issuer,
    audience: widgetAudience,
    lifetimeSeconds: widgetTokenLifetimeSeconds,
  };

  return {
    async mint(grant) {
      const own = termsOf(grant);
      const claims = { ...claimsOf(grant), ...(Object.keys(own).length > 0 && { terms: await terms.seal(own) }) };
      const wrong = wrongClaim(claims, FORMS) ?? wrongClaim(own, TERM_FORMS);
      if (wrong !== undefined) {
        throw new CloudActError('request_invalid', { detail: `A widget token cannot have this: ${wrong}.` });
      }
      if (isWiderThanItsFilters(claims)) {
        throw new CloudActError('request_invalid', {
          detail:
            'Filters narrow costs only: with them, a token can have no other scope than costs:read. Leave out the filters or the other scopes.',
        });
      }
      const { token, jti, expiresAt } = await ring.sign(kind, claims, now());
      if (token.length > maximumTokenLength) {
        throw new CloudActError('request_invalid', {
          detail: `The token would be ${token.length} characters long; ${maximumTokenLength} fit in a header. Use fewer or shorter filters.`,
        });
      }
      return { token, tokenId: jti, expiresAt: new Date(expiresAt * 1000).toISOString() };
    },

    async verify(token) {
      const payload = await ring.verify(kind, token, now(), NAME);
      const own = payload.terms === undefined ? {} : await terms.open(String(payload.terms)).catch(refuse);
      return principalOf(payload, own);
    },

    jwks: () => ({ keys: ring.publicKeys }),
  };
}

const NAME = 'The widget token';

interface Claims extends JWTPayload {
  sub: string;
  org: OrgSlug;
  /** Scopes. */
  scp: readonly Scope[];
  /** Filters. */
  flt: readonly string[];
  /** Widgets. */
  wid: readonly string[];
  origins: readonly string[];
  /** `Terms`, sealed. */
  terms?: string;
}

/**
 * On what terms costs are shown, and who said so. The bearer is not told: a vendor's mark-up is the vendor's own
 * business, and so are its people and keys.
 */
type Terms = {
  mark_up?: string;
  display_currency?: DisplayCurrency;
  by?: Minter;
};

function claimsOf({ org, scopes, filters, widgets = [], origins = [], subject }: WidgetGrant): Claims {
  return {
    sub: subject ?? defaultWidgetSubject(org),
    org,
    scp: scopes,
    flt: filters,
    wid: widgets,
    origins,
  };
}

function termsOf({ markUp, displayCurrency, mintedBy }: WidgetGrant): Terms {
  return {
    ...(typeof markUp === 'string' && { mark_up: markUp }),
    ...(displayCurrency && { display_currency: displayCurrency }),
    ...(mintedBy && { by: mintedBy }),
  };
}

function refuse(cause: unknown): never {
  throw invalidToken(NAME, cause);
}

/**
 * Reads our claims. A token that we signed and cannot read, or that says more than we know, is refused: to leave a part
 * of it out would be to read it as a wider one.
 */
function principalOf(payload: JWTPayload, sealed: unknown): WidgetPrincipal {
  if (wrongClaim(payload, FORMS) !== undefined || typeof sealed !== 'object' || sealed === null)
    throw invalidToken(NAME);
  const terms = sealed as Terms;
  if (wrongClaim({ ...terms }, TERM_FORMS) !== undefined) throw invalidToken(NAME);
  const claims = payload as Claims & { jti: string; iat: number };
  if (isWiderThanItsFilters(claims)) throw invalidToken(NAME);
  return {
    kind: 'widget',
    org: claims.org,
    scopes: claims.scp,
    filters: claims.flt,
    widgets: claims.wid,
    origins: claims.origins,
    markUp: terms.mark_up ?? null,
    displayCurrency: terms.display_currency ?? null,
    subject: claims.sub,
    mintedBy: terms.by ?? null,
    jti: claims.jti,
    issuedAt: claims.iat,
  };
}

/** Nothing but cost is narrowed by filters: with another scope, the bearer would see what they were to keep from it. */
function isWiderThanItsFilters({ scp, flt }: Claims): boolean {
  return flt.length > 0 && scp.some((scope) => scope !== 'costs:read');
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isListOf = (isOne: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isOne);
const isOrAbsent = (isOne: (value: unknown) => boolean) => (value: unknown) => value === undefined || isOne(value);
const matches = (form: RegExp) => (value: unknown) => isText(value) && form.test(value);

/** Decimal text above zero. */
const isFactor = matches(/^(?=.*[1-9])(0|[1-9]\d{0,19})(\.\d{1,18})?$/);
const isCurrency = matches(/^[A-Z]{3}$/);
const isElement = matches(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);

/** What each claim must be. There are no others, but for those that the ring sets and checks. */
type Forms = Readonly<Record<string, (value: unknown) => boolean>>;
const FORMS: Forms = {
  sub: (value) => isText(value) && value.length >= 1 && value.length <= 200,
  org: isOrg,
  scp: isListOf((value) => (widgetScopes as readonly unknown[]).includes(value)),
  flt: isListOf(isText),
  wid: isListOf(isElement),
  origins: isListOf(isOrigin),
  terms: isOrAbsent(isText),
};
const TERM_FORMS: Forms = {
  mark_up: isOrAbsent(isFactor),
  display_currency: isOrAbsent(isDisplayCurrency),
  by: isOrAbsent(matches(/^(member|key):[\w-]{1,100}$/)),
};
const SET_BY_RING: readonly string[] = ['iss', 'aud', 'jti', 'iat', 'exp'];

/** Name of a claim that is not known, or has a wrong form. */
function wrongClaim(claims: Readonly<Record<string, unknown>>, forms: Forms): string | undefined {
  return (
    Object.keys(claims).find((name) => !Object.hasOwn(forms, name) && !SET_BY_RING.includes(name)) ??
    Object.keys(forms).find((name) => !forms[name]!(claims[name]))
  );
}

function isOrg(value: unknown): boolean {
  try {
    return isText(value) && parseOrgSlug(value) === value;
  } catch {
    return false;
  }
}

function isOrigin(value: unknown): boolean {
  if (!isText(value)) return false;
  const url = URL.parse(value);
  return url !== null && url.origin === value && ['https:', 'http:'].includes(url.protocol) && !value.includes('*');
}

function isDisplayCurrency(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).sort().join() !== 'currency,rates')
    return false;
  const { currency, rates } = value as Record<string, unknown>;
  if (!isCurrency(currency) || typeof rates !== 'object' || rates === null || Array.isArray(rates)) return false;
  return Object.entries(rates).every(([code, rate]) => isCurrency(code) && isFactor(rate));
}
