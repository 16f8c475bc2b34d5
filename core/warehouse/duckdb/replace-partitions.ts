import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { contractCommitmentColumns, costAndUsageColumns } from '../../focus/index.ts';
import { datasetName, type OrgSlug } from '../../org.ts';
import type { CellValue, PartitionReplacement } from '../port.ts';
import { datasetTables, rollupDimensions, rollupMetrics, usageAttributionColumns } from '../tables.ts';
import { inTransaction } from './datasets.ts';
import { checkStagedCost, checkStagedRaw, columnList, columnsOf, refuse } from './staged-table.ts';
import { bindCells, quoteName, rowsBound, runBound } from './values.ts';

/**
 * Puts what is staged on the connection in the place of what (org, integration, billing period) held: cost rows, raw
 * rows, daily roll-up, load record and data version, in one transaction. A reader sees all of it or nothing.
 *
 * Throws `load_refused` when the staged rows do not fit, `load_stale` when a newer extraction is in place.
 */
export async function replacePartitions(
  connection: DuckDBConnection,
  org: OrgSlug,
  replacement: PartitionReplacement,
): Promise<{ dataVersion: number; rows: number }> {
  checkReplacement(replacement);
  const staged = await columnsOf(connection, 'temp', replacement.costTable);
  const dataset = datasetName(org);
  const table = (name: string) => `${quoteName(dataset)}.main.${quoteName(name)}`;
  const cost = checkStagedCost(staged, await columnsOf(connection, dataset, datasetTables.cost));
  const from = `temp.main.${quoteName(replacement.costTable)}`;
  const { unpricedUsageTable } = replacement;
  const unpriced =
    unpricedUsageTable === undefined
      ? undefined
      : checkStagedCost(
          await columnsOf(connection, 'temp', unpricedUsageTable),
          await columnsOf(connection, dataset, datasetTables.unpricedUsage),
        );
  const beside = tablesBeside(replacement, unpriced?.columns ?? []);
  const { integrationId, billingPeriods, runId } = replacement;
  const extractedAt = new Date(replacement.extractedAt).toISOString().replace('T', ' ').slice(0, 23);
  const key: Record<string, CellValue> = { org, integrationId };
  const periods = billingPeriods.map((period) => `DATE '${period}'`).join(', ');
  const partition = 'org_slug = $org AND x_IntegrationId = $integrationId';

  await checkCostRows(connection, from, billingPeriods);
  const raw = replacement.raw && {
    ...replacement.raw,
    from: `temp.main.${quoteName(replacement.raw.table)}`,
    columns: await columnsOf(connection, 'temp', replacement.raw.table),
  };
  if (raw) await checkRawRows(connection, raw.from, billingPeriods);

  return inTransaction(connection, async () => {
    const run = (sql: string, params: Record<string, CellValue> = {}) => runBound(connection, sql, bindCells(params));

    await refuseStale(connection, table(datasetTables.loads), replacement, org, extractedAt, periods);

    for (const column of cost.added)
      await run(`ALTER TABLE ${table(datasetTables.cost)} ADD COLUMN ${quoteName(column)} VARCHAR`);
    await run(
      `DELETE FROM ${table(datasetTables.cost)} WHERE ${partition} AND ${monthOf('BillingPeriodStart')} IN (${periods})`,
      key,
    );
    await run(
      `INSERT INTO ${table(datasetTables.cost)} (org_slug, x_IntegrationId, ${columnList(cost.columns)})
       SELECT $org, $integrationId, ${columnList(cost.columns)} FROM ${from}`,
      key,
    ).catch(explainConstraint);

    for (const column of unpriced?.added ?? [])
      await run(`ALTER TABLE ${table(datasetTables.unpricedUsage)} ADD COLUMN ${quoteName(column)} VARCHAR`);
    for (const { name, staged: source, columns, month } of beside) {
      await run(`DELETE FROM ${table(name)} WHERE ${partition} AND ${month} IN (${periods})`, key);
      if (source === undefined) continue;
      await run(
        `INSERT INTO ${table(name)} (org_slug, x_IntegrationId, ${columnList(columns)})
         SELECT $org, $integrationId, ${columnList(columns)} FROM temp.main.${quoteName(source)} WHERE ${month} IN (${periods})`,
        key,
      ).catch(explainConstraint);
    }

    const daily = table(datasetTables.costDaily);
    await run(`DELETE FROM ${daily} WHERE ${partition} AND BillingPeriodStart IN (${periods})`, key);
    await run(
      `INSERT INTO ${daily} (org_slug, x_IntegrationId, BillingPeriodStart, ChargeDate, ${columnList(rollupDimensions)}, ${columnList(rollupMetrics)}, ChargeCount)
       SELECT $org, $integrationId, ${monthOf('BillingPeriodStart')}, CAST(ChargePeriodStart AS DATE), ${columnList(rollupDimensions)},
              ${rollupMetrics.map((metric) => `SUM(${metric})`).join(', ')}, count(*)
       FROM ${from} GROUP BY ALL ORDER BY ALL`,
      key,
    );

    if (raw) {
      const target = table(raw.name);
      const inPlace = await columnsOf(connection, dataset, raw.name);
      const added = checkStagedRaw(raw.name, raw.columns, inPlace);
      if (inPlace.size === 0) {
        await run(
          `CREATE TABLE ${target} (org_slug VARCHAR NOT NULL, x_IntegrationId VARCHAR NOT NULL, billing_period DATE NOT NULL)`,
        );
      }
      for (const column of added) {
        await run(`ALTER TABLE ${target} ADD COLUMN ${quoteName(column)} ${raw.columns.get(column)}`);
      }
      await run(`DELETE FROM ${target} WHERE ${partition} AND billing_period IN (${periods})`, key);
      const columns = [...raw.columns.keys()].filter((column) => column !== 'billing_period');
      await run(
        `INSERT INTO ${target} (${columnList(['org_slug', 'x_IntegrationId', 'billing_period', ...columns])})
         SELECT ${['$org', '$integrationId', 'CAST(billing_period AS DATE)', ...columns.map(quoteName)].join(', ')} FROM ${raw.from}`,
        key,
      );
    }

    const loads = table(datasetTables.loads);
    await run(`DELETE FROM ${loads} WHERE ${partition} AND BillingPeriodStart IN (${periods})`, key);
    for (const period of billingPeriods) {
      await run(
        `INSERT INTO ${loads} (org_slug, x_IntegrationId, BillingPeriodStart, RunId, ExtractedAt, LoadedAt, "Rows", ChargesThrough, Closed, SourceToken)
         SELECT $org, $integrationId, DATE '${period}', $runId, CAST($extractedAt AS TIMESTAMP), CAST(now() AS TIMESTAMP), count(*),
                max(CAST(ChargePeriodStart AS DATE)) FILTER (WHERE ChargeCategory = 'Usage'), $closed, $token
         FROM ${from} WHERE ${monthOf('BillingPeriodStart')} = DATE '${period}'`,
        {
          ...key,
          runId,
          extractedAt,
          closed: replacement.closedPeriods?.includes(period) ?? false,
          token: replacement.sourceTokens?.[period] ?? null,
        },
      );
    }

    if (replacement.ownPrices !== undefined) {
      await run(
        `INSERT INTO ${table(datasetTables.ownPrices)} (org_slug, RecordedAt, RunId, Document)
         VALUES ($org, CAST(now() AS TIMESTAMP), $runId, $document)`,
        { org, runId, document: replacement.ownPrices },
      );
    }

    const version = table(datasetTables.version);
    await run(`UPDATE ${version} SET DataVersion = DataVersion + 1 WHERE org_slug = $org`, { org });
    const [state] = await rowsBound<{ version: string; rows: string }>(
      connection,
      `SELECT DataVersion AS version, (SELECT count(*) FROM ${from}) AS rows FROM ${version} WHERE org_slug = $org`,
      bindCells({ org }),
    );
    return { dataVersion: Number(state!.version), rows: Number(state!.rows) };
  });
}

