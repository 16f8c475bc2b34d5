/** One SKU that a meter is billed under. */
export interface Sku {
  readonly service: string;
  readonly serviceId: string;
  readonly name: string;
  /** Units of the SKU in one unit of the meter: cores of a machine, thousands of requests. */
  readonly perMeterUnit: number;
  /** US dollars for one pricing unit. */
  readonly price: string;
  readonly pricingUnit: string;
  /** The base unit, and how many of it are one pricing unit. */
  readonly unit: string;
  readonly unitsEach: number;
  /** Priced by the month: a day's use is divided by the days of the month. */
  readonly perMonth?: true;
  /** The same everywhere: its name tells no place. */
  readonly global?: true;
  /** What the Compute Flexible commitment can cover. */
  readonly flexible?: true;
  /** Discounted for running all month, without a commitment. */
  readonly sustained?: true;
  /** Sold in the Marketplace by this company. */
  readonly seller?: string;
}
