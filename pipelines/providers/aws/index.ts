import type { BillFormat } from '../bill-format.ts';
import { curColumns } from './columns.ts';
import { billingPeriodSql, controlTotalsSql, differenceCausesSql } from './control-totals.ts';
import { checkColumns, isLegacyCur, rowRules } from './schema.ts';
import { extensionColumns, toFocusSql } from './to-focus.ts';

/** The legacy Cost and Usage Report, as CSV (`lineItem/UnblendedCost`) or Parquet (`line_item_unblended_cost`). */
export const awsCur: BillFormat = {
  id: 'aws-cur',
  title: 'AWS legacy Cost and Usage Report',
  recognises: isLegacyCur,
  plan(header) {
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
      differenceCauses: (rawTable) => differenceCausesSql(cur, rawTable),
    };
  },
};
