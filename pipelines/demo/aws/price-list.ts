import type { Region } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, roundTo, times } from '../fixed-point.ts';
import type { Meter } from '../meters.ts';
import type { CurCells } from './columns.ts';
import { offers } from './offers/index.ts';
import type { Offer } from './offers/offer.ts';
import { ON_DEMAND_TERM, rateCells, stockKeepingUnit, UNIT_RATE } from './price-codes.ts';

/** What one unit of one product costs in one region, and how the report spells it. */
export interface Price {
  readonly offer: Offer;
  readonly productCode: string;
  /** With the region's prefix, for example `EU-BoxUsage:m6i.xlarge`. */
  readonly usageType: string;
  readonly sku: string;
  /** US dollars per `offer.unit`, as charged. */
  readonly rate: Fixed;
  /** The same on the public list; it differs from `rate` for free use and for spare capacity. */
  readonly publicRate: Fixed;
  /** US dollars per unit under the Compute Savings Plan; undefined where the plan does not apply. */
  readonly savingsPlanRate: Fixed | undefined;
  /** Cells that are the same on every line with this price. */
  readonly cells: CurCells;
}

export const regions = {
  'us-east': {
    code: 'us-east-1',
    location: 'US East (N. Virginia)',
    prefix: '',
    longPrefix: 'USE1-',
    cdnPrefix: 'US-',
  },
  'eu-west': { code: 'eu-west-1', location: 'EU (Ireland)', prefix: 'EU-', longPrefix: 'EUW1-', cdnPrefix: 'EU-' },
  'us-west': {
    code: 'us-west-2',
    location: 'US West (Oregon)',
    prefix: 'USW2-',
    longPrefix: 'USW2-',
    cdnPrefix: 'US-',
  },
} as const satisfies Record<Region, Record<string, string>>;

/** The prices of the demo. They lie near public list prices of 2025; stock keeping units and codes are made up. */
export function priceList(): (meter: Meter, region: Region) => Price {
  const known = new Map<string, Price>();
  return (meter, region) => {
    const key = `${meter}|${region}`;
    const price = known.get(key) ?? priceOf(offers[meter]!, region);
    known.set(key, price);
    return price;
  };
}

function priceOf(offer: Offer, region: Region): Price {
  const place = regions[region];
  const prefix =
    offer.prefix === 'none' ? '' : { short: place.prefix, long: place.longPrefix, cdn: place.cdnPrefix }[offer.prefix];
  const usageType = `${prefix}${offer.usageType}`;
  const publicRate = regionalRate(fixed(offer.rate), offer, region);
  const rate = offer.free ? 0n : publicRate;
  const sku = stockKeepingUnit(offer.servicecode, usageType, offer.operation);
  return {
    offer,
    productCode: offer.productCode ?? offer.servicecode,
    usageType,
    sku,
    rate,
    publicRate,
    savingsPlanRate:
      offer.savingsPlan && roundTo(times(rate, fixed(offer.savingsPlan.share)), offer.savingsPlan.places),
    cells: {
      'lineItem/ProductCode': offer.productCode ?? offer.servicecode,
      'lineItem/UsageType': usageType,
      'lineItem/Operation': offer.operation,
      'lineItem/LegalEntity': offer.marketplaceSeller ?? 'Amazon Web Services, Inc.',
      'bill/BillingEntity': offer.marketplaceSeller ? 'AWS Marketplace' : 'AWS',
      'product/ProductName': offer.productName,
      'product/productFamily': offer.family,
      'product/servicecode': offer.servicecode,
      'product/servicename': offer.productName,
      'product/sku': sku,
      'product/usagetype': usageType,
      'product/operation': offer.operation,
      ...(offer.marketplaceSeller === undefined && {
        'product/region': place.code,
        'product/regionCode': place.code,
        'product/location': place.location,
        'product/locationType': 'AWS Region',
      }),
      ...offer.attributes,
      ...rateCells(sku, ON_DEMAND_TERM, UNIT_RATE),
      'pricing/currency': 'USD',
      'pricing/term': offer.spot ? 'Spot' : 'OnDemand',
      'pricing/unit': offer.unit,
    },
  };
}

/** Europe costs about a tenth more, rounded to the places that the price has; the American regions cost the same. */
function regionalRate(rate: Fixed, offer: Offer, region: Region): Fixed {
  if (region !== 'eu-west' || offer.prefix === 'none') return rate;
  const places = offer.rate.split('.')[1]?.length ?? 0;
  return roundTo(times(rate, fixed('1.11')), Math.max(places, 3));
}
