import { type CostAndUsageColumnId, costAndUsageColumns, type FocusColumn, sqlType } from '@cloudact/core/focus';
import {
  decimalSql,
  enumerationSql,
  focusSelection,
  foldedName,
  identifier,
  keyValueEntriesSql,
  keyValuesSql,
  keyValueTextSql,
  literal,
  type SourceFaultKind,
  slashOrderSql,
  sourceFaultsSql,
  textSql,
  timestampSql,
  tooFineForMoneySql,
  tooFineSql,
  upgradeNotesColumn,
  upgradeSql,
  upperCurrencySql,
} from '../../focus/upgrade/index.ts';
import type { BillPlan, RowRule } from '../bill-format.ts';
import { roundedCostsSql } from '../money.ts';
import { billingPeriodSql, localPeriodSql } from './billing-period.ts';
import { type FocusHeader, type HeaderColumn, neededColumns } from './header.ts';

export function planFocusFile({ version, columns }: FocusHeader): BillPlan {
  /** What such a file says, it says in words of 1.3; only columns that it does not have are left to the rules. */
  const isCurrent = version === '1.3' || version === '1.4';
  const byId = new Map(columns.flatMap((column) => (column.focus ? [[column.focus, column] as const] : [])));
  const extensions = columns.filter((column) => column.extension);
  const flag = extensions.find(({ extension }) => extension!.toLowerCase() === COST_ROUNDED.toLowerCase());
  const extensionNames = [...extensions.map(({ extension }) => extension!), ...(flag ? [] : [COST_ROUNDED])];
  const isUpgraded = !isCurrent || byId.size < costAndUsageColumns.length;
  // Empty, these can have a rule, so it is `faults` that names the rows where they have none.
  const ruled = isCurrent
    ? ['ServiceName']
    : ['ServiceName', 'EffectiveCost', 'BillingPeriodStart', 'BillingPeriodEnd'];
  const required = new Set<string>(neededColumns.filter((id) => !ruled.includes(id)));
  const cell = (id: CostAndUsageColumnId) => identifier(byId.get(id)!.raw);
  const isBlank = (id: CostAndUsageColumnId) => `COALESCE(trim(${cell(id)}), '') = ''`;
  const deliveredPeriod = billingPeriodSql(cell('BillingPeriodStart'));
  const billingPeriod = isCurrent
    ? deliveredPeriod
    : `CASE WHEN ${isBlank('BillingPeriodStart')} THEN CAST(date_trunc('month', ${timestampSql(cell('ChargePeriodStart'))}) AS DATE)
      ELSE COALESCE(${localPeriodSql(cell('BillingPeriodStart'), cell('BillingPeriodEnd'))}, ${deliveredPeriod}) END`;

  const currency = isCurrent ? textSql(cell('BillingCurrency')) : upperCurrencySql(textSql(cell('BillingCurrency')));

  /** CTEs up to `focus_file`: every FOCUS column, typed, in FOCUS's spelling; then the other columns as delivered. */
  function read(rawTable: string): string {
    const start = byId.get('BillingPeriodStart')!;
    const selection = [
      ...costAndUsageColumns.map((column) => `${readColumn(column, byId.get(column.id))} AS ${column.id}`),
      ...(['BillingPeriodStart', 'BillingPeriodEnd'] as const).map((id) => `${isBlank(id)} AS ${id}_blank`),
      ...extensions.map((column) => {
        const delivered = identifier(column.raw);
        return `${column === flag ? `COALESCE(${costRounded}, ${delivered})` : delivered} AS ${identifier(column.extension!)}`;
      }),
      ...(flag ? [] : [`${costRounded} AS ${COST_ROUNDED}`]),
      'x_SourceFile',
      'x_SourceRow',
    ];
    return `WITH calendar AS NOT MATERIALIZED (SELECT ${slashOrderSql(identifier(start.raw))} AS slash_order FROM ${rawTable}),
  focus_file AS NOT MATERIALIZED (
    SELECT ${selection.join(',\n      ')}
    FROM ${rawTable} CROSS JOIN calendar
  )`;
  }

  function readColumn(column: FocusColumn, source: HeaderColumn | undefined): string {
    if (!source) return missingColumn(column);
    const raw = identifier(source.raw);
    if (column.dataType === 'Decimal') return decimalSql(raw);
    if (column.dataType === 'Date/Time') return timestampSql(raw, 'slash_order');
    if (column.dataType === 'JSON') {
      if (column.valueFormat !== 'Key-Value') return textSql(raw);
      return isCurrent ? `CASE WHEN json_valid(${raw}) THEN ${raw} ELSE ${keyValuesSql(raw)} END` : keyValuesSql(raw);
    }
    if (isCurrent || !column.allowedValues) return textSql(raw);
    return enumerationSql(raw, column.allowedValues, formerValues[column.id]);
  }

  /** Google's FOCUS export has no Tags but labels of three kinds; keys of the lower two get their kind as prefix. */
  function missingColumn(column: FocusColumn): string {
    const labels =
      column.id === 'Tags' && !isCurrent ? googleLabels.flatMap(({ name, prefix }) => labelEntries(name, prefix)) : [];
    if (labels.length === 0) return `CAST(NULL AS ${sqlType(column, 'duckdb')})`;
    return `CASE WHEN ${labels.map(({ raw }) => `trim(${raw}) <> ''`).join(' OR ')}
      THEN ${keyValueTextSql(`list_concat(${labels.map(({ entries }) => entries).join(', ')}, [])`)} END`;
  }

  function labelEntries(name: string, prefix: string): { raw: string; entries: string }[] {
    const source = extensions.find(({ extension }) => foldedName(extension!) === foldedName(name));
    if (!source) return [];
    const raw = identifier(source.raw);
    const entries = keyValueEntriesSql(raw);
    return [
      {
        raw,
        entries: prefix
          ? `list_transform(${entries}, lambda label: {'k': ${literal(prefix)} || label.k, 'v': label.v})`
          : entries,
      },
    ];
  }

  function toFocus(rawTable: string): string {
    const keyColumns = ['x_SourceFile', 'x_SourceRow'];
    const relation = isUpgraded
      ? upgradeSql({
          relation: 'focus_file',
          extensionColumns: extensionNames,
          keyColumns,
          ...(isCurrent && { untouched: new Set<string>(byId.keys()) }),
        })
      : `SELECT ${[...focusSelection, ...extensionNames.map(identifier), ...keyColumns].join(',\n    ')} FROM focus_file`;
    return `${read(rawTable)}\n${relation}`;
  }

  const typed = costAndUsageColumns.flatMap((column) => {
    const source = byId.get(column.id);
    return source ? [{ column, source }] : [];
  });

  const costRounded = roundedCostsSql(
    typed
      .filter(({ column }) => isMoney(column))
      .map(({ source }) => ({ column: source.source, text: identifier(source.raw) })),
    tooFineSql,
  );

  function unreadable(rawTable: string): string {
    const cases = typed.flatMap(({ column, source }) => {
      const fault = (when: string, kind: SourceFaultKind, reason: string) =>
        `CASE WHEN ${when} THEN {'column': ${literal(column.id)}, 'value': ${identifier(source.raw)},
          'kind': ${literal(kind)}, 'reason': ${literal(`${column.id} ${reason}.`)}} END`;
      const isBroken = brokenSql(column, source.raw, 'slash_order');
      const reason = unreadableReason(column);
      return [
        ...(isBroken && reason ? [fault(isBroken, column.nullable ? 'unreadable' : 'unloadable', reason)] : []),
        ...(isMoney(column) ? [fault(tooFineSql(identifier(source.raw)), 'invalid', ROUNDED)] : []),
      ];
    });
    return `SELECT x_SourceFile, x_SourceRow, fault.column, fault.value, fault.kind, fault.reason FROM (
      WITH calendar AS NOT MATERIALIZED (SELECT ${slashOrderSql(identifier(byId.get('BillingPeriodStart')!.raw))} AS slash_order FROM ${rawTable})
      SELECT x_SourceFile, x_SourceRow, unnest(list_filter([${cases.join(',\n        ')}], lambda fault: fault IS NOT NULL)) AS fault
      FROM ${rawTable} CROSS JOIN calendar)`;
  }

  /** What the sum of a month rests on: BilledCost to the last digit, and a month on every row. */
  function moneyAndMonthRules(): RowRule[] {
    const billed: RowRule = {
      column: byId.get('BilledCost')!.source,
      brokenWhen: tooFineForMoneySql(cell('BilledCost')),
      reason: 'has more than 18 decimals and 17 digits. So many are not rounded: export it with fewer',
    };
    if (isCurrent) return [billed];
    return [
      billed,
      {
        column: byId.get('BillingPeriodStart')!.source,
        brokenWhen: `${isBlank('BillingPeriodStart')} AND ${billingPeriod} IS NULL`,
        reason: 'is empty, and ChargePeriodStart does not say the month either',
      },
    ];
  }

  return {
    columns: columns.map(({ source, raw, focus }) => ({
      source,
      raw,
      type: 'text',
      ...(focus && required.has(focus) && { required: true }),
    })),
    nullTokens,
    rowRules: [
      ...moneyAndMonthRules(),
      ...typed.flatMap(({ column, source }): RowRule[] => {
        // Whether a date with slashes can be read depends on the whole file; its shape decides here, `faults` names the rest.
        const isBroken =
          column.dataType === 'Date/Time'
            ? `(${brokenSql(column, source.raw, "'mdy'")} AND ${brokenSql(column, source.raw, "'dmy'")})`
            : brokenSql(column, source.raw, 'NULL');
        const reason = unreadableReason(column);
        return isBroken && reason && column.dataType !== 'JSON'
          ? [{ column: source.source, brokenWhen: isBroken, reason }]
          : [];
      }),
    ],
    extensionColumns: isUpgraded ? [...extensionNames, upgradeNotesColumn] : extensionNames,
    toFocus,
    billingPeriod,
    controlTotals: (rawTable) => `SELECT ${billingPeriod} AS billing_period, ${currency} AS currency,
    ${byId.has('InvoiceId') ? textSql(cell('InvoiceId')) : 'CAST(NULL AS VARCHAR)'} AS invoice,
    CAST(sum(${decimalSql(cell('BilledCost'))}) AS DECIMAL(38,18)) AS total
  FROM ${rawTable} GROUP BY 1, 2, 3`,
    faults: (rawTable, focusTable) =>
      sourceFaultsSql({
        focus: focusTable ? `SELECT * FROM ${focusTable}` : toFocus(rawTable),
        unreadable: unreadable(rawTable),
        notes: isUpgraded,
      }),
  };
}

