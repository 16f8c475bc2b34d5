import { dayText, type Month } from '../calendar.ts';
import { teams } from '../company.ts';
import { type Fixed, fixedText } from '../fixed-point.ts';
import type { AzureCharge } from './bill.ts';
import { type AzureCells, azureHeaderLine, azureLine } from './columns.ts';
import { type AzureIdentifiers, regions } from './identifiers.ts';

export type AzureDataset = 'ActualCost' | 'AmortizedCost';

interface WrittenDataset {
  readonly csv: string;
  readonly rows: number;
  readonly total: Fixed;
}

/**
 * A month's charges as one dataset has them. ActualCost: what commitments cover costs nothing, and their purchases cost
 * what is paid. AmortizedCost: what they cover costs its share, and so does what stays unused; there are no purchases.
 */
export function datasetOf(
  dataset: AzureDataset,
  charges: readonly AzureCharge[],
  month: Month,
  ids: AzureIdentifiers,
): WrittenDataset {
  const actual = dataset === 'ActualCost';
  const left = charges.filter(({ kind }) => (actual ? kind !== 'unused' : !kind.endsWith('-purchase')));
  const costOf = ({ kind, cost }: AzureCharge) => (actual && kind === 'covered' ? 0n : cost);
  const lines = left.map((charge) => azureLine(cellsOf(charge, costOf(charge), month, ids)));
  return {
    csv: azureHeaderLine + lines.join(''),
    rows: left.length,
    total: left.reduce((sum, charge) => sum + costOf(charge), 0n),
  };
}

function cellsOf(charge: AzureCharge, cost: Fixed, month: Month, ids: AzureIdentifiers): AzureCells {
  const price = charge.kind === 'covered' && cost === 0n ? 0n : charge.price;
  return {
    ...agreement(month, ids),
    Date: slashDay(charge.day),
    Quantity: short(charge.quantity),
    EffectivePrice: short(price),
    CostInBillingCurrency: short(cost),
    UnitPrice: short(charge.contracted),
    PublisherType: 'Azure',
    ...(charge.usage ? usageCells(charge, ids) : purchaseCells(charge, ids)),
    ...commitmentCells(charge),
  };
}

function agreement(month: Month, ids: AzureIdentifiers): AzureCells {
  return {
    InvoiceSectionName: 'Europe',
    InvoiceSectionId: '31',
    AccountName: 'Larkmoor Europe IT',
    AccountOwnerId: 'cloud@europe.larkmoor.example',
    AccountId: ids.account,
    OfferId: 'MS-AZR-0017P',
    BillingAccountId: ids.enrollment,
    BillingAccountName: 'Larkmoor Robotics Europe B.V.',
    BillingProfileId: ids.enrollment,
    BillingProfileName: 'Larkmoor Robotics Europe B.V.',
    BillingCurrencyCode: 'USD',
    BillingPeriodStartDate: slashDay(month.first),
    BillingPeriodEndDate: slashDay(month.end - 1),
  };
}

function usageCells({ kind, usage, offer }: AzureCharge, ids: AzureIdentifiers): AzureCells {
  const { resource, meter } = usage!;
  const { category, subCategory, meterName, unit, price, type, family, size, cores } = offer!;
  const region = regions[resource.region];
  const resourceId = ids.resourceId(resource, offer!);
  const spot = meter === 'machine-spot-8x16';
  const market = kind === 'marketplace';
  return {
    SubscriptionId: ids.subscription(resource.account),
    SubscriptionName: ids.subscriptionName(resource.account),
    ResourceGroup: ids.group(resource),
    ResourceLocation: region.location,
    ResourceLocationNormalized: region.name,
    ProductName: [subCategory || category, meterName, region.meterRegion].join(' - '),
    MeterCategory: category,
    MeterSubCategory: subCategory,
    MeterId: ids.guid(`meter|${meterName}|${region.name}`),
    MeterName: meterName,
    MeterRegion: region.meterRegion,
    UnitOfMeasure: unit,
    ConsumedService: type.slice(0, type.indexOf('/')),
    ResourceId: resourceId,
    ResourceName: resource.name,
    PartNumber: ids.partNumber(meterName),
    PayGPrice: price,
    ServiceFamily: family,
    ChargeType: 'Usage',
    Frequency: 'UsageBased',
    PricingModel: spot ? 'Spot' : 'OnDemand',
    IsAzureCreditEligible: market ? 'False' : 'True',
    ...(market && {
      PublisherType: 'Marketplace',
      PublisherName: PARTNER,
      PlanName: 'usage',
      OfferId: 'MS-AZR-0017P-MKT',
    }),
    ...(size && {
      AdditionalInfo: JSON.stringify({
        UsageType: 'ComputeHR',
        ImageType: 'Canonical',
        ServiceType: size,
        VMName: resource.name,
        VCPUs: cores,
      }),
    }),
    ...(resource.owner && {
      CostCenter: teams[resource.owner.team].costCenter,
      // Exports write tags without the braces of an object.
      Tags: JSON.stringify({
        team: resource.owner.team,
        product: resource.owner.product,
        env: resource.owner.environment,
      }).slice(1, -1),
    }),
  };
}

