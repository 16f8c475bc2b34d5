import 'server-only';

/** Where this server finds the API, and the organisation's key. The key never leaves the server. */
function connection(): { origin: string; key: string } {
  const origin = process.env.CLOUDACT_API_URL;
  const key = process.env.CLOUDACT_ORG_API_KEY;
  if (!origin || !key) throw new Error('CLOUDACT_API_URL and CLOUDACT_ORG_API_KEY are not set');
  return { origin, key };
}

export interface CurrencyTotal {
  currency: string;
  /** Decimal text. */
  cost: string;
}

export interface CostAnswer {
  groups: { group: (string | null)[]; other: boolean; currency: string; cost: string }[];
  totals: CurrencyTotal[];
  /** Usage without a price: what it will cost is in no total. */
  unpriced: { quantity: string; unit: string }[];
  /** How far the data of each billing period goes, and whether the provider may still change it. */
  periods: { billing_period: string; charges_through: string | null; complete: boolean }[];
}

/** Asks `GET /v1/costs` as the organisation. */
export async function costs(question: Record<string, string>): Promise<CostAnswer> {
  const { origin, key } = connection();
  const response = await fetch(`${origin}/v1/costs?${new URLSearchParams(question)}`, {
    headers: { authorization: `Bearer ${key}` },
    cache: 'no-store',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`GET /v1/costs answered ${response.status}`);
  return (await response.json()) as CostAnswer;
}

/** Mints a ten-minute, read-only token for the widgets in the browser. */
export async function widgetToken(): Promise<{ token: string; expires_at: string }> {
  const { origin, key } = connection();
  const response = await fetch(`${origin}/v1/widget-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scopes: ['costs:read'] }),
    cache: 'no-store',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`POST /v1/widget-tokens answered ${response.status}`);
  return (await response.json()) as { token: string; expires_at: string };
}
