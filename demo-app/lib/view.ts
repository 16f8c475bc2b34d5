/** What the page shows; it lives in the address, so that a view can be sent to somebody. */
export interface View {
  period: '30d' | '90d' | '12m';
  metric: 'EffectiveCost' | 'BilledCost' | 'ListCost' | 'ContractedCost';
  groupBy: string;
}

export const periods = [
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days' },
  { value: '12m', label: '12 months' },
] as const;

export const metrics = [
  { value: 'EffectiveCost', label: 'Effective cost', hint: 'Commitments spread over what they cover' },
  { value: 'BilledCost', label: 'Billed cost', hint: 'What the invoices say' },
  { value: 'ContractedCost', label: 'Contracted cost', hint: 'At your negotiated prices' },
  { value: 'ListCost', label: 'List cost', hint: 'At public prices' },
] as const;

export const groupings = [
  { value: 'ServiceName', label: 'Service' },
  { value: 'ServiceProviderName', label: 'Provider' },
  { value: 'SubAccountName', label: 'Account' },
  { value: 'RegionName', label: 'Region' },
  { value: 'ServiceCategory', label: 'Service category' },
  { value: 'ChargeCategory', label: 'Charge category' },
  { value: 'PricingCategory', label: 'Pricing category' },
  { value: 'tag:team', label: 'Tag: team' },
  { value: 'tag:env', label: 'Tag: env' },
] as const;

/** Reads a view from the address; what is not understood falls back to the default. */
export function readView(query: Record<string, string | string[] | undefined>): View {
  const pick = <T extends string>(name: string, options: readonly { value: T }[], fallback: T): T =>
    options.find(({ value }) => value === query[name])?.value ?? fallback;
  return {
    period: pick('period', periods, '30d'),
    metric: pick('metric', metrics, 'EffectiveCost'),
    groupBy: pick('group_by', groupings, 'ServiceName'),
  };
}
