/** How FOCUS 1.3 describes one column: its data type, its nulls, and when it must be there. */
export interface FocusColumn {
  readonly dataset: FocusDataset;
  /** The column ID, which is the name in files and in our tables. */
  readonly id: string;
  readonly displayName: string;
  /** In our own words. */
  readonly description: string;
  readonly dataType: FocusDataType;
  readonly valueFormat: FocusValueFormat | null;
  /** For decimals with a stated range. */
  readonly numberRange: 'any' | 'non-negative' | null;
  /** The closed list of values, where there is one. Null is allowed beside it when `nullable`. */
  readonly allowedValues: readonly string[] | null;
  /** False where no row may ever hold null. Conditional null rules are the validator's. */
  readonly nullable: boolean;
  readonly featureLevel: 'Mandatory' | 'Conditional' | 'Recommended';
  readonly columnType: 'Dimension' | 'Metric' | 'Dimension and Metric';
  /** The FOCUS version that brought the column. */
  readonly introduced: string;
  readonly deprecated: boolean;
  /** When the column has to be present in a dataset. */
  readonly conditions: readonly FocusPresence[];
}

export interface FocusPresence {
  readonly keyword: 'MUST' | 'SHOULD' | 'RECOMMENDED' | 'MAY';
  readonly when: string;
  /** Flags of the requirements model; all of them have to hold. Empty: always. */
  readonly criteria: readonly string[];
}

export type FocusDataset = 'CostAndUsage' | 'ContractCommitment';
export type FocusDataType = 'String' | 'Decimal' | 'Date/Time' | 'JSON';
export type FocusValueFormat =
  | 'Allowed Values'
  | 'Currency'
  | 'Date/Time'
  | 'JSON Object'
  | 'Key-Value'
  | 'Numeric'
  | 'Unit';
