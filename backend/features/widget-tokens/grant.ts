import { CloudActError } from '@cloudact/core/errors';
import { currencyCodes } from '@cloudact/core/focus';
import type { Minter, OrgPrincipal, WidgetTokens } from '@cloudact/core/identity';
import { compare, type Decimal, decimal } from '@cloudact/core/money';
import { checkHeld } from '../../http/held-scopes.ts';
import { formatFilter, parseFilter } from '../../queries/dimension.ts';
import type { MintRequest } from './schemas.ts';

type Grant = Parameters<WidgetTokens['mint']>[0];

/**
 * What the token will allow and show, with every part in its one spelling. Throws `forbidden` for scopes that the
 * caller does not have, and `request_invalid` with the place that is wrong.
 */
export function readGrant(principal: OrgPrincipal, request: MintRequest): Grant {
  const { scopes = ['costs:read' as const], filters = [], widgets = [], origins = [], subject } = request;
  checkHeld(principal, scopes, 'widget tokens');
  return {
    org: principal.org,
    scopes,
    filters: filters.map((text, index) => readFilter(text, `filters/${index}`)),
    widgets,
    origins: origins.map((text, index) => readOrigin(text, `origins/${index}`)),
    markUp: request.mark_up === undefined ? null : readMarkUp(request.mark_up),
    displayCurrency: request.display_currency === undefined ? null : readDisplayCurrency(request.display_currency),
    ...(subject !== undefined && { subject }),
    mintedBy: minterOf(principal),
  };
}

function minterOf(principal: OrgPrincipal): Minter | null {
  switch (principal.kind) {
    case 'member':
      return `member:${principal.userId}`;
    case 'api_key':
      return `key:${principal.keyId}`;
    case 'widget':
      return principal.mintedBy;
  }
}

/** A filter without a value is what a template makes of a customer that it does not know: nobody means that slice. */
function readFilter(text: string, place: string): string {
  const filter = parseFilter(text, place);
  if (filter.value === null) throw invalid(place, 'has no value, and would show the cost that has none; give a value');
  return formatFilter(filter);
}

const CURRENCIES: ReadonlySet<string> = new Set(currencyCodes);
const NOTHING = decimal('0');
const ONE = decimal('1');
const LARGEST_MARK_UP = decimal('100');

function readMarkUp(text: string): Decimal {
  const markUp = decimal(text);
  if (compare(markUp, NOTHING) > 0 && compare(markUp, LARGEST_MARK_UP) <= 0) return markUp;
  throw invalid('mark_up', `must be above 0 and at most ${LARGEST_MARK_UP}`);
}

function readDisplayCurrency({ currency, rates }: NonNullable<MintRequest['display_currency']>) {
  const place = 'display_currency';
  checkCurrency(currency, `${place}/currency`);
  const read = Object.entries(rates).map(([code, text]): [string, Decimal] => {
    const at = `${place}/rates/${code}`;
    checkCurrency(code, at);
    const rate = decimal(text);
    if (compare(rate, NOTHING) <= 0) throw invalid(at, 'must be above 0');
    if (code === currency && compare(rate, ONE) !== 0) {
      throw invalid(at, 'is the rate of the currency to itself, and must be 1 or left out');
    }
    return [code, rate];
  });
  return { currency, rates: Object.fromEntries(read) };
}

function checkCurrency(code: string, place: string): void {
  if (!CURRENCIES.has(code)) throw invalid(place, `"${code}" is not a currency of ISO 4217`);
}

function readOrigin(text: string, place: string): string {
  const url = URL.parse(text);
  if (url !== null && url.origin === text && ['https:', 'http:'].includes(url.protocol)) return text;
  throw invalid(place, 'must be an origin as browsers write it, for example https://portal.example.com');
}

function invalid(place: string, reason: string): CloudActError {
  return new CloudActError('request_invalid', {
    detail: `${place} ${reason}.`,
    faults: [{ column: place, reason }],
  });
}