/** FOCUS wants real nulls; these texts are what exports and spreadsheets write instead. The year 1 is .NET's "no date". */
const nullTokens = [
  ...['NULL', 'null', 'Null', '<null>', 'None', 'NaN', 'nan', 'N/A', 'n/a', '\\N'],
  ...['', 'T00:00:00Z', 'T00:00:00', 'T00:00Z', ' 00:00:00', 'T00:00:00.0000000', 'T00:00:00.0000000Z'].map(
    (time) => `0001-01-01${time}`,
  ),
  ...['01/01/0001', '1/1/0001', '01/01/0001 00:00:00', '1/1/0001 12:00:00 AM'],
];

/** Values of 1.0-preview that have another name since. */
const formerValues: Partial<Record<string, Record<string, string>>> = {
  PricingCategory: { 'On-Demand': 'Standard', 'Commitment-Based': 'Committed', Spot: 'Dynamic' },
};

const googleLabels = [
  { name: 'x_ProjectLabels', prefix: 'project/' },
  { name: 'x_Tags', prefix: 'tag/' },
  { name: 'x_Labels', prefix: '' },
];

/** Our column for the delivered texts of costs that were rounded; a file that we wrote has it already. */
const COST_ROUNDED = 'x_CostRounded';

function isMoney({ id, dataType }: FocusColumn): boolean {
  return dataType === 'Decimal' && /(Cost|UnitPrice)$/.test(id);
}

