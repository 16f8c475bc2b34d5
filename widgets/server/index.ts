/**
 * For the server of a page that shows CloudAct widgets: mints the tokens that the page's `fetchToken` returns. It needs
 * `fetch` and nothing else. The API key stays on the server; never import this module into a page.
 *
 *     const { token } = await mintWidgetToken({ apiBase, apiKey, filters: ['SubAccountId:123'] });
 */

/** Where the API is, and with which key of the organisation (scope `widgets:mint`, and those that tokens get) it is called. */
export interface Connection {
  /** Origin and base path, for example `https://api.cloudact.example`. */
  apiBase: string;
  apiKey: string;
}

/** What a token allows and shows; the body of `POST /v1/widget-tokens`, where each part is told in full. */
export interface WidgetGrant {
  /** Default `['costs:read']`, and with filters nothing else. */
  scopes?: readonly string[];
  /**
   * Narrow every answer: `SubAccountId:123`, `tag:team:search`. The page cannot take them off. `[]` shows all cost of the
   * organisation, which nobody gets by leaving something out.
   */
  filters: readonly string[];
  /** Tags of the elements that may use the token. Default: all. */
  widgets?: readonly string[];
  /** Origins of the pages that may use the token. Default: all that may call the API. */
  origins?: readonly string[];
  /** Factor on every cost, decimal text: `1.15` for 15 % more. */
  markUp?: string;
  /** Currency that costs are shown in, and what one unit of each other currency is in it, as decimal text. */
  displayCurrency?: { currency: string; rates: Readonly<Record<string, string>> };
  /** Who the token is for, in your own terms: all tokens of one can be taken back. */
  subject?: string;
}

export interface WidgetToken {
  token: string;
  /** What the token is taken back by. */
  tokenId: string;
  expiresAt: Date;
}

/** The API's refusal, or `unavailable` when it did not answer. The message holds no credential. */
export class CloudActApiError extends Error {
  /** Stable code of the API's problem, for example `forbidden`. */
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(code: string, status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CloudActApiError';
    this.code = code;
    this.status = status;
  }
}

/** Mints a token of ten minutes. Throws `CloudActApiError`; gives up after ten seconds, or when `signal` says so. */
export async function mintWidgetToken(
  options: Connection & WidgetGrant & { signal?: AbortSignal },
): Promise<WidgetToken> {
  const { apiBase, apiKey, signal, ...grant } = options;
  const { ok, status, answer } = await post(`${apiBase.replace(/\/+$/, '')}/v1/widget-tokens`, {
    apiKey,
    body: bodyOf(grant),
    signal,
  });
  const { token, token_id: tokenId, expires_at: expiresAt, code, detail, title } = answer;
  if (ok && isText(token) && isText(tokenId) && isText(expiresAt)) {
    return { token, tokenId, expiresAt: new Date(expiresAt) };
  }
  const said = isText(detail) ? detail : isText(title) ? title : 'The answer is not one of the CloudAct API.';
  throw new CloudActApiError(isText(code) ? code : 'unavailable', status, said);
}

/** Tokens that are used again by everybody with an equal grant. */
export interface WidgetTokenCache {
  /**
   * A token that is good for at least another minute. `fresh` mints a new one: for a page whose token was refused
   * (`reason: 'rejected'`).
   */
  token(grant: WidgetGrant, options?: { fresh?: boolean }): Promise<string>;
  /** Forgets all tokens, for example after they were taken back. */
  clear(): void;
}

/** Saves a request for each page view. `maximumGrants`: how many different grants are kept, oldest out first. */
export function openWidgetTokenCache(
  options: Connection & { maximumGrants?: number; now?: () => number },
): WidgetTokenCache {
  const { maximumGrants = 1000, now = Date.now, ...connection } = options;
  const kept = new Map<string, { token: Promise<string>; renewAt: number }>();

  function mint(key: string, grant: WidgetGrant): Promise<string> {
    const minted = {
      token: mintWidgetToken({ ...connection, ...grant }).then(({ token }) => token),
      // Counted from here on, so that a wrong clock of this machine changes nothing.
      renewAt: now() + LIFETIME_MILLISECONDS - MARGIN_MILLISECONDS,
    };
    kept.delete(key);
    kept.set(key, minted);
    minted.token.catch(() => {
      if (kept.get(key) === minted) kept.delete(key);
    });
    for (const oldest of kept.keys()) {
      if (kept.size <= maximumGrants) break;
      kept.delete(oldest);
    }
    return minted.token;
  }

  return {
    async token(grant, { fresh = false } = {}) {
      const key = JSON.stringify(bodyOf(grant));
      const known = kept.get(key);
      return !fresh && known !== undefined && now() < known.renewAt ? known.token : mint(key, grant);
    },
    clear: () => kept.clear(),
  };
}

const LIFETIME_MILLISECONDS = 10 * 60_000;
const MARGIN_MILLISECONDS = 60_000;
const TIMEOUT_MILLISECONDS = 10_000;

async function post(
  url: string,
  { apiKey, body, signal }: { apiKey: string; body: object; signal: AbortSignal | undefined },
): Promise<{ ok: boolean; status: number; answer: Record<string, unknown> }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A key is for this address and for no other one that it may lead to.
      redirect: 'error',
      // Next.js keeps answers unless it is told not to.
      cache: 'no-store',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    return { ok: response.ok, status: response.status, answer: (answer ?? {}) as Record<string, unknown> };
  } catch (cause) {
    throw new CloudActApiError('unavailable', 0, 'The CloudAct API does not answer.', { cause });
  }
}

/** Equal grants give equal bodies. */
function bodyOf({ scopes, filters, widgets, origins, markUp, displayCurrency, subject }: WidgetGrant): object {
  return {
    scopes,
    filters,
    widgets,
    origins,
    mark_up: markUp,
    display_currency: displayCurrency && {
      currency: displayCurrency.currency,
      rates: Object.fromEntries(Object.entries(displayCurrency.rates).sort(([one], [two]) => (one < two ? -1 : 1))),
    },
    subject,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
