import type { Day } from '../calendar.ts';
import type { Fixed } from '../fixed-point.ts';
import { affordable, fixed, fixedText, times } from '../fixed-point.ts';
import type { Charge } from './charge.ts';
import { costCells, timestamp } from './charge.ts';
import type { CurCells } from './columns.ts';
import { priceCode, rateCells, stockKeepingUnit } from './price-codes.ts';
import type { Price } from './price-list.ts';
import { withAmount } from './usage-charge.ts';

/** US dollars an hour that the company has promised to spend on compute for a year. */
const HOURLY_COMMITMENT = fixed('10.5');
const HOURS_A_DAY = fixed('24');
const TERM_DAYS = 365;
const SERVICE_CODE = 'ComputeSavingsPlans';
const USAGE_TYPE = 'ComputeSP:1yrNoUpfront';
const SKU = stockKeepingUnit(SERVICE_CODE, USAGE_TYPE, '');

export interface SavingsPlan {
  readonly arn: string;
  readonly start: Day;
}

/**
 * One day under a one-year no-upfront Compute Savings Plan. Use with the largest discount is covered first, until the
 * day's commitment is spent; the line on which it runs out is split. What is covered stays on the bill at its
 * on-demand cost and is taken off again by a negation line per account and price; the commitment is billed as a
 * recurring fee, used or not: fee = Σ effective cost of covered lines + unused part.
 */
export function applySavingsPlan(charges: readonly Charge[], day: Day, plan: SavingsPlan): Charge[] {
  if (day < plan.start || day >= plan.start + TERM_DAYS) return [...charges];
  const commitment = times(HOURLY_COMMITMENT, HOURS_A_DAY);
  let left = commitment;
  const replaced = new Map<Charge, Charge[]>();
  for (const charge of charges.filter(isEligible).sort(byDiscount)) {
    const { price, amount } = charge.metered!;
    const planRate = price.savingsPlanRate!;
    const budget = affordable(left, planRate, price.offer.places);
    const covered = least(budget, amount);
    if (covered === 0n) continue;
    const effective = times(planRate, covered);
    left -= effective;
    const parts = [coveredCharge(withAmount(charge, covered, price.rate), planRate, effective, plan)];
    if (covered < amount) parts.push(withAmount(charge, amount - covered, price.rate));
    replaced.set(charge, parts);
  }
  const lines = charges.flatMap((charge) => replaced.get(charge) ?? [charge]);
  const covered = lines.filter((charge) => charge.type === 'SavingsPlanCoveredUsage');
  return [...lines, ...negations(covered, plan), recurringFee(day, plan, commitment, commitment - left)];
}

function isEligible(charge: Charge): boolean {
  return charge.type === 'Usage' && charge.metered?.price.savingsPlanRate !== undefined;
}

function byDiscount(left: Charge, right: Charge): number {
  const paid = (charge: Charge): string => charge.metered!.price.offer.savingsPlan!.share;
  return (
    Number(paid(left)) - Number(paid(right)) ||
    compareText(left.metered!.resourceName, right.metered!.resourceName) ||
    compareText(left.metered!.price.usageType, right.metered!.price.usageType)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function least(left: Fixed, right: Fixed): Fixed {
  return left < right ? left : right;
}

function planCells(plan: SavingsPlan): CurCells {
  return {
    'savingsPlan/SavingsPlanARN': plan.arn,
    'savingsPlan/OfferingType': SERVICE_CODE,
    'savingsPlan/PaymentOption': 'No Upfront',
    'savingsPlan/PurchaseTerm': '1yr',
    'savingsPlan/Region': 'Any',
    'savingsPlan/StartTime': timestamp(plan.start),
    'savingsPlan/EndTime': timestamp(plan.start + TERM_DAYS),
  };
}

function coveredCharge(charge: Charge, rate: Fixed, effective: Fixed, plan: SavingsPlan): Charge {
  return {
    ...charge,
    type: 'SavingsPlanCoveredUsage',
    cells: {
      ...charge.cells,
      ...planCells(plan),
      'savingsPlan/SavingsPlanRate': fixedText(rate),
      'savingsPlan/SavingsPlanEffectiveCost': fixedText(effective),
    },
  };
}

function negations(covered: readonly Charge[], plan: SavingsPlan): Charge[] {
  const groups = Map.groupBy(covered, (charge) => `${charge.account}|${charge.metered!.price.sku}`);
  return [...groups.values()].map((group) => {
    const first = group[0]!;
    const { price } = first.metered!;
    const cost = -group.reduce((sum, charge) => sum + charge.cost, 0n);
    const amount = group.reduce((sum, charge) => sum + charge.metered!.amount, 0n);
    return {
      type: 'SavingsPlanNegation',
      account: first.account,
      productCode: first.productCode,
      start: first.start,
      end: first.end,
      cost,
      cells: {
        ...negationCells(price),
        ...planCells(plan),
        ...costCells(amount, price.rate, cost),
        'lineItem/LineItemDescription': `SavingsPlanNegation used by AccountId : {account} and UsageSku : ${price.sku}`,
      },
    } satisfies Charge;
  });
}

/** A negation line names the product but not its price: there is nothing to buy on it. */
function negationCells({ cells }: Price): CurCells {
  return Object.fromEntries(Object.entries(cells).filter(([column]) => !column.startsWith('pricing/'))) as CurCells;
}

/** A line bills one day, and its commitments are the day's: what a month's lines commit to is their sum. */
function recurringFee(day: Day, plan: SavingsPlan, commitment: Fixed, used: Fixed): Charge {
  return {
    type: 'SavingsPlanRecurringFee',
    account: 'management',
    productCode: SERVICE_CODE,
    start: day,
    end: day + 1,
    cost: commitment,
    cells: {
      ...planCells(plan),
      ...costCells(HOURS_A_DAY, HOURLY_COMMITMENT, commitment),
      'bill/BillingEntity': 'AWS',
      'lineItem/LegalEntity': 'Amazon Web Services, Inc.',
      'lineItem/ProductCode': SERVICE_CODE,
      'lineItem/UsageType': USAGE_TYPE,
      'lineItem/LineItemDescription': '1 year No Upfront Compute Savings Plan',
      'lineItem/ResourceId': plan.arn,
      'product/ProductName': 'Savings Plans for AWS Compute usage',
      'product/productFamily': SERVICE_CODE,
      'product/servicecode': SERVICE_CODE,
      'product/sku': SKU,
      'product/usagetype': USAGE_TYPE,
      ...rateCells(SKU, priceCode(`rate|${USAGE_TYPE}`, 16)),
      'pricing/LeaseContractLength': '1yr',
      'pricing/PurchaseOption': 'No Upfront',
      'pricing/currency': 'USD',
      'pricing/unit': 'Hrs',
      'savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod': '0.0',
      'savingsPlan/RecurringCommitmentForBillingPeriod': fixedText(commitment),
      'savingsPlan/TotalCommitmentToDate': fixedText(commitment),
      'savingsPlan/UsedCommitment': fixedText(used),
    },
  };
}
