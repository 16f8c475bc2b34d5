import type { LoadSession } from '@cloudact/core/warehouse';
import { quoteText } from '../landing/index.ts';
import { billFormats } from '../providers/registry.ts';
import { rawTableName } from './load-bill.ts';
import { replayPeriods } from './replay.ts';
import { noSuchTable } from './stored-rows.ts';

/**
 * Computes the usage of billing periods anew that is in place, of every integration, because it became known who it was for.
 * Where that changes nothing, nothing is replaced. Returns what was: `integration YYYY-MM-01`.
 */
export async function splitAgain(
  session: LoadSession,
  options: { billingPeriods: readonly string[]; runId: string },
): Promise<string[]> {
  const { billingPeriods, runId } = options;
  const months = billingPeriods.map((period) => `CAST(${quoteText(period)} AS DATE)`).join(', ');
  const replaced: string[] = [];
  for (const { id, isUsage } of billFormats) {
    if (!isUsage) continue;
    const loaded = await session
      .rows<{ integration: string; period: string }>(
        `SELECT DISTINCT x_IntegrationId AS integration, CAST(billing_period AS VARCHAR) AS period FROM ${rawTableName(id)}
        WHERE org_slug = $org_slug AND billing_period IN (${months}) ORDER BY 1, 2`,
      )
      .catch(noSuchTable);
    for (const { integration, period } of loaded) {
      const replay = await replayPeriods(session, {
        integrationId: integration,
        format: id,
        billingPeriods: [period],
        commit: true,
        runId,
      });
      if (replay.committed) replaced.push(`${integration} ${period}`);
    }
  }
  return replaced;
}
