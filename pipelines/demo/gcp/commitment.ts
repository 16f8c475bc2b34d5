import type { Fixed } from '../fixed-point.ts';
import { affordable, fixed, fixedText, roundTo, share, times } from '../fixed-point.ts';
import type { Story } from '../story.ts';
import type { Line } from './export-row.ts';
import { amountCells, commonCells, line, skuCells } from './export-row.ts';
import type { Sku } from './sku.ts';
import { costOf, DEFAULT_MODEL, type LineContext, type Metered, usageLine } from './usage-line.ts';

/** US dollars that the company commits to spend on compute each day, and what a dollar of list price costs under it. */
const A_DAY = fixed('30');
const RATE = fixed('0.72');
const FEE: Sku = {
  service: 'Compute Engine',
  serviceId: '6F81-5844-456A',
  name: 'Commitment - dollar based v1: Compute Flexible for 1 year',
  perMeterUnit: 1,
  price: '1',
  pricingUnit: 'count',
  unit: 'count',
  unitsEach: 1,
};
const MODEL = { consumption_model: { id: 'COMPUTE-FLEX-1Y', description: 'Compute Flexible CUDs 1 Year' } };

/**
 * A day's use that the spend-based commitment can cover, and its fee. Until the story's second commitment begins, in
 * Google's old data model: use at the price on demand with a credit, and a fee for each SKU that used it. From then on
 * in the new one: covered use in lines of its own, at the commitment's price, and a fee that is offset by it.
 */
export function commitmentDay(metered: readonly Metered[], context: LineContext & { story: Story }): Line[] {
  const { story, day } = context;
  if (day < story.reservationStart) return metered.map((entry) => usageLine(entry, entry.amount, context, []));
  return day < story.savingsPlanStart ? oldModel(metered, context) : newModel(metered, context);
}

function oldModel(metered: readonly Metered[], context: LineContext): Line[] {
  const fees = new Fees();
  const lines = metered.map((entry) => {
    const cost = costOf(entry.price, entry.amount);
    const full = roundTo(times(cost, RATE), 6);
    const isWhole = full <= fees.left;
    const paid = isWhole ? full : fees.left;
    fees.add(entry, context, paid);
    const amount = isWhole ? -cost : -roundTo(share(paid, 10_000_000_000n, RATE), 6);
    const credit = {
      type: 'COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE',
      id: context.identifiers.subscription,
      name: 'Compute Flexible CUD',
      amount,
    };
    return usageLine(entry, entry.amount, context, amount === 0n ? [] : [credit], { cells: {} });
  });
  return [...lines, ...fees.lines(context, 'old')];
}

function newModel(metered: readonly Metered[], context: LineContext): Line[] {
  const fees = new Fees();
  const subscription = { subscription: { instance_id: context.identifiers.subscription } };
  const lines = metered.flatMap((entry) => {
    const price = times(entry.price, RATE);
    const covered = costOf(price, entry.amount) <= fees.left ? entry.amount : affordable(fees.left, price, 6);
    fees.add(entry, context, costOf(price, covered));
    return [
      ...(covered > 0n
        ? [usageLine(entry, covered, context, [], { price, cells: { ...MODEL, ...subscription } })]
        : []),
      ...(covered < entry.amount ? [usageLine(entry, entry.amount - covered, context, [])] : []),
    ];
  });
  return [...lines, ...fees.lines(context, 'new')];
}

/** What the day's commitment has been used for, by SKU; the rest of it is paid all the same. */
class Fees {
  left = A_DAY;
  #bySku = new Map<string, Fixed>();

  add({ sku, usage }: Metered, { identifiers }: LineContext, paid: Fixed): void {
    if (paid === 0n) return;
    this.left -= paid;
    const { id } = skuCells(identifiers, sku, usage.resource.region).sku as { id: string };
    this.#bySku.set(id, (this.#bySku.get(id) ?? 0n) + paid);
  }

  lines(context: LineContext, model: 'old' | 'new'): Line[] {
    const fees: [string | undefined, Fixed][] = [...this.#bySku];
    if (this.left > 0n) fees.push([undefined, this.left]);
    return fees.map(([sku, cost]) => feeLine(sku, cost, context, model));
  }
}

/** In the old model a unit of the fee is a committed dollar of list price. */
function feeLine(
  sku: string | undefined,
  cost: Fixed,
  { identifiers, month, day }: LineContext,
  model: 'old' | 'new',
): Line {
  const price = model === 'new' ? fixed('1') : RATE;
  const amount = model === 'new' ? cost : roundTo(share(cost, 10_000_000_000n, RATE), 6);
  const cells = {
    ...commonCells(identifiers, month, day, day + 1, 'data'),
    ...skuCells(identifiers, FEE),
    ...amountCells(FEE, amount, price, cost, cost, price),
    location: { location: 'global' },
    subscription: { instance_id: identifiers.subscription },
    ...(model === 'new' && DEFAULT_MODEL),
    labels: sku === undefined ? [] : [{ key: 'goog-originating-sku-id', value: sku }],
  };
  const offset = {
    type: 'FEE_UTILIZATION_OFFSET',
    id: identifiers.subscription,
    name: `Offset of ${fixedText(cost)}`,
    amount: -cost,
  };
  return line(cells, cost, day, 'data', model === 'new' && sku !== undefined ? [offset] : []);
}
