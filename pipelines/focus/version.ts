export type FocusVersion = '1.0-preview' | '1.0' | '1.1' | '1.2' | '1.3' | '1.4';

/**
 * Which FOCUS version a file is made for, by the names of its columns; undefined when it is not FOCUS at all.
 * Each version only added columns, until 1.4 dropped ProviderName and PublisherName; so the newest column decides.
 * ServiceProviderName alone makes a file 1.3: FOCUS wants it on every row since then, while exports of older versions
 * are seen to take up others of the new columns early.
 * A version that the source declares (a manifest, a table name) is better evidence: use it where there is one.
 */
export function detectFocusVersion(columns: readonly string[]): FocusVersion | undefined {
  const present = new Set(columns);
  const has = (...names: readonly string[]) => names.some((name) => present.has(name));
  if (!has('BilledCost') || !has('ChargePeriodStart', 'BillingPeriodStart', 'ChargeCategory')) return undefined;
  if (has('ServiceProviderName')) return has('ProviderName', 'PublisherName') ? '1.3' : '1.4';
  if (has('InvoiceId', 'PricingCurrency', 'BillingAccountType', 'HostProviderName', 'AllocatedMethodId')) return '1.2';
  if (has('SkuMeter', 'ServiceSubcategory')) return '1.1';
  if (has('ConsumedQuantity', 'ChargeClass')) return '1.0';
  if (has('UsageQuantity', 'ChargeSubcategory', 'Region')) return '1.0-preview';
  return has('ChargeCategory') ? '1.0' : undefined;
}
