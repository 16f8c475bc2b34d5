import type { LandingSession } from '../landing/session.ts';
import type { PriceBook } from '../prices/price-book.ts';

/** One shape in which a bill is delivered: how to know it, how to land it, how to say it in FOCUS 1.3. */
export interface BillFormat {
  /** What `--from` names, for example `aws-cur`. */
  readonly id: string;
  /** For people, for example `AWS legacy Cost and Usage Report`. */
  readonly title: string;
  /** Its bills tell of usage, which is priced here: their rows can be priced again. */
  readonly isUsage?: boolean;
  /** Decides by content: the column names of the file, as delivered. */
  recognises(header: readonly string[]): boolean;
  /** How to treat a file with this header. Throws `file_format_unknown` when a needed column is missing. */
  plan(header: readonly string[]): BillPlan;
}

export interface BillPlan {
  /** Every delivered column and its name in the raw table. */
  readonly columns: readonly RawColumn[];
  /** Texts that mean "no value" in this file, beside the empty field. */
  readonly nullTokens: readonly string[];
  /** What a row must hold beyond the types of its columns. A row that breaks one is unreadable. */
  readonly rowRules?: readonly RowRule[];
  /** Columns with an `x_` name that `toFocus` selects after the 65 FOCUS columns. */
  readonly extensionColumns: readonly string[];
  /**
   * One SELECT over the raw table: all 65 FOCUS 1.3 columns under their column IDs, money and quantities as
   * DECIMAL(38,18), times as TIMESTAMP in UTC, then `extensionColumns`, then `x_SourceFile` and `x_SourceRow`.
   */
  toFocus(rawTable: string): string;
  /**
   * Fills temporary tables that the SELECTs below read, for formats that need more than the bill says: usage that is
   * priced by a price book. Called once the raw rows are in, before any of them.
   */
  prepare?(session: LandingSession, rawTable: string, context: BillContext): Promise<void>;
  /**
   * SQL expression over a row of the raw table: the billing period that the row belongs to (DATE, first of the month),
   * also for a row of which no charge is made. The same month as BillingPeriodStart in `toFocus`.
   */
  readonly billingPeriod: string;
  /** The same for the day of the charge (DATE), for sources that tell of their last days only. */
  readonly chargeDay?: string;
  /**
   * One SELECT over the raw table: `billing_period` (DATE, first of the month), `currency`, `invoice` (the text that
   * `toFocus` puts into InvoiceId; null where the source tells none), `total` (DECIMAL(38,18)): what the source says was
   * billed, computed from the raw rows without `toFocus`. The sum of BilledCost must equal it to the last digit.
   */
  controlTotals(rawTable: string): string;
  /**
   * Raw columns that tell one charge of one delivery from every other. A bill in which a charge comes from two folders
   * is refused: it holds two deliveries of a billing period.
   */
  readonly duplicateKey?: readonly string[];
  /**
   * One SELECT over the raw table that says where a difference between the two totals can come from: `cause` (text),
   * `rows`, `amount` (DECIMAL(38,18)), and the first of the rows: `file`, `row`. Run only when they differ.
   */
  differenceCauses?(rawTable: string): string;
  /**
   * One SELECT over the raw table: `reason`, for every reason why the files, as they were given, are no bill: a sentence
   * for people without its full stop, that says which files to give instead. Run only when the totals differ, and told
   * in the place of the difference.
   */
  refusals?(rawTable: string): string;
  /**
   * One SELECT over the raw table: the rows of FOCUS's Contract Commitment dataset that the bill tells of, all 13
   * columns under their column IDs, then `x_BillingPeriodStart` (DATE, first of the month): one row per commitment and
   * billing period whose bill tells of it. Left out where the source knows no commitments.
   */
  contractCommitments?(rawTable: string): string;
  /**
   * One SELECT over the raw table: `service` (as the source names it) and `rows`, for every service that the lookup of
   * ServiceCategory does not know and that is therefore filed under Other.
   */
  unknownServices?(rawTable: string): string;
  /**
   * One SELECT over the raw table: usage without a price, of which no charge can be made because FOCUS knows no unknown
   * cost. Columns of `unpricedUsageColumns` in core/warehouse/tables.ts. It waits beside the cost table, is counted next to every
   * total that it belongs to, and becomes a charge once its price is known.
   */
  unpricedUsage?(rawTable: string): string;
  /**
   * One SELECT over the raw table: `day` (DATE), `model`, `currency`, `billed`, `estimated` (null where a price is missing)
   * and `has_usage`: what the price book says of usage beside what was billed for it.
   */
  estimates?(rawTable: string): string;
  /**
   * One SELECT over the raw table: what is wrong in the file itself, one row per source row and column, for formats
   * whose files can break FOCUS 1.3 by what they say. `x_SourceFile`, `x_SourceRow`, `column` (FOCUS column ID),
   * `value` (text, null when missing), `kind` and `reason` (a sentence for people). Kinds: `unloadable`, the row has no
   * value where the cost table takes no null: it is treated as unreadable; `unreadable`, a value cannot be read and counts as missing; `invalid`,
   * the row loads and breaks a MUST rule that no faithful conversion can mend. `focusTable`: a table that holds the
   * rows of `toFocus` already; without it they are computed again.
   */
  faults?(rawTable: string, focusTable?: string): string;
}

/** What is known beside the bill. */
export interface BillContext {
  readonly prices: PriceBook;
  /** Name of a table with who the usage was for, `attributionColumns` of `usage/attribution.ts`; undefined where nobody told. */
  readonly attribution?: string;
}

export interface RawColumn {
  /** The name as delivered. */
  readonly source: string;
  /** The name in the raw table: lower snake case, the same for all spellings of one column. */
  readonly raw: string;
  /**
   * A row whose value is neither empty nor of this type is unreadable. Raw values stay text. A decimal is read by
   * `decimalSql` of money.ts: as money, with at most 18 decimal places, or with at most 17 digits, as doubles have.
   */
  readonly type: 'text' | 'decimal' | 'timestamp';
  /**
   * For a decimal that measures and is no money: any number of digits beyond the 18th decimal place is allowed.
   */
  readonly rounds?: boolean;
  /** A row without a value here is unreadable. */
  readonly required?: boolean;
}

export interface RowRule {
  /** The delivered column that the fault names. */
  readonly column: string;
  /** SQL condition over the raw table's columns that holds for the broken rows. */
  readonly brokenWhen: string;
  /** Ends the sentence "the value …", for people. */
  readonly reason: string;
}
