import { costAndUsageColumns, currencyCodes, exactProductSql, serviceSubcategories } from '@cloudact/core/focus';
import { decimalText, literal } from './readers.ts';
import { NORMAL_USAGE_OR_PURCHASE } from './rules.ts';

/**
 * `unloadable`: FOCUS never allows null in the column, so the row has no place in the cost table.
 * `unreadable`: the value cannot be read and counts as missing.
 * `invalid`: the row loads, and breaks a MUST rule of FOCUS 1.3 by what the file itself says.
 */
export type SourceFaultKind = 'unloadable' | 'unreadable' | 'invalid';

/**
 * SELECT of what is wrong with rows in the file itself, one row per row and column: `x_SourceFile`, `x_SourceRow`,
 * `column`, `value` (text, null when missing), `kind` and `reason` for people.
 *
 * `focus` is a SELECT with the 65 FOCUS 1.3 columns, x_SourceFile and x_SourceRow. `unreadable` is a SELECT with the
 * columns of the result for values that could not be read; they stand instead of the faults that follow from them.
 * `notes`: `focus` has a column x_UpgradeNotes, whose remark on BilledCost is a fault too.
 */
export function sourceFaultsSql({
  focus,
  unreadable,
  notes,
}: {
  focus: string;
  unreadable: string;
  notes: boolean;
}): string {
  const faults = [...checks, ...(notes ? [billedCostRemark] : [])].map(
    ({ column, when, reason, kind = 'invalid' }) =>
      `CASE WHEN ${when} THEN {'column': ${literal(column)}, 'value': ${valueText(column)}, 'kind': ${literal(kind)}, 'reason': ${reason}} END`,
  );
  return `WITH focus AS NOT MATERIALIZED (${focus}),
  unreadable AS (${unreadable}),
  services AS (
    SELECT ServiceName AS name, string_agg(DISTINCT ServiceCategory, ' and ' ORDER BY ServiceCategory) AS categories
    FROM focus WHERE ServiceName IS NOT NULL GROUP BY 1 HAVING count(DISTINCT ServiceCategory) > 1
  ),
  prices AS (
    SELECT SkuPriceId AS id, string_agg(DISTINCT SkuId, ' and ' ORDER BY SkuId) AS skus
    FROM focus WHERE SkuPriceId IS NOT NULL GROUP BY 1 HAVING count(DISTINCT SkuId) > 1
  ),
  broken AS (
    SELECT x_SourceFile, x_SourceRow, unnest(list_filter([
      ${faults.join(',\n      ')}
    ], lambda fault: fault IS NOT NULL)) AS fault
    FROM focus LEFT JOIN services ON services.name = focus.ServiceName LEFT JOIN prices ON prices.id = focus.SkuPriceId
  )
  SELECT * FROM unreadable
  UNION ALL
  SELECT x_SourceFile, x_SourceRow, fault.column, fault.value, fault.kind, fault.reason FROM broken
  WHERE NOT EXISTS (
    SELECT 1 FROM unreadable
    WHERE unreadable.x_SourceFile = broken.x_SourceFile AND unreadable.x_SourceRow = broken.x_SourceRow
      AND unreadable."column" = broken.fault.column
  )`;
}

interface Check {
  readonly column: string;
  /** SQL condition. */
  readonly when: string;
  /** SQL of the reason. */
  readonly reason: string;
  readonly kind?: SourceFaultKind;
}

const decimals = new Set<string>(
  costAndUsageColumns.filter(({ dataType }) => dataType === 'Decimal').map(({ id }) => id),
);

