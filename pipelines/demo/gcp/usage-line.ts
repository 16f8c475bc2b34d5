import type { Day, Month } from '../calendar.ts';
import type { Fixed } from '../fixed-point.ts';
import { roundTo, times } from '../fixed-point.ts';
import type { Usage } from '../usage.ts';
import type { Credit, GcpIdentifiers, Line } from './export-row.ts';
import { amountCells, commonCells, line, resourceCells, skuCells } from './export-row.ts';
import type { Sku } from './sku.ts';

/** Use of one SKU on one day, before commitments. */
export interface Metered {
  readonly usage: Usage;
  readonly sku: Sku;
  readonly amount: Fixed;
  readonly price: Fixed;
}

export interface LineContext {
  readonly identifiers: GcpIdentifiers;
  readonly month: Month;
  readonly day: Day;
}

/** Google rounds costs to a millionth. */
export function costOf(price: Fixed, amount: Fixed): Fixed {
  return roundTo(times(price, amount), 6);
}

/** A line at the price of `price`, by default the one on demand. */
export function usageLine(
  { usage, sku, price: listPrice }: Metered,
  amount: Fixed,
  { identifiers, month, day }: LineContext,
  credits: readonly Credit[],
  { price = listPrice, cells = DEFAULT_MODEL }: { price?: Fixed; cells?: Readonly<Record<string, unknown>> } = {},
): Line {
  const { resource } = usage;
  const cost = costOf(price, amount);
  const row = {
    ...commonCells(identifiers, month, day, day + 1, resource.account),
    ...skuCells(identifiers, sku, resource.region),
    ...resourceCells(identifiers, resource),
    ...amountCells(sku, amount, price, cost, costOf(listPrice, amount), listPrice),
    ...(sku.seller && {
      transaction_type: 'THIRD_PARTY_RESELLER',
      seller_name: sku.seller,
      invoice: { month: month.text.replace('-', ''), publisher_type: 'PARTNER' },
    }),
    ...cells,
  };
  return line(row, cost, day, resource.account, credits);
}

export const DEFAULT_MODEL = { consumption_model: { id: 'Default', description: 'Default' } };
