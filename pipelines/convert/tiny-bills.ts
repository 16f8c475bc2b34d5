import { billCsv as awsCsv, bareLine, type Line } from '../providers/aws/fixtures/bill.ts';
import { cur2Csv } from '../providers/aws/fixtures/cur2.ts';
import { credit, row as gcpRow, ndjson } from '../providers/gcp/fixtures/export.ts';
import { billCsv as ociCsv } from '../providers/oci/fixtures/bill.ts';

const awsLines: Line[] = [
  {},
  {
    'identity/LineItemId': 'line-2',
    'lineItem/UnblendedCost': '1.000000000000000001',
    'lineItem/ResourceId': 'a "b", c',
  },
  { ...bareLine, 'identity/LineItemId': 'line-3', 'lineItem/LineItemType': 'Tax', 'lineItem/UnblendedCost': '-0.5' },
];

const focus = `BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ContractedCost,EffectiveCost,InvoiceId,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,ProviderName,PublisherName,ServiceCategory,ServiceName,Tags
1.5,a-1,Orchard,USD,2025-04-01T00:00:00Z,2025-03-01T00:00:00Z,Usage,,"Apples, red",2025-03-02T00:00:00Z,2025-03-01T00:00:00Z,1.5,1.5,I-1,Orchard,2,3,Hours,Orchard,Orchard,Compute,Trees,"{""team"":""press""}"
-0.25,a-1,Orchard,EUR,2025-04-01T00:00:00Z,2025-03-01T00:00:00Z,Credit,,Rain,2025-03-02T00:00:00Z,2025-03-01T00:00:00Z,-0.25,-0.25,I-1,Orchard,-0.25,,,Orchard,Orchard,Other,Trees,
`;

const azure = `InvoiceSectionName,AccountName,SubscriptionId,SubscriptionName,ResourceGroup,ResourceLocation,Date,ProductName,MeterCategory,MeterSubCategory,MeterId,MeterName,MeterRegion,UnitOfMeasure,Quantity,EffectivePrice,Cost,UnitPrice,BillingCurrencyCode,ResourceId,ServiceFamily,ChargeType,Frequency,PublisherType,PublisherName,PricingModel,BillingAccountId,BillingAccountName,BillingPeriodStartDate,BillingPeriodEndDate,ConsumedService,Tags,AdditionalInfo,PayGPrice,ReservationId,ReservationName,Term,BillingProfileId,BillingProfileName,OfferId,CostCenter,IsAzureCreditEligible,PartNumber,PlanName,ProductOrderId,ProductOrderName,AccountOwnerId,AvailabilityZone,ServiceInfo1,ServiceInfo2,InvoiceId
Fruit,Press,00000000-0000-0000-0000-000000000001,Orchard,rg,EU West,03/05/2025,Virtual Machines D2,Virtual Machines,D2,11111111-0000-0000-0000-000000000001,D2,EU West,1 Hour,2,0.1,0.2,0.1,EUR,/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/press,Compute,Usage,UsageBased,Azure,Microsoft,OnDemand,42,Orchard,03/01/2025,03/31/2025,Microsoft.Compute,"""team"": ""press""",,0.1,,,,42,Orchard,MS-AZR-0017P,,True,AAA-1,,,,owner@example.com,,,,
`;

/** A small whole bill of each format, as text; by the format's id. */
export const tinyBills: Readonly<Record<string, string>> = {
  'aws-cur': awsCsv(awsLines),
  'aws-cur-2': cur2Csv(awsLines),
  'azure-cost-details': azure,
  'gcp-billing-export': ndjson([gcpRow({}), gcpRow({ cost: 1e-7, credits: [credit('PROMOTION', '-0.01')] })]),
  'oci-cost-report': ociCsv([{}, {}]),
  focus,
};
