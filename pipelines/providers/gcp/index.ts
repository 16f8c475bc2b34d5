import type { BillFormat } from '../bill-format.ts';
import { checkColumns, exportColumns, isBillingExport } from './columns.ts';
import { controlTotalsSql, rawBillingPeriodSql } from './control-totals.ts';
import { extensionColumns } from './extensions.ts';
import { rowRules } from './row-rules.ts';
import { unknownServicesSql } from './service-lookup.ts';
import { toFocusSql } from './to-focus.ts';

/** The standard and the detailed usage cost export of Cloud Billing: nested (Parquet, NDJSON) or flat (CSV). */
export const gcpBillingExport: BillFormat = {
  id: 'gcp-billing-export',
  title: 'Google Cloud billing export (standard or detailed)',
  recognises: isBillingExport,
  plan(header) {
    checkColumns(header);
    const columns = exportColumns(header);
    return {
      columns: columns.columns,
      nullTokens: [],
      rowRules: rowRules(columns),
      extensionColumns,
      toFocus: (rawTable) => toFocusSql(columns, rawTable),
      billingPeriod: rawBillingPeriodSql(columns),
      controlTotals: (rawTable) => controlTotalsSql(columns, rawTable),
      unknownServices: (rawTable) => unknownServicesSql(columns, rawTable),
    };
  },
};