const ROUNDED = 'has more than 18 decimals, and is rounded to 18';

/** SQL condition over the raw table: there is a value and it cannot be read. Undefined where every text can be. */
function brokenSql({ dataType, valueFormat }: FocusColumn, raw: string, slashOrder: string): string | undefined {
  const cell = identifier(raw);
  const hasValue = `COALESCE(trim(${cell}) <> '', false)`;
  if (dataType === 'Decimal') return `(${hasValue} AND ${decimalSql(cell)} IS NULL)`;
  if (dataType === 'Date/Time') return `(${hasValue} AND ${timestampSql(cell, slashOrder)} IS NULL)`;
  if (valueFormat === 'Key-Value') return `(${hasValue} AND ${keyValuesSql(cell)} IS NULL)`;
  if (dataType === 'JSON') return `(${hasValue} AND NOT json_valid(${cell}))`;
  return undefined;
}

/** Ends the sentence "the value …". */
function unreadableReason({ dataType, valueFormat }: FocusColumn): string | undefined {
  if (dataType === 'Decimal') return 'is not a number. Write it like 1234.5, with a point and without separators';
  if (dataType === 'Date/Time') return 'is not a time that can be told for sure. Write it like 2025-04-01T00:00:00Z';
  if (valueFormat === 'Key-Value') return 'is neither a JSON object of keys and values nor a list of them';
  if (dataType === 'JSON') return 'is not JSON';
  return undefined;
}
