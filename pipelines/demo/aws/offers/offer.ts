import type { CurCells } from '../columns.ts';

/** The provider's product that answers to a meter. */
export interface Offer {
  readonly servicecode: string;
  /** Where it differs from the service code. */
  readonly productCode?: string;
  readonly productName: string;
  readonly family: string;
  /** Without the region's prefix. */
  readonly usageType: string;
  readonly prefix: 'short' | 'long' | 'cdn' | 'none';
  readonly operation: string;
  readonly unit: string;
  /** US dollars per `unit` in the home region. */
  readonly rate: string;
  /** Quantities are rounded to these decimals before they are priced. */
  readonly places: number;
  /** How many units one of the meter's unit is: divided by the days of the month where the price is per month. */
  readonly perMonth?: true;
  /** Within the free allowance: charged at 0. */
  readonly free?: true;
  /** Spare capacity, at a price that moves from day to day. */
  readonly spot?: true;
  readonly savingsPlan?: { readonly share: string; readonly places: number };
  /** Sold through the provider's marketplace by somebody else. */
  readonly marketplaceSeller?: string;
  readonly attributes?: CurCells;
}
