export type FocusVersion = '1.0-preview' | '1.0' | '1.1' | '1.2' | '1.3' | '1.4';

/**
 * Which FOCUS version a file is made for, by the names of its columns; undefined when it is not FOCUS at all.
 * Each version only added columns, until 1.4 dropped ProviderName and PublisherName; so the newest column decides.
 * A version that the source declares (a manifest, a table name) is better evidence: use it where there is one.
 */
export function detectFocusVersion(columns: readonly string[]): FocusVersion | undefined {
  const present = new Set(columns);
  const has = (...names: readonly string[]) => names.some((name) => present.has(name));
  if (!has('BilledCost') || !has('ChargePeriodStart', 'BillingPeriodStart')) return undefined;
  if (has('ServiceProviderName', 'HostProviderName', 'ContractApplied', 'AllocatedMethodId')) {
    return has('ProviderName', 'PublisherName') ? '1.3' : '1.4';
  }
  if (has('InvoiceId', 'PricingCurrency', 'BillingAccountType')) return '1.2';
  if (has('SkuMeter', 'ServiceSubcategory')) return '1.1';
  if (has('ConsumedQuantity', 'ChargeClass')) return '1.0';
  if (has('UsageQuantity', 'ChargeSubcategory', 'Region')) return '1.0-preview';
  return undefined;
}