/** What the FOCUS 1.3 rules that can be checked on one row say, in the words of the columns. */
const checks: readonly Check[] = [
  ...costAndUsageColumns
    .filter(({ nullable }) => !nullable)
    .map(
      ({ id }): Check => ({
        column: id,
        when: `${id} IS NULL`,
        reason: literal(`${id} is empty. FOCUS 1.3 needs it on every row, and nothing in the row says what it is.`),
        kind: 'unloadable',
      }),
    ),
  ...costAndUsageColumns.flatMap(({ id, allowedValues }): Check[] =>
    allowedValues && id !== 'ServiceSubcategory'
      ? [
          {
            column: id,
            when: `${id} NOT IN (${allowedValues.map(literal).join(', ')})`,
            reason: `${literal(`${id} is "`)} || ${id} || '", which FOCUS 1.3 does not know.'`,
          },
        ]
      : [],
  ),
  {
    column: 'ServiceSubcategory',
    when: `ServiceCategory || '|' || ServiceSubcategory NOT IN (${serviceSubcategories
      .map(({ category, subcategory }) => literal(`${category}|${subcategory}`))
      .join(', ')})`,
    reason: `'ServiceSubcategory "' || ServiceSubcategory || '" is not one of ServiceCategory "' || ServiceCategory || '".'`,
  },
  {
    column: 'BillingCurrency',
    when: `BillingCurrency NOT IN (${[...currencyCodes].map(literal).join(', ')})`,
    reason: `'BillingCurrency "' || BillingCurrency || '" is not a currency of ISO 4217.'`,
  },

  productCheck('ListCost', 'ListUnitPrice'),
  productCheck('ContractedCost', 'ContractedUnitPrice'),
  ...['ListUnitPrice', 'ContractedUnitPrice', 'PricingCurrencyListUnitPrice', 'PricingCurrencyContractedUnitPrice'].map(
    (column): Check => ({
      column,
      when: `${column} < 0`,
      reason: `${literal(`${column} is `)} || ${valueText(column)} || ', and a price is never negative.'`,
    }),
  ),
  ...['ListCost', 'ContractedCost'].map(
    (column): Check => ({
      column,
      when: `ChargeCategory = 'Credit' AND ${column.replace('Cost', 'UnitPrice')} IS NULL AND ${column} <> BilledCost`,
      reason: `${literal(`${column} `)} || ${valueText(column)} || ' but BilledCost ' || ${valueText('BilledCost')} || ': without a unit price they are the same.'`,
    }),
  ),
  {
    column: 'EffectiveCost',
    when: `ChargeCategory = 'Credit' AND EffectiveCost <> BilledCost`,
    reason: `'EffectiveCost ' || ${valueText('EffectiveCost')} || ' but BilledCost ' || ${valueText('BilledCost')} || ': for a credit they are the same.'`,
  },

  ...[
    'SkuId',
    'SkuPriceId',
    'PricingQuantity',
    'PricingCategory',
    'ListUnitPrice',
    'ContractedUnitPrice',
    'PricingCurrencyListUnitPrice',
    'PricingCurrencyContractedUnitPrice',
  ].flatMap((column): Check[] => [
    missing(column, NORMAL_USAGE_OR_PURCHASE, `'ChargeCategory is ' || ChargeCategory`),
    surplus(column, `ChargeCategory = 'Tax'`, `'ChargeCategory is Tax'`),
  ]),
  ...[
    'ListUnitPrice',
    'ContractedUnitPrice',
    'PricingCurrencyListUnitPrice',
    'PricingCurrencyContractedUnitPrice',
    'PricingQuantity',
    'PricingCategory',
    'ConsumedQuantity',
    'CommitmentDiscountQuantity',
    'SkuPriceDetails',
  ].map((column) => surplus(column, `SkuPriceId IS NULL AND ChargeCategory <> 'Tax'`, `'SkuPriceId is empty'`)),
  ...['ListUnitPrice', 'ContractedUnitPrice', 'PricingCurrencyListUnitPrice', 'PricingCurrencyContractedUnitPrice'].map(
    (column) => missing(column, `SkuPriceId IS NOT NULL AND NOT ${NORMAL_USAGE_OR_PURCHASE}`, `'SkuPriceId is set'`),
  ),
  surplus('SkuMeter', 'SkuId IS NULL', `'SkuId is empty'`),
  {
    column: 'SkuPriceId',
    when: 'prices.skus IS NOT NULL',
    reason: `'SkuPriceId belongs to one SkuId, but the file has it with ' || prices.skus || '.'`,
  },
  {
    column: 'ServiceCategory',
    when: 'services.categories IS NOT NULL',
    reason: `'A service belongs to one ServiceCategory, but the file has ServiceName "' || ServiceName || '" in ' || services.categories || '.'`,
  },

  missing(
    'ConsumedQuantity',
    `ChargeCategory = 'Usage' AND COALESCE(ChargeClass <> 'Correction', true) AND COALESCE(CommitmentDiscountStatus <> 'Unused', true)`,
    `'ChargeCategory is Usage'`,
  ),
  surplus(
    'ConsumedQuantity',
    `(ChargeCategory <> 'Usage' OR CommitmentDiscountStatus = 'Unused') AND SkuPriceId IS NOT NULL`,
    `CASE WHEN ChargeCategory <> 'Usage' THEN 'ChargeCategory is ' || ChargeCategory ELSE 'CommitmentDiscountStatus is Unused' END`,
  ),
  {
    column: 'ChargeFrequency',
    when: `ChargeCategory = 'Purchase' AND ChargeFrequency = 'Usage-Based'`,
    reason: literal('A purchase is One-Time or Recurring, never Usage-Based.'),
  },

  ...together('PricingUnit', 'PricingQuantity'),
  ...together('ConsumedUnit', 'ConsumedQuantity'),
  ...together('CommitmentDiscountUnit', 'CommitmentDiscountQuantity'),
  ...together('RegionName', 'RegionId'),
  ...together('ResourceType', 'ResourceId'),
  ...together('SubAccountName', 'SubAccountId'),
  ...together('SubAccountType', 'SubAccountId'),
  ...together('AllocatedResourceName', 'AllocatedResourceId'),
  ...together('BillingAccountType', 'BillingAccountId'),
  ...together('CommitmentDiscountCategory', 'CommitmentDiscountId'),
  ...together('CommitmentDiscountType', 'CommitmentDiscountId'),
  surplus('ResourceName', 'ResourceId IS NULL', `'ResourceId is empty'`),
  surplus('CommitmentDiscountName', 'CommitmentDiscountId IS NULL', `'CommitmentDiscountId is empty'`),
  surplus('CommitmentDiscountStatus', 'CommitmentDiscountId IS NULL', `'CommitmentDiscountId is empty'`),
  missing(
    'CommitmentDiscountStatus',
    `CommitmentDiscountId IS NOT NULL AND ChargeCategory = 'Usage'`,
    `'CommitmentDiscountId is set'`,
  ),
  missing(
    'CommitmentDiscountQuantity',
    `CommitmentDiscountId IS NOT NULL AND ${NORMAL_USAGE_OR_PURCHASE}`,
    `'CommitmentDiscountId is set'`,
  ),
  surplus(
    'CommitmentDiscountQuantity',
    `(CommitmentDiscountId IS NULL OR ChargeCategory NOT IN ('Usage', 'Purchase')) AND SkuPriceId IS NOT NULL`,
    `CASE WHEN CommitmentDiscountId IS NULL THEN 'CommitmentDiscountId is empty' ELSE 'ChargeCategory is ' || ChargeCategory END`,
  ),
  surplus('CapacityReservationStatus', 'CapacityReservationId IS NULL', `'CapacityReservationId is empty'`),
  missing(
    'CapacityReservationStatus',
    `CapacityReservationId IS NOT NULL AND ChargeCategory = 'Usage'`,
    `'CapacityReservationId is set'`,
  ),
];

