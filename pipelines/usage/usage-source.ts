import type { RawColumn, RowRule } from '../providers/bill-format.ts';

/**
 * What a provider of AI reports, as SQL over the raw table of its answers. The connector writes one line of JSON per
 * result of the API, with {@link envelope} beside the fields as delivered; `usageBill` makes a bill format of this: it prices
 * the usage, lays what the provider says was billed over it, and says both in FOCUS 1.3.
 */
export interface UsageSource {
  /** Id of the bill format, for example `openai-usage`. */
  readonly id: string;
  /** For people, for example `OpenAI usage and costs`. */
  readonly title: string;
  /** The column that only this source's lines have, and all of them: the kind of the answer, such as `openai_answer`. */
  readonly mark: string;
  /** Columns whose values are checked while landing; every other delivered column is kept as text. */
  readonly columns: readonly RawColumn[];
  readonly rowRules?: readonly RowRule[];
  /** Raw names that the SELECTs below use: those that no file has are there and null. */
  readonly needed: readonly string[];
  /** Provider id in the price book. */
  readonly priceList: string;
  readonly service: UsageService;
  /**
   * SELECTs by the name of the temporary table that each is kept in, in order, each over the raw table and those before it:
   * what `usage` and `costs` both need. Names begin with that of the provider.
   */
  staged?(rawTable: string): Readonly<Record<string, string>>;
  /**
   * One SELECT over the raw table: the disjoint meters of the usage, one row per charge period × account × … × meter with
   * a quantity other than 0. Columns: see {@link usageColumns}. Never money.
   */
  usage(rawTable: string): string;
  /**
   * One SELECT over the raw table: what the provider says that it billed, at its own grain. Columns: see
   * {@link costColumns}. Left out where it reports no money: then the price book's word is what was billed.
   */
  costs?(rawTable: string): string;
}

/**
 * Columns that the connector puts on every line, beside the source's `mark`. The first line of a file is about the file
 * itself: its mark is `about`, and it alone has `settled_before`.
 */
export const envelope = {
  /** ISO 8601, UTC: the first instant of the charge period; of the line about the file, of its billing period. */
  charge_start: 'charge_start',
  /** Exclusive. */
  charge_end: 'charge_end',
  /**
   * `YYYY-MM-DD`, exclusive: until when the provider's costs are complete. Usage of earlier days without a cost was not
   * billed; later usage is priced and provisional. Null where the provider reports no money.
   */
  settled_before: 'settled_before',
} as const;

export interface UsageService {
  /** FOCUS ServiceName, for example `OpenAI API`. */
  readonly name: string;
  /** FOCUS ServiceProviderName, ProviderName, PublisherName, InvoiceIssuerName and HostProviderName. */
  readonly provider: string;
  /** Default: `AI and Machine Learning` and `Generative AI`. */
  readonly subcategory?: string;
  /** FOCUS BillingAccountType and SubAccountType, for example `Organization` and `Project`. */
  readonly accountType: string;
  readonly subAccountType: string;
}

/** Columns of `usage`, all of them, in any order. VARCHAR and null where unknown unless said otherwise. */
export const usageColumns = {
  /** TIMESTAMP, UTC, the first instant of the charge period. Not null. */
  charge_start: 'TIMESTAMP',
  /** TIMESTAMP, exclusive. Not null. */
  charge_end: 'TIMESTAMP',
  /** FOCUS BillingAccountId. Not null: the organisation at the provider. */
  account_id: 'VARCHAR',
  account_name: 'VARCHAR',
  sub_account_id: 'VARCHAR',
  sub_account_name: 'VARCHAR',
  /** An id, never key material; becomes ResourceId and x_CredentialId. */
  api_key_id: 'VARCHAR',
  api_key_name: 'VARCHAR',
  /** Who made the requests; becomes x_PrincipalId. */
  principal_id: 'VARCHAR',
  /** As delivered. */
  model: 'VARCHAR',
  /** As in `PriceQuestion`; null is standard. */
  tier: 'VARCHAR',
  context_window: 'VARCHAR',
  geography: 'VARCHAR',
  speed: 'VARCHAR',
  /** A `MeterId`. Not null. */
  meter: 'VARCHAR',
  /** In the meter's unit. Not null. */
  quantity: 'DECIMAL(38,18)',
  /** Requests that the row stands for, repeated on each meter: for information. */
  requests: 'DECIMAL(38,18)',
  /** JSON object of texts. */
  tags: 'VARCHAR',
  /** Usage and costs with the same key are one group, within a charge day: the amount of the group is laid over its usage. */
  cost_key: 'VARCHAR',
  source_file: 'VARCHAR',
  source_row: 'BIGINT',
} as const;

/** Columns of `costs`. */
export const costColumns = {
  charge_start: 'TIMESTAMP',
  charge_end: 'TIMESTAMP',
  account_id: 'VARCHAR',
  account_name: 'VARCHAR',
  sub_account_id: 'VARCHAR',
  sub_account_name: 'VARCHAR',
  api_key_id: 'VARCHAR',
  api_key_name: 'VARCHAR',
  principal_id: 'VARCHAR',
  model: 'VARCHAR',
  tier: 'VARCHAR',
  context_window: 'VARCHAR',
  geography: 'VARCHAR',
  speed: 'VARCHAR',
  /** Null where the line is no meter of ours. */
  meter: 'VARCHAR',
  /** What the provider calls the line: becomes ChargeDescription where no usage belongs to it. */
  line_item: 'VARCHAR',
  /** Billed, before credits. Not null. */
  amount: 'DECIMAL(38,18)',
  /** At the provider's list price, where it tells. */
  list_amount: 'DECIMAL(38,18)',
  /** ISO 4217, upper case. Not null. */
  currency: 'VARCHAR',
  /** What the line counts, where it tells. */
  quantity: 'DECIMAL(38,18)',
  /** FOCUS unit, for example `Tokens`. */
  unit: 'VARCHAR',
  /** Price of one unit, where the provider states it. */
  list_unit_price: 'DECIMAL(38,18)',
  /** FOCUS ChargeCategory, null is Usage: `Credit`, `Purchase`, `Tax`, `Adjustment`. */
  charge_category: 'VARCHAR',
  /** FOCUS ServiceName and ServiceSubcategory where they are not those of the source. */
  service_name: 'VARCHAR',
  service_subcategory: 'VARCHAR',
  /** FOCUS SkuId and InvoiceId, where the provider tells them. */
  sku_id: 'VARCHAR',
  invoice_id: 'VARCHAR',
  resource_id: 'VARCHAR',
  resource_name: 'VARCHAR',
  resource_type: 'VARCHAR',
  tags: 'VARCHAR',
  cost_key: 'VARCHAR',
  source_file: 'VARCHAR',
  source_row: 'BIGINT',
} as const;

/** The select list of a row of `usage` or `costs`: SQL by column name, typed nulls for what is left out. */
export function selectList<Columns extends Readonly<Record<string, string>>>(
  columns: Columns,
  values: Partial<Readonly<Record<keyof Columns, string>>>,
): string {
  return Object.entries(columns)
    .map(([name, type]) => `CAST(${values[name] ?? 'NULL'} AS ${type}) AS ${name}`)
    .join(',\n  ');
}
