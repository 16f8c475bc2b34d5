import type { Month } from '../calendar.ts';
import type { AccountKey } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, fixedText, roundTo, times } from '../fixed-point.ts';
import type { Story } from '../story.ts';
import { RUNAWAY_HOURS } from '../usage.ts';
import type { Charge } from './charge.ts';
import { costCells } from './charge.ts';
import type { CurCells } from './columns.ts';
import { ON_DEMAND_TERM, priceCode, rateCells, stockKeepingUnit } from './price-codes.ts';
import type { Price } from './price-list.ts';

const PROVIDER: CurCells = { 'bill/BillingEntity': 'AWS', 'lineItem/LegalEntity': 'Amazon Web Services, Inc.' };
const SALES_TAX = fixed('0.0825');
const SUPPORT = 'AWSSupportBusiness';
const SUPPORT_SKU = stockKeepingUnit(SUPPORT, 'Dollar', '');
/** Business support: a falling share of the month's charges, and at least the minimum. */
const SUPPORT_TIERS = [
  { upTo: fixed('10000'), share: fixed('0.10') },
  { upTo: fixed('80000'), share: fixed('0.07') },
  { upTo: fixed('250000'), share: fixed('0.05') },
  { upTo: undefined, share: fixed('0.03') },
];
/** US dollars of promotional credit, spread over the credit months and over what it may be spent on. */
const CREDIT_BY_MONTH = ['1500', '1500', '1250', '750'].map(fixed);
const CREDIT_BY_PRODUCT = { AmazonEC2: fixed('0.6'), AmazonRDS: fixed('0.25'), AWSLambda: fixed('0.15') };
const REFUNDED_SHARE = fixed('0.4');

/** Lines that come with the month's invoice: support, promotional credits, a refund, and tax on all of it. */
export function monthEndCharges(
  charges: readonly Charge[],
  month: Month,
  story: Story,
  trainingPrice: Price,
): Charge[] {
  const support = supportFees(charges, month);
  const credits = promotionalCredits(charges, month, story);
  const taxes = salesTaxes([...charges, ...support, ...credits], month);
  return [...support, ...credits, ...refunds(month, story, trainingPrice), ...taxes];
}

function supportFees(charges: readonly Charge[], month: Month): Charge[] {
  const supported = charges.filter((charge) => charge.cells['bill/BillingEntity'] !== 'AWS Marketplace');
  const base = supported.reduce((sum, charge) => sum + charge.cost, 0n);
  const fees: Charge[] = [];
  let from = 0n;
  for (const tier of SUPPORT_TIERS) {
    const end = tier.upTo === undefined || tier.upTo > base ? base : tier.upTo;
    if (end <= from) break;
    const amount = end - from;
    const cost = times(tier.share, amount);
    const limit = tier.upTo === undefined ? 'above' : `up to $${wholeDollars(tier.upTo)}`;
    fees.push({
      ...monthly('Fee', 'management', SUPPORT, month, cost),
      cells: {
        ...PROVIDER,
        ...costCells(amount, tier.share, cost),
        'lineItem/ProductCode': SUPPORT,
        'lineItem/UsageType': 'Dollar',
        'lineItem/LineItemDescription': `${Number(tier.share / 10n ** 8n)}% of monthly AWS charges, ${limit} - AWS Support (Business)`,
        'product/ProductName': 'AWS Support (Business)',
        'product/productFamily': 'AWS Support',
        'product/servicecode': SUPPORT,
        'product/sku': SUPPORT_SKU,
        'product/usagetype': 'Dollar',
        // One product, and each tier is a rate of it.
        ...rateCells(SUPPORT_SKU, ON_DEMAND_TERM, priceCode(`rate|${SUPPORT}|${fixedText(tier.share)}`, 10)),
        'pricing/currency': 'USD',
        'pricing/term': 'OnDemand',
        'pricing/unit': 'Dollar',
      },
    });
    from = end;
  }
  return fees;
}

function promotionalCredits(charges: readonly Charge[], month: Month, story: Story): Charge[] {
  const granted = CREDIT_BY_MONTH[story.creditMonths.indexOf(month.text)];
  if (granted === undefined) return [];
  return Object.entries(CREDIT_BY_PRODUCT).flatMap(([productCode, part]) => {
    const spent = charges
      .filter((charge) => charge.account === 'production' && charge.productCode === productCode)
      .reduce((sum, charge) => sum + charge.cost, 0n);
    const offered = times(granted, part);
    const cost = -(offered < spent ? offered : roundTo(spent, 2));
    if (cost >= 0n) return [];
    return [
      {
        ...monthly('Credit', 'production', productCode, month, cost),
        cells: {
          ...PROVIDER,
          ...costCells(0n, undefined, cost),
          'lineItem/ProductCode': productCode,
          'lineItem/LineItemDescription': 'Start-up programme promotional credit',
          'product/ProductName': productNameOf(charges, productCode),
        },
      } satisfies Charge,
    ];
  });
}

/** A part of the runaway training job, given back on a bill of its own in the month after. */
function refunds(month: Month, story: Story, price: Price): Charge[] {
  if (month.text !== story.refundMonth) return [];
  const job = times(price.rate, fixed(String(RUNAWAY_HOURS)));
  const cost = -roundTo(times(job, REFUNDED_SHARE), 2);
  return [
    {
      type: 'Refund',
      account: 'machine-learning',
      productCode: price.productCode,
      start: story.runaway,
      end: story.runaway + 1,
      cost,
      cells: {
        ...PROVIDER,
        ...costCells(0n, undefined, cost),
        'bill/BillType': 'Refund',
        'lineItem/ProductCode': price.productCode,
        'lineItem/UsageType': price.usageType,
        'lineItem/LineItemDescription': 'Goodwill refund for an unintended training job',
        'product/ProductName': price.offer.productName,
      },
    },
  ];
}

/** One line per account and product, in whole cents; what is taxed is what is left after credits. */
function salesTaxes(charges: readonly Charge[], month: Month): Charge[] {
  const bases = new Map<string, { first: Charge; sum: Fixed }>();
  for (const charge of charges) {
    const key = `${charge.account}|${charge.productCode}`;
    const base = bases.get(key);
    if (base) base.sum += charge.cost;
    else bases.set(key, { first: charge, sum: charge.cost });
  }
  return [...bases.values()].map(({ first, sum }) => {
    const cost = sum > 0n ? roundTo(times(sum, SALES_TAX), 2) : 0n;
    return {
      ...monthly('Tax', first.account, first.productCode, month, cost),
      cells: {
        'bill/BillingEntity': first.cells['bill/BillingEntity']!,
        'lineItem/LegalEntity': first.cells['lineItem/LegalEntity']!,
        ...costCells(fixed('1'), undefined, cost),
        'lineItem/ProductCode': first.productCode,
        'lineItem/LineItemDescription': `Tax for product code ${first.productCode}`,
        'lineItem/TaxType': 'USSalesTax',
        'product/ProductName': first.cells['product/ProductName']!,
        'pricing/publicOnDemandCost': '0.0',
      },
    } satisfies Charge;
  });
}

function monthly(type: Charge['type'], account: AccountKey, productCode: string, month: Month, cost: Fixed) {
  return { type, account, productCode, start: month.first, end: month.end, cost };
}

function productNameOf(charges: readonly Charge[], productCode: string): string {
  return charges.find((charge) => charge.productCode === productCode)!.cells['product/ProductName']!;
}

/** `80,000`. */
function wholeDollars(value: Fixed): string {
  return roundTo(value, 0)
    .toString()
    .slice(0, -10)
    .replace(/\B(?=(\d{3})+$)/g, ',');
}