interface TableBeside {
  name: string;
  /** Undefined: replaced by nothing. */
  staged: string | undefined;
  columns: readonly string[];
  /** SQL of the billing period of a row, in the table and as staged. */
  month: string;
}

/** What a load replaces beside the cost table, the roll-up and the raw rows. */
function tablesBeside(replacement: PartitionReplacement, unpricedColumns: readonly string[]): TableBeside[] {
  return [
    {
      name: datasetTables.contractCommitments,
      staged: replacement.contractCommitmentTable,
      columns: [...contractCommitmentColumns.map(({ id }) => id), 'x_BillingPeriodStart'],
      month: 'x_BillingPeriodStart',
    },
    {
      name: datasetTables.unpricedUsage,
      staged: replacement.unpricedUsageTable,
      columns: unpricedColumns,
      month: monthOf('BillingPeriodStart'),
    },
    {
      name: datasetTables.usageAttribution,
      staged: replacement.usageAttributionTable,
      columns: ['BillingPeriodStart', ...Object.keys(usageAttributionColumns)],
      month: 'BillingPeriodStart',
    },
  ];
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])-01$/;

function checkReplacement({
  integrationId,
  billingPeriods,
  runId,
  extractedAt,
  closedPeriods = [],
  sourceTokens = {},
}: PartitionReplacement): void {
  if (!integrationId || !runId) refuse('A load needs an integrationId and a runId');
  if (Number.isNaN(Date.parse(extractedAt)) || !/(Z|[+-]\d\d:\d\d)$/.test(extractedAt)) {
    refuse(`extractedAt "${extractedAt}" is not a time in ISO 8601 with its offset`);
  }
  if (billingPeriods.length === 0) refuse('A load names at least one billing period');
  if (new Set(billingPeriods).size !== billingPeriods.length) refuse('A billing period is named twice');
  for (const period of billingPeriods) if (!MONTH.test(period)) refuse(`"${period}" is not the first day of a month`);
  for (const period of closedPeriods) {
    if (!billingPeriods.includes(period)) refuse(`The closed period ${period} is not among the billing periods`);
  }
  for (const period of Object.keys(sourceTokens)) {
    if (!billingPeriods.includes(period)) refuse(`The token of ${period} is for none of the billing periods`);
  }
}

