import type { Decimal } from '../money.ts';
import type { FocusColumn } from './column.ts';
import type { contractCommitmentColumns } from './columns-1.3/contract-commitment.ts';
import type { costAndUsageColumns } from './columns-1.3/cost-and-usage.ts';

/**
 * One row of Cost and Usage: a charge for one resource, SKU and charge period.
 * Money and quantities are exact decimal text, times are ISO 8601 text in UTC, JSON columns are JSON text.
 * Costs are in BillingCurrency; columns named PricingCurrency… are in PricingCurrency.
 */
export type CostAndUsageRecord = RecordOf<typeof costAndUsageColumns>;

/** One row of Contract Commitment: one commitment of one contract. Values as in {@link CostAndUsageRecord}. */
export type ContractCommitmentRecord = RecordOf<typeof contractCommitmentColumns>;

type RecordOf<Columns extends readonly FocusColumn[]> = {
  [Column in Columns[number] as Column['id']]: Column['nullable'] extends true
    ? ValueOf<Column> | null
    : ValueOf<Column>;
};

type ValueOf<Column extends FocusColumn> = Column['dataType'] extends 'Decimal'
  ? Decimal
  : Column['allowedValues'] extends readonly (infer Value)[]
    ? Value
    : string;