const PARTNER = 'Northlight Systems GmbH';

/** What is bought, given back or left unused, and is no use of a resource. */
function purchaseCells({ kind, commitment }: AzureCharge, ids: AzureIdentifiers): AzureCells {
  if (kind === 'marketplace-fee' || kind === 'refund') {
    return {
      SubscriptionId: ids.subscription('network'),
      SubscriptionName: ids.subscriptionName('network'),
      ProductName: 'Northlight Observability - Enterprise plan',
      MeterCategory: 'SaaS',
      MeterSubCategory: 'Northlight Observability',
      MeterId: ids.guid('meter|northlight-plan'),
      MeterName: 'Enterprise plan',
      UnitOfMeasure: '1/Month',
      ConsumedService: 'Microsoft.SaaS',
      ProductOrderId: ids.guid('northlight-order'),
      ProductOrderName: 'Northlight Observability',
      PublisherType: 'Marketplace',
      PublisherName: PARTNER,
      PlanName: 'enterprise',
      ServiceFamily: 'Azure Marketplace Services',
      ChargeType: kind === 'refund' ? 'Refund' : 'Purchase',
      Frequency: kind === 'refund' ? 'OneTime' : 'Recurring',
      PricingModel: 'OnDemand',
      PartNumber: ids.partNumber('northlight-plan'),
      IsAzureCreditEligible: 'False',
    };
  }
  const plan = commitment!.id.includes('savingsPlans');
  const what = plan ? 'Compute Savings Plan, 1 year' : 'Reserved VM Instance, Standard_D4s_v5, EU West, 1 year';
  return {
    ProductName: what,
    MeterCategory: plan ? 'Savings Plan' : 'Virtual Machines',
    MeterSubCategory: plan ? 'Compute' : 'Dsv5 Series',
    MeterId: ids.guid(`meter|${commitment!.name}`),
    MeterName: plan ? 'Compute Savings Plan' : 'D4s v5',
    UnitOfMeasure: kind === 'unused' && !plan ? '1 Hour' : '1',
    ConsumedService: plan ? 'Microsoft.BillingBenefits' : 'Microsoft.Capacity',
    ServiceFamily: 'Compute',
    PartNumber: ids.partNumber(commitment!.name),
    ChargeType: kind === 'unused' ? (plan ? 'UnusedSavingsPlan' : 'UnusedReservation') : 'Purchase',
    Frequency: kind === 'unused' ? 'UsageBased' : plan ? 'Recurring' : 'OneTime',
    IsAzureCreditEligible: 'True',
    ...(!plan && { ResourceLocation: 'WestEurope', ResourceLocationNormalized: 'westeurope' }),
  };
}

function commitmentCells({ commitment }: AzureCharge): AzureCells {
  if (!commitment) return {};
  const plan = commitment.id.includes('savingsPlans');
  return {
    PricingModel: plan ? 'SavingsPlan' : 'Reservation',
    ProductOrderId: commitment.orderId,
    ProductOrderName: commitment.name,
    Term: commitment.term,
    benefitId: commitment.id,
    benefitName: commitment.name,
    ...(!plan && { ReservationId: commitment.itemId, ReservationName: commitment.name }),
  };
}

function slashDay(day: number): string {
  const [year, month, date] = dayText(day).split('-');
  return `${month}/${date}/${year}`;
}

/** Azure writes whole numbers without a point. */
function short(value: Fixed): string {
  return fixedText(value).replace(/\.0$/, '');
}
