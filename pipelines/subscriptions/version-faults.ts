import { unitsOf } from './exact.ts';
import { isFiner, minorUnitPlaces } from './minor-units.ts';
import { cadenceMonths, type PlanVersion, type Subscription } from './plan.ts';

/** Notes what is wrong at a JSON path. */
export type Note = (path: string, reason: string, value?: string) => void;

/** What is wrong in one version of a plan: parts that are missing for its model, or have no place in it. */
export function versionFaults(version: PlanVersion, { currency }: Subscription, path: string, note: Note): void {
  const { model, tiers, unit_price: price, price_source: source } = version;
  const missing = (key: string) => note(`${path}/${key}`, `is missing: the model ${model} needs it`);
  const needless = (key: keyof PlanVersion) => {
    if (version[key] !== undefined) note(`${path}/${key}`, `has no place in the model ${model}; remove it`);
  };
  if (model === 'tiered') {
    if (!tiers) missing('tiers');
    if (!version.tier_mode) missing('tier_mode');
    for (const key of ['unit_price', 'list_unit_price', 'included_quantity'] as const) needless(key);
  } else {
    if (price === undefined) missing('unit_price');
    for (const key of ['tiers', 'tier_mode'] as const) needless(key);
  }
  if (model === 'flat')
    for (const key of ['base_price', 'included_quantity', 'minimum_quantity'] as const) needless(key);
  if (model === 'usage_with_minimum') {
    if (version.billing !== 'arrears')
      note(`${path}/billing`, 'must be arrears: use is billed when it is known', version.billing);
    needless('minimum_quantity');
  } else needless('minimum_charge');
  if (version.billing === 'arrears') needless('seat_credit');
  if (version.on_change === 'credit_invoiced' && version.billing === 'arrears') {
    note(`${path}/on_change`, 'has no place with billing in arrears: nothing is paid yet', version.on_change);
  }
  if (version.cadence === 'custom' && version.cadence_months === undefined) {
    note(`${path}/cadence_months`, 'is missing: the cadence custom needs it');
  }
  if (version.cadence !== 'custom' && version.cadence_months !== undefined) {
    note(`${path}/cadence_months`, 'has a place beside the cadence custom only; remove it');
  }
  if (version.term_months !== undefined && version.term_months % cadenceMonths(version) !== 0) {
    note(`${path}/term_months`, 'must be a whole number of billing periods', String(version.term_months));
  }
  if (source && !source.confirmed) {
    note(
      `${path}/price_source/confirmed`,
      `is false: the price comes from the template ${JSON.stringify(source.template)} as of ${source.as_of}. Compare it with the contract or the invoice, correct it, and set confirmed to true`,
    );
  }
  tierFaults(version, path, note);
  discountFaults(version, minorUnitPlaces(currency), path, note);
}

function tierFaults({ tiers = [] }: PlanVersion, path: string, note: Note): void {
  let before = 0n;
  for (const [index, { up_to: upTo }] of tiers.entries()) {
    const at = `${path}/tiers/${index}/up_to`;
    if (upTo === undefined) {
      if (index < tiers.length - 1) note(at, 'is missing: only the last tier has no end');
      continue;
    }
    if (index === tiers.length - 1) note(at, 'has no place in the last tier: it holds for all further units', upTo);
    const end = unitsOf(upTo, 6);
    if (end <= before) note(at, 'must be above the tier before it', upTo);
    before = end;
  }
}

function discountFaults({ discounts = [] }: PlanVersion, places: number, path: string, note: Note): void {
  const values = { percent: 'percent', amount: 'amount', free_months: 'months' } as const;
  for (const [index, discount] of discounts.entries()) {
    const at = `${path}/discounts/${index}`;
    for (const [type, key] of Object.entries(values)) {
      const isThere = discount[key] !== undefined;
      if (type === discount.type && !isThere) note(`${at}/${key}`, `is missing: the discount ${type} needs it`);
      if (type !== discount.type && isThere)
        note(`${at}/${key}`, `has no place in the discount ${discount.type}; remove it`);
    }
    if (discount.treatment !== undefined && discount.type !== 'free_months') {
      note(`${at}/treatment`, `has no place in the discount ${discount.type}; remove it`);
    }
    if (discount.to !== undefined && discount.type === 'free_months')
      note(`${at}/to`, 'follows from months; remove it');
    if (discount.from !== undefined && discount.to !== undefined && discount.to <= discount.from) {
      note(`${at}/to`, 'must be after from', discount.to);
    }
    if (discount.amount !== undefined && isFiner(discount.amount, places)) {
      note(`${at}/amount`, `has more decimals than the currency has (${places})`, discount.amount);
    }
  }
}
