import type { Day, Month } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import { teams } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, fixedFromNumber, fixedText, roundTo, share, times } from '../fixed-point.ts';
import { randomAt } from '../random.ts';
import type { Usage } from '../usage.ts';
import type { Charge } from './charge.ts';
import { costCells } from './charge.ts';
import type { CurCells } from './columns.ts';
import type { AwsIdentifiers } from './identifiers.ts';
import type { Price } from './price-list.ts';

export interface UsageContext {
  readonly seed: number;
  readonly month: Month;
  readonly identifiers: AwsIdentifiers;
}

/** The on-demand line for one resource's use of one meter on one day: cost = rate × amount, at ten decimals. */
export function usageCharge(usage: Usage, price: Price, day: Day, context: UsageContext): Charge | undefined {
  const { offer } = price;
  const metered = fixedFromNumber(usage.quantity, offer.perMonth ? 4 : offer.places);
  const amount = offer.perMonth ? roundTo(share(metered, 1n, BigInt(context.month.days)), offer.places) : metered;
  if (amount === 0n) return undefined;
  const charge: Charge = {
    type: 'Usage',
    account: usage.resource.account,
    productCode: price.productCode,
    start: day,
    end: day + 1,
    cost: 0n,
    cells: { ...price.cells, ...resourceCells(usage, context.identifiers) },
    metered: { price, resourceName: usage.resource.name, amount },
  };
  return withAmount(charge, amount, offer.spot ? spotRate(price, day, context.seed) : price.rate);
}

/** The same line for another amount, priced again. */
export function withAmount(charge: Charge, amount: Fixed, rate: Fixed): Charge {
  const { price, resourceName } = charge.metered!;
  const cost = times(rate, amount);
  return {
    ...charge,
    cost,
    cells: {
      ...charge.cells,
      ...costCells(amount, rate, cost),
      ...normalisedCells(price, amount),
      'lineItem/LineItemDescription': description(price, rate),
      'pricing/publicOnDemandCost': fixedText(times(price.publicRate, amount)),
      'pricing/publicOnDemandRate': fixedText(price.publicRate),
    },
    metered: { price, resourceName, amount },
  };
}

/** Reserved sizes count in units of the smallest size: a "large" is 4 of them, and each step up doubles it. */
export function normalisationFactor(price: Price): Fixed | undefined {
  if (!/^(?:[A-Z0-9]+-)?(BoxUsage|SpotUsage|InstanceUsage):/.test(price.usageType)) return undefined;
  const size = price.usageType.split('.').at(-1)!;
  return { medium: fixed('2'), large: fixed('4'), xlarge: fixed('8'), '2xlarge': fixed('16') }[size];
}

function normalisedCells(price: Price, amount: Fixed): CurCells {
  const factor = normalisationFactor(price);
  if (factor === undefined) return {};
  return {
    'lineItem/NormalizationFactor': fixedText(factor),
    'lineItem/NormalizedUsageAmount': fixedText(times(factor, amount)),
  };
}

function resourceCells({ resource }: Usage, identifiers: AwsIdentifiers): CurCells {
  const zone = identifiers.availabilityZone(resource);
  const { owner } = resource;
  return {
    'lineItem/ResourceId': identifiers.resourceId(resource),
    ...(zone !== undefined && { 'lineItem/AvailabilityZone': zone }),
    ...(owner && {
      'resourceTags/user:cost-center': teams[owner.team].costCenter,
      'resourceTags/user:env': owner.environment,
      'resourceTags/user:product': owner.product,
      'resourceTags/user:team': owner.team,
      'costCategory/BusinessUnit': teams[owner.team].businessUnit,
    }),
  };
}

function description(price: Price, rate: Fixed): string {
  const { offer, cells } = price;
  const type = cells['product/instanceType'];
  if (offer.spot)
    return `${cells['product/operatingSystem']} ${type} Spot Instance-hour in ${cells['product/location']}`;
  if (price.usageType.includes('BoxUsage')) {
    return `$${fixedText(rate)} per On Demand ${cells['product/operatingSystem']} ${type} Instance Hour`;
  }
  const free = offer.free ? ' under the monthly free tier' : '';
  const place = cells['product/location'] ? ` in ${cells['product/location']}` : '';
  return `$${fixedText(rate)} per ${offer.unit}${free} - ${offer.family}${place}`;
}

/** Spare capacity costs about a third of the list price, and another third tomorrow. */
function spotRate(price: Price, day: Day, seed: number): Fixed {
  const part = 0.3 + randomAt(seed, `spot|${price.usageType}|${dayText(day)}`) * 0.12;
  return roundTo(times(price.publicRate, fixedFromNumber(part, 4)), 4);
}
