/**
 * Columns of the demo's legacy Cost and Usage Report, in the order of the file. The report's real columns depend on
 * what an account uses; these are the ones that this company's use brings up, with two account names that reports of
 * the newer version carry, so that a person sees names beside the twelve-digit numbers.
 */
export const curColumns = [
  'identity/LineItemId',
  'identity/TimeInterval',
  'bill/InvoiceId',
  'bill/InvoicingEntity',
  'bill/BillingEntity',
  'bill/BillType',
  'bill/PayerAccountId',
  'bill/PayerAccountName',
  'bill/BillingPeriodStartDate',
  'bill/BillingPeriodEndDate',
  'lineItem/UsageAccountId',
  'lineItem/UsageAccountName',
  'lineItem/LineItemType',
  'lineItem/UsageStartDate',
  'lineItem/UsageEndDate',
  'lineItem/ProductCode',
  'lineItem/UsageType',
  'lineItem/Operation',
  'lineItem/AvailabilityZone',
  'lineItem/ResourceId',
  'lineItem/UsageAmount',
  'lineItem/NormalizationFactor',
  'lineItem/NormalizedUsageAmount',
  'lineItem/CurrencyCode',
  'lineItem/UnblendedRate',
  'lineItem/UnblendedCost',
  'lineItem/BlendedRate',
  'lineItem/BlendedCost',
  'lineItem/LineItemDescription',
  'lineItem/TaxType',
  'lineItem/LegalEntity',
  'product/ProductName',
  'product/cacheEngine',
  'product/databaseEngine',
  'product/deploymentOption',
  'product/group',
  'product/instanceFamily',
  'product/instanceType',
  'product/location',
  'product/locationType',
  'product/memory',
  'product/model',
  'product/operatingSystem',
  'product/operation',
  'product/productFamily',
  'product/region',
  'product/regionCode',
  'product/servicecode',
  'product/servicename',
  'product/sku',
  'product/storageClass',
  'product/tenancy',
  'product/transferType',
  'product/usagetype',
  'product/vcpu',
  'product/volumeApiName',
  'pricing/LeaseContractLength',
  'pricing/OfferingClass',
  'pricing/PurchaseOption',
  'pricing/RateCode',
  'pricing/RateId',
  'pricing/currency',
  'pricing/publicOnDemandCost',
  'pricing/publicOnDemandRate',
  'pricing/term',
  'pricing/unit',
  'reservation/AmortizedUpfrontCostForUsage',
  'reservation/AmortizedUpfrontFeeForBillingPeriod',
  'reservation/EffectiveCost',
  'reservation/EndTime',
  'reservation/ModificationStatus',
  'reservation/NormalizedUnitsPerReservation',
  'reservation/NumberOfReservations',
  'reservation/RecurringFeeForUsage',
  'reservation/ReservationARN',
  'reservation/StartTime',
  'reservation/SubscriptionId',
  'reservation/TotalReservedNormalizedUnits',
  'reservation/TotalReservedUnits',
  'reservation/UnitsPerReservation',
  'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod',
  'reservation/UnusedNormalizedUnitQuantity',
  'reservation/UnusedQuantity',
  'reservation/UnusedRecurringFee',
  'reservation/UpfrontValue',
  'savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod',
  'savingsPlan/EndTime',
  'savingsPlan/OfferingType',
  'savingsPlan/PaymentOption',
  'savingsPlan/PurchaseTerm',
  'savingsPlan/RecurringCommitmentForBillingPeriod',
  'savingsPlan/Region',
  'savingsPlan/SavingsPlanARN',
  'savingsPlan/SavingsPlanEffectiveCost',
  'savingsPlan/SavingsPlanRate',
  'savingsPlan/StartTime',
  'savingsPlan/TotalCommitmentToDate',
  'savingsPlan/UsedCommitment',
  'splitLineItem/ParentResourceId',
  'splitLineItem/SplitCost',
  'splitLineItem/SplitUsage',
  'splitLineItem/SplitUsageRatio',
  'splitLineItem/UnusedCost',
  'resourceTags/aws:eks:cluster-name',
  'resourceTags/aws:eks:deployment',
  'resourceTags/aws:eks:namespace',
  'resourceTags/user:cost-center',
  'resourceTags/user:env',
  'resourceTags/user:product',
  'resourceTags/user:team',
  'costCategory/BusinessUnit',
] as const;

export type CurColumn = (typeof curColumns)[number];

/** One line of the report; a column that is missing is an empty field. */
export type CurCells = Partial<Record<CurColumn, string>>;

export const curHeader = `${curColumns.map(csvField).join(',')}\n`;

export function curLine(cells: CurCells): string {
  let line = '';
  for (let index = 0; index < curColumns.length; index += 1) {
    const value = cells[curColumns[index]!];
    if (index > 0) line += ',';
    if (value !== undefined) line += csvField(value);
  }
  return `${line}\n`;
}

/** Quotes a field that needs it (RFC 4180). */
export function csvField(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
