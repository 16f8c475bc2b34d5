import type { BillFormat, BillPlan } from '../bill-format.ts';
import { curColumns } from './columns.ts';
import { controlTotalsSql, differenceCausesSql } from './control-totals.ts';
import { billingPeriodSql } from './delivered.ts';
import { checkColumns, isCur2, isLegacyCur, rowRules } from './schema.ts';
import { contractCommitments, extensionColumns, toFocusSql, unknownServicesSql } from './to-focus.ts';

/** The legacy Cost and Usage Report, as CSV (`lineItem/UnblendedCost`) or Parquet (`line_item_unblended_cost`). */
export const awsCur: BillFormat = {
  id: 'aws-cur',
  title: 'AWS legacy Cost and Usage Report',
  recognises: isLegacyCur,
  plan,
};

/** CUR 2.0 of AWS Data Exports, as CSV or Parquet: names like `line_item_unblended_cost`, and maps. */
export const awsCur2: BillFormat = {
  id: 'aws-cur-2',
  title: 'AWS Cost and Usage Report 2.0 (Data Exports)',
  recognises: isCur2,
  plan,
};

function plan(header: readonly string[]): BillPlan {
  const cur = curColumns(header);
  checkColumns(cur);
  return {
    columns: cur.columns,
    nullTokens: [],
    rowRules: rowRules(cur),
    extensionColumns,
    toFocus: (rawTable) => toFocusSql(cur, rawTable),
    billingPeriod: billingPeriodSql,
    controlTotals: (rawTable) => controlTotalsSql(cur, rawTable),
    ...(DELIVERED_ONCE.every(cur.has) && { duplicateKey: DELIVERED_ONCE }),
    differenceCauses: (rawTable) => differenceCausesSql(cur, rawTable),
    contractCommitments: (rawTable) => contractCommitments(cur, rawTable),
    unknownServices: (rawTable) => unknownServicesSql(cur, rawTable),
  };
}

const DELIVERED_ONCE = [
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'identity_line_item_id',
  'identity_time_interval',
];
