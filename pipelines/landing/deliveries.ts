import { dirname, resolve } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import type { BillPlan } from '../providers/bill-format.ts';
import { type LandingSession, quoteName, quoteText } from './session.ts';

/**
 * Refuses a bill of which one billing period lies in two folders with the same charges: exports that keep every
 * delivery put each into a folder of its own, and the charges of both would count. `names` are the `x_SourceFile` of
 * `files`. Looks at the charges only where a billing period comes from more than one folder.
 *
 * Throws `usage_invalid`.
 */
export async function refuseDeliveredTwice(
  session: LandingSession,
  table: string,
  plan: BillPlan,
  files: readonly string[],
  names: readonly string[],
): Promise<void> {
  const folders = files.map((file) => dirname(resolve(file)));
  if (!plan.duplicateKey?.length || new Set(folders).size < 2) return;
  const owners = names.map((name, index) => `(${quoteText(name)}, ${quoteText(folders[index]!)})`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE landing_folders AS SELECT * FROM (VALUES ${owners.join(', ')}) v(file, folder)`,
  );
  const period = `TRY(${plan.billingPeriod})`;
  const rows = `${table} JOIN landing_folders ON "x_SourceFile" = file`;
  const shared = await session.rows<{ period: string }>(
    `SELECT CAST(${period} AS VARCHAR) AS period FROM ${rows} GROUP BY 1 HAVING min(folder) <> max(folder)`,
  );
  const periods = shared.map((row) => row.period).filter((text) => text !== null);
  if (periods.length > 0) {
    const key = plan.duplicateKey.map(quoteName);
    const [twice] = await session.rows<{ period: string; one: string; other: string }>(
      `SELECT CAST(min(${period}) AS VARCHAR) AS period, min(folder) AS one, max(folder) AS other FROM ${rows}
      WHERE CAST(${period} AS VARCHAR) IN (${periods.map(quoteText).join(', ')})
        AND ${key.map((column) => `${column} IS NOT NULL`).join(' AND ')}
      GROUP BY ${key.join(', ')} HAVING min(folder) <> max(folder) LIMIT 1`,
    );
    if (twice) throw deliveredTwice(twice);
  }
  await session.run('DROP TABLE landing_folders');
}

function deliveredTwice({ period, one, other }: { period: string; one: string; other: string }): CloudActError {
  return new CloudActError('usage_invalid', {
    detail: `The bill of ${period.slice(0, 7)} is delivered twice: ${one} and ${other} hold the same charges. Give the newest delivery only.`,
  });
}
