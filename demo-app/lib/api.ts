import 'server-only';
import { caller } from './caller';
import { type Method, request } from './request';

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

/** Asks `GET /v1/costs` as whoever looks. */
export async function costs(question: Record<string, string>): Promise<CostAnswer> {
  return (await ask<CostAnswer>('GET', `/v1/costs?${new URLSearchParams(question)}`))!;
}

/** Mints a ten-minute, read-only token for the widgets in the browser. */
export async function widgetToken(): Promise<{ token: string; expires_at: string }> {
  return (await ask<{ token: string; expires_at: string }>('POST', '/v1/widget-tokens', { scopes: ['costs:read'] }))!;
}

/** Sends one request to the API as whoever looks; see `request`. */
export async function ask<Answer>(method: Method, path: string, body?: unknown): Promise<Answer | undefined> {
  return request<Answer>(await caller(), method, path, body);
}