/** Every row lies in a billing period that is replaced, and what FOCUS calls JSON is JSON. */
async function checkCostRows(connection: DuckDBConnection, from: string, periods: readonly string[]): Promise<void> {
  const json = costAndUsageColumns.filter(({ dataType }) => dataType === 'JSON').map(({ id }) => id);
  const found = await rowsBound<Record<string, string | null>>(
    connection,
    `SELECT CAST(${monthOf('BillingPeriodStart')} AS VARCHAR) AS period, count(*) AS rows,
            ${json.map((id) => `count(*) FILTER (WHERE ${id} IS NOT NULL AND NOT json_valid(${id})) AS ${id}`).join(', ')}
     FROM ${from} GROUP BY 1 ORDER BY 1 NULLS FIRST`,
  );
  for (const { period, rows, ...invalid } of found) {
    refuseStrayPeriod(period ?? null, rows ?? '', 'BillingPeriodStart', periods);
    for (const [id, count] of Object.entries(invalid)) {
      if (count !== '0') refuse(`${count} staged rows of ${period} hold text in ${id} that is not JSON`);
    }
  }
}

async function checkRawRows(connection: DuckDBConnection, from: string, periods: readonly string[]): Promise<void> {
  const found = await rowsBound<{ period: string | null; rows: string }>(
    connection,
    `SELECT CAST(billing_period AS VARCHAR) AS period, count(*) AS rows FROM ${from} GROUP BY 1 ORDER BY 1 NULLS FIRST`,
  );
  for (const { period, rows } of found) refuseStrayPeriod(period, rows, 'billing_period', periods);
}

function refuseStrayPeriod(period: string | null, rows: string, column: string, periods: readonly string[]): void {
  if (period !== null && periods.includes(period)) return;
  refuse(
    `${rows} staged rows have ${column} in ${period ?? 'no billing period'}, which this load does not replace; it replaces ${periods.join(', ')}`,
  );
}

async function refuseStale(
  connection: DuckDBConnection,
  loads: string,
  { integrationId, runId }: PartitionReplacement,
  org: OrgSlug,
  extractedAt: string,
  periods: string,
): Promise<void> {
  const newer = await rowsBound<{ period: string; run: string; at: string }>(
    connection,
    `SELECT CAST(BillingPeriodStart AS VARCHAR) AS period, RunId AS run, CAST(ExtractedAt AS VARCHAR) AS at FROM ${loads}
     WHERE org_slug = $org AND x_IntegrationId = $integrationId AND BillingPeriodStart IN (${periods})
       AND ExtractedAt > CAST($extractedAt AS TIMESTAMP) ORDER BY 1`,
    bindCells({ org, integrationId, extractedAt }),
  );
  if (newer.length === 0) return;
  const places = newer.map(({ period, run, at }) => `${period} (run ${run}, read from the source at ${at} UTC)`);
  throw new CloudActError('load_stale', {
    detail: `Run ${runId} read its source at ${extractedAt} UTC, but newer data is in place for ${places.join(', ')}. Nothing was changed; run it again to read the source anew.`,
  });
}

function explainConstraint(error: unknown): never {
  const column = error instanceof Error && /NOT NULL constraint failed: \w+\.(\w+)/.exec(error.message)?.[1];
  if (column) refuse(`Staged rows have no ${column}, which FOCUS 1.3 requires in every row`);
  throw error;
}

function monthOf(column: string): string {
  return `CAST(date_trunc('month', ${column}) AS DATE)`;
}
