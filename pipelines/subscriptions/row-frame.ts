import { type Day, dayText, monthStart } from './calendar.ts';
import type { InvoiceLine } from './lines.ts';
import { minorUnitPlaces } from './minor-units.ts';
import type { Subscription } from './plan.ts';
import { rowKeys, type SubscriptionRow } from './rows.ts';

/** What all rows of one subscription have in common. */
export interface RowFrame {
  readonly id: string;
  readonly product: string;
  readonly contractId: string;
  /** Decimal places of the currency's minor unit. */
  readonly places: number;
  readonly row: Partial<SubscriptionRow>;
  sku(line: InvoiceLine): Pick<SubscriptionRow, 'sku_id' | 'sku_meter' | 'sku_price_id'>;
}

/** Values of a row beside its month. */
export type RowValues = Omit<Partial<SubscriptionRow>, 'month'>;

export function rowFrame(subscription: Subscription): RowFrame {
  const { id, vendor, product, owner, department, tags } = subscription;
  const all = { ...(owner !== undefined && { owner }), ...(department !== undefined && { department }), ...tags };
  return {
    id,
    product,
    contractId: subscription.contract_id ?? id,
    places: minorUnitPlaces(subscription.currency),
    row: {
      subscription_id: id,
      vendor,
      product,
      service_category: subscription.service_category,
      service_subcategory: subscription.service_subcategory,
      billing_account: subscription.billing_account ?? id,
      billing_account_assumed: String(subscription.billing_account === undefined),
      invoice_issuer: subscription.invoice_issuer ?? vendor,
      currency: subscription.currency,
      tags: Object.keys(all).length > 0 ? JSON.stringify(all) : null,
    },
    sku({ version, price }) {
      const sku = [vendor, product, ...(version.name ? [version.name] : [])].join('/');
      return { sku_id: sku, sku_meter: price, sku_price_id: `${sku}/${id}/${version.effective_from}/${price}` };
    },
  };
}

/** A record with every key of the file, in its order. `month` is any day of the billing period. */
export function rowOf(
  { row }: RowFrame,
  kind: SubscriptionRow['cloudact_subscription_row'],
  values: RowValues & { month: Day },
): SubscriptionRow {
  const all = { ...row, ...values, cloudact_subscription_row: kind, month: dayText(monthStart(values.month)) };
  return Object.fromEntries(
    rowKeys.map((key) => [key, (all as Partial<SubscriptionRow>)[key] ?? null]),
  ) as unknown as SubscriptionRow;
}

/** The first moment of a day. */
export function time(day: Day): string {
  return `${dayText(day)}T00:00:00Z`;
}