/** BilledCost never changes, so that a note on it can only be a remark on what it means. */
const billedCostRemark: Check = {
  column: 'BilledCost',
  when: `json_extract_string(x_UpgradeNotes, '$.BilledCost') IS NOT NULL`,
  reason: `'BilledCost is ' || json_extract_string(x_UpgradeNotes, '$.BilledCost') || '.'`,
};

function productCheck(cost: string, unitPrice: string): Check {
  const product = `TRY(${exactProductSql(unitPrice, 'PricingQuantity')})`;
  return {
    column: cost,
    when: `${cost} <> ${product}`,
    reason: `${literal(`${cost} `)} || ${valueText(cost)} || ${literal(` but ${unitPrice} `)} || ${valueText(unitPrice)}
      || ' × PricingQuantity ' || ${valueText('PricingQuantity')} || ' = ' || ${decimalText(product)} || '.'`,
  };
}

function missing(column: string, when: string, because: string): Check {
  return {
    column,
    when: `${column} IS NULL AND ${when}`,
    reason: `${literal(`${column} is empty although `)} || ${because} || '.'`,
  };
}

function surplus(column: string, when: string, because: string): Check {
  return {
    column,
    when: `${column} IS NOT NULL AND ${when}`,
    reason: `${literal(`${column} is "`)} || ${valueText(column)} || '" although ' || ${because} || '.'`,
  };
}

function together(column: string, key: string): Check[] {
  return [
    missing(column, `${key} IS NOT NULL`, `${literal(`${key} is "`)} || ${valueText(key)} || '"'`),
    surplus(column, `${key} IS NULL`, literal(`${key} is empty`)),
  ];
}

function valueText(column: string): string {
  return decimals.has(column) ? decimalText(column) : `CAST(${column} AS VARCHAR)`;
}
