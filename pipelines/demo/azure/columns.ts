/** Columns of the schema 2024-08-01 for Enterprise Agreements, in their order. */
const columns = [
  'InvoiceSectionName',
  'AccountName',
  'AccountOwnerId',
  'SubscriptionId',
  'SubscriptionName',
  'ResourceGroup',
  'ResourceLocation',
  'Date',
  'ProductName',
  'MeterCategory',
  'MeterSubCategory',
  'MeterId',
  'MeterName',
  'MeterRegion',
  'UnitOfMeasure',
  'Quantity',
  'EffectivePrice',
  'CostInBillingCurrency',
  'CostCenter',
  'ConsumedService',
  'ResourceId',
  'Tags',
  'OfferId',
  'AdditionalInfo',
  'ServiceInfo1',
  'ServiceInfo2',
  'ResourceName',
  'ReservationId',
  'ReservationName',
  'UnitPrice',
  'ProductOrderId',
  'ProductOrderName',
  'Term',
  'PublisherType',
  'PublisherName',
  'ChargeType',
  'Frequency',
  'PricingModel',
  'AvailabilityZone',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrencyCode',
  'BillingPeriodStartDate',
  'BillingPeriodEndDate',
  'BillingProfileId',
  'BillingProfileName',
  'InvoiceSectionId',
  'IsAzureCreditEligible',
  'PartNumber',
  'PayGPrice',
  'PlanName',
  'ServiceFamily',
  'CostAllocationRuleName',
  'benefitId',
  'benefitName',
  'AccountId',
  'ResourceLocationNormalized',
] as const;

/** Values of one line by column; what is left out is empty. */
export type AzureCells = Partial<Record<(typeof columns)[number], string>>;

export const azureHeaderLine = `${columns.join(',')}\n`;

export function azureLine(cells: AzureCells): string {
  return `${columns.map((column) => quoted(cells[column] ?? '')).join(',')}\n`;
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
