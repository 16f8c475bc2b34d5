import type { Day } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import type { AccountKey } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixedText } from '../fixed-point.ts';
import type { CurCells } from './columns.ts';
import type { Price } from './price-list.ts';

export type LineItemType =
  | 'Usage'
  | 'DiscountedUsage'
  | 'SavingsPlanCoveredUsage'
  | 'SavingsPlanNegation'
  | 'SavingsPlanRecurringFee'
  | 'RIFee'
  | 'Fee'
  | 'Tax'
  | 'Credit'
  | 'Refund';

/** One line of the bill, before the file gives it an id and says whose bill it is on. */
export interface Charge {
  readonly type: LineItemType;
  readonly account: AccountKey;
  readonly productCode: string;
  /** First day, and the day after the last one. */
  readonly start: Day;
  readonly end: Day;
  /** US dollars, unblended: what this line adds to the invoice. */
  readonly cost: Fixed;
  readonly cells: CurCells;
  /** Of use that was metered: what it is and how much of it. */
  readonly metered?: { readonly price: Price; readonly resourceName: string; readonly amount: Fixed };
}

/** `2025-11-05T00:00:00.000Z`. */
export function timestamp(day: Day): string {
  return `${dayText(day)}T00:00:00.000Z`;
}

/** Cells of an amount, a rate and a cost; nothing in this bill is averaged, so blended is unblended. */
export function costCells(amount: Fixed, rate: Fixed | undefined, cost: Fixed): CurCells {
  const costText = fixedText(cost);
  return {
    'lineItem/UsageAmount': fixedText(amount),
    'lineItem/UnblendedCost': costText,
    'lineItem/BlendedCost': costText,
    ...(rate !== undefined && {
      'lineItem/UnblendedRate': fixedText(rate),
      'lineItem/BlendedRate': fixedText(rate),
    }),
  };
}
