import type { BillFormat } from '../bill-format.ts';
import { decimalSql } from '../money.ts';
import { isCostReport, ociColumns } from './columns.ts';
import { billingPeriodSql, serviceIndexSql, serviceKeySql } from './delivered.ts';
import { extensionColumns, toFocusSql } from './to-focus.ts';

/** Oracle's cost report, as it lies in `reports/cost-csv/`: one row per resource, SKU and hour. */
export const ociCostReport: BillFormat = {
  id: 'oci-cost-report',
  title: 'Oracle Cloud cost report',
  recognises: isCostReport,
  plan(header) {
    const oci = ociColumns(header);
    return {
      columns: oci.columns,
      nullTokens: [],
      rowRules: oci.rowRules,
      extensionColumns,
      toFocus: (rawTable) => toFocusSql(oci, rawTable),
      billingPeriod: billingPeriodSql(oci),
      controlTotals: (
        rawTable,
      ) => `SELECT ${billingPeriodSql(oci)} AS billing_period, ${oci.text('currency_code')} AS currency,
  CAST(NULL AS VARCHAR) AS invoice, CAST(sum(${decimalSql(oci.text('my_cost'))}) AS DECIMAL(38,18)) AS total
FROM ${rawTable}
GROUP BY 1, 2`,
      unknownServices: (rawTable) => `SELECT ${oci.text('service')} AS service, count(*) AS rows
FROM ${rawTable}
WHERE ${serviceIndexSql(serviceKeySql(oci.text('service')))} IS NULL
GROUP BY 1 ORDER BY 2 DESC, 1`,
    };
  },
};
