import { CloudActError } from '@cloudact/core/errors';
import type { BillFormat } from '../bill-format.ts';
import { contractCommitmentsSql } from './contract-commitments.ts';
import { controlTotalsSql, differenceCausesSql, refusalsSql } from './control-totals.ts';
import { extensionColumns } from './extensions.ts';
import { type AzureHeader, azureHeader, isCostDetails, neededColumns } from './header.ts';
import { azureRow, rowRules } from './rows.ts';
import { placedCtes, toFocusSql } from './to-focus.ts';

/** Exports of Cost Management, ActualCost and AmortizedCost, of an Enterprise Agreement, a Customer Agreement or pay-as-you-go. */
export const azureCostDetails: BillFormat = {
  id: 'azure-cost-details',
  title: 'Azure cost details: actual and amortized, EA, MCA and pay-as-you-go',
  recognises: isCostDetails,
  plan(names) {
    const header = azureHeader(names);
    const missing = neededColumns.filter((column) => !header.has(column));
    if (missing.length > 0) {
      throw new CloudActError('file_format_unknown', {
        detail: `This looks like Azure cost details, but it lacks ${missing.join(', ').replaceAll('_', ' ')}. Export it again with its standard columns.`,
      });
    }
    const row = azureRow(header);
    return {
      columns: header.columns,
      nullTokens: [],
      rowRules: rowRules(header, row),
      extensionColumns,
      toFocus: (rawTable) => toFocusSql(header, rawTable),
      billingPeriod: row.billingPeriod,
      controlTotals: (rawTable) => controlTotalsSql(header, rawTable),
      refusals: (rawTable) => refusalsSql(header, rawTable),
      differenceCauses: (rawTable) => differenceCausesSql(header, rawTable),
      contractCommitments: (rawTable) => contractCommitmentsSql(header, rawTable),
      unknownServices: (rawTable) => unknownServicesSql(header, rawTable),
    };
  },
};

/** Counted under a condition: as a WHERE, DuckDB would write the look-ups out again inside each other. */
function unknownServicesSql(header: AzureHeader, rawTable: string): string {
  return `WITH ${placedCtes(header, rawTable)}
SELECT COALESCE(publisher_name, meter_category, consumed_service, 'Azure') AS service, count(*) FILTER (WHERE service IS NULL) AS rows
FROM placed GROUP BY ALL HAVING count(*) FILTER (WHERE service IS NULL) > 0 ORDER BY 2 DESC, 1`;
}
