import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decimal } from '@cloudact/core/money';
import { defineQuery, type Warehouse } from '@cloudact/core/warehouse';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DemoBills, generateDemoBills } from '../demo/index.ts';
import { awsUsage } from '../providers/focus-file/test-bill.ts';
import { executeRun } from './execute-run.ts';
import { createRunStore } from './run-store.ts';
import type { LoadProgress } from './stages.ts';
import { billedByMonth, type DemoOrg, fingerprint, openDemoOrg } from './testing/demo-org.ts';

/** October as a whole, November as of the 2nd and of the 4th: small enough to load in every test. */
let inbox: string;
let early: DemoBills;
let late: DemoBills;
let demo: DemoOrg;

beforeAll(async () => {
  inbox = await mkdtemp(join(tmpdir(), 'runs-inbox-'));
  [early] = (await generateDemoBills({
    providers: ['aws'],
    directory: join(inbox, 'early'),
    endMonth: '2026-11',
    today: '2026-11-02',
    months: 2,
  })) as [DemoBills];
  [late] = (await generateDemoBills({
    providers: ['aws'],
    directory: join(inbox, 'late'),
    endMonth: '2026-11',
    today: '2026-11-04',
    months: 1,
  })) as [DemoBills];
}, 120_000);
afterAll(() => rm(inbox, { recursive: true, force: true }));
beforeEach(async () => {
  demo = await openDemoOrg(inbox);
});
afterEach(() => demo.close());

const filesOf = (bills: DemoBills) => bills.months.flatMap(({ files }) => files);
const totalOf = (bills: DemoBills, month: string) =>
  decimal(bills.months.find((candidate) => candidate.month === month)!.total);

let runs = 0;
function run(files: readonly string[], options: Partial<Parameters<typeof executeRun>[0]> = {}) {
  runs += 1;
  const { warehouse, org } = demo;
  return executeRun({ warehouse, org, integrationId: 'aws-demo', files, runId: `run_${runs}`, ...options });
}
const dataset = () => demo.warehouse.forOrg(demo.org);
const store = () => createRunStore(demo.warehouse.control);
const november = () => filesOf(late);

describe('executeRun', () => {
  test('a bill is in place with the totals of its source, and the run says so', async () => {
    const progress: LoadProgress[] = [];
    const loaded = await run(filesOf(early), { onProgress: (step) => progress.push(step), runId: 'first' });
    expect(loaded).toMatchObject({ provider: 'aws-cur', billingPeriods: ['2026-10-01', '2026-11-01'] });
    expect(await billedByMonth(dataset())).toEqual({
      'aws-demo 2026-10': totalOf(early, '2026-10'),
      'aws-demo 2026-11': totalOf(early, '2026-11'),
    });
    expect(await store().get(demo.org, 'first')).toMatchObject({
      state: 'succeeded',
      progress: 1,
      provider: 'aws-cur',
      integrationId: 'aws-demo',
      rowsRead: early.months[0]!.rows + early.months[1]!.rows,
      rowsWritten: loaded.rowsWritten,
      error: null,
    });
    expect([...new Set(progress.map(({ stage }) => stage))]).toEqual([
      'reading',
      'converting',
      'checking',
      'publishing',
    ]);
    const shares = progress.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
  });

  test('every line as delivered is kept, in its billing period, under a file name that is its own', async () => {
    await run(filesOf(early));
    const rawByFile = defineQuery<Record<string, never>, { file: string; month: string; rows: string }>({
      name: 'raw_by_file',
      params: {},
      sql: (dialect) => `SELECT x_SourceFile AS file, ${dialect.dateText('billing_period')} AS month, count(*) AS rows
        FROM raw_aws_cur WHERE org_slug = ${dialect.param('org_slug')} GROUP BY 1, 2 ORDER BY 1, 2`,
    });
    const rows = await dataset().rows(rawByFile, {});
    expect(rows.map(({ file, month, rows }) => [file, month, Number(rows)])).toEqual([
      ['20261001-20261101/larkmoor-cost-and-usage-00001.csv.gz', '2026-10-01', early.months[0]!.rows],
      ['20261101-20261201/larkmoor-cost-and-usage-00001.csv.gz', '2026-11-01', early.months[1]!.rows],
    ]);
  });

  test('the same files any number of times leave the same tables', async () => {
    await run(november());
    const once = await fingerprint(dataset());
    expect(Number(once.cost_data_standard_1_3!.rows)).toBeGreaterThan(500);
    await run(november());
    await run(november());
    expect(await fingerprint(dataset())).toEqual(once);
  });

  test('a restated month replaces the old one, once, and touches no other month and no other integration', async () => {
    await run(filesOf(early));
    await run(november(), { integrationId: 'aws-second' });
    await run(november());
    expect(await billedByMonth(dataset())).toEqual({
      'aws-demo 2026-10': totalOf(early, '2026-10'),
      'aws-demo 2026-11': totalOf(late, '2026-11'),
      'aws-second 2026-11': totalOf(late, '2026-11'),
    });
  });

  test('a month is complete once it has ended and every charge is on an invoice, not before', async () => {
    const closed = defineQuery<Record<string, never>, { month: string; closed: boolean }>({
      name: 'closed_periods',
      params: {},
      sql: (dialect) => `SELECT ${dialect.dateText('BillingPeriodStart')} AS month, Closed AS closed FROM _loads
        WHERE org_slug = ${dialect.param('org_slug')} ORDER BY 1`,
    });
    const months = async () => (await dataset().rows(closed, {})).map((row) => [row.month, row.closed]);
    await run(filesOf(early), { extractedAt: '2026-10-31T23:59:59Z' });
    expect(await months()).toEqual([
      ['2026-10-01', false],
      ['2026-11-01', false],
    ]);
    await run(filesOf(early), { extractedAt: '2026-12-24T00:00:00Z' });
    expect(await months()).toEqual([
      ['2026-10-01', true],
      ['2026-11-01', false],
    ]);
  });

  test('a FOCUS file is loaded with the total of its source', async () => {
    const file = join(inbox, 'focus.csv');
    const cell = (text: string | null) => `"${(text ?? '').replaceAll('"', '""')}"`;
    const lines = [Object.keys(awsUsage), Object.values(awsUsage), Object.values({ ...awsUsage, BilledCost: '0.25' })];
    await writeFile(file, lines.map((line) => line.map(cell).join(',')).join('\n'));
    expect(await run([file])).toMatchObject({ provider: 'focus', rowsWritten: 2 });
    expect(await billedByMonth(dataset())).toEqual({ 'aws-demo 2024-09': '0.75' });
  });

  test('a FOCUS row that the cost table has no place for is an unreadable row, and changes nothing', async () => {
    await run(november());
    const before = await fingerprint(dataset());
    const file = join(inbox, 'no-service.csv');
    const cell = (text: string | null) => `"${(text ?? '').replaceAll('"', '""')}"`;
    const lines = [Object.keys(awsUsage), Object.values(awsUsage), Object.values({ ...awsUsage, ServiceName: null })];
    await writeFile(file, lines.map((line) => line.map(cell).join(',')).join('\n'));
    await expect(run([file], { runId: 'no-service' })).rejects.toMatchObject({
      code: 'rows_unreadable',
      faults: [{ file: 'no-service.csv', row: 2, column: 'ServiceName' }],
    });
    expect(await fingerprint(dataset())).toEqual(before);
    expect((await store().get(demo.org, 'no-service'))!.error!.detail).toContain('row 2, column ServiceName');
  });

  test('an older reading does not replace a newer one', async () => {
    await run(november(), { extractedAt: '2026-11-05T00:00:00Z' });
    const before = await fingerprint(dataset());
    await expect(run([early.months[1]!.files[0]!], { extractedAt: '2026-11-03T00:00:00Z' })).rejects.toMatchObject({
      code: 'load_stale',
    });
    expect(await fingerprint(dataset())).toEqual(before);
  });

  test('a bill that does not add up changes nothing, and the run says by how much', async () => {
    await run(november());
    const before = await fingerprint(dataset());
    const lines = gunzipSync(await readFile(november()[0]!))
      .toString()
      .split('\n');
    const missing = lines.findIndex((line) => line.includes(',SavingsPlanNegation,'));
    const broken = join(inbox, 'one-line-short.csv');
    await writeFile(broken, lines.toSpliced(missing, 1).join('\n'));

    await expect(run([broken], { runId: 'short' })).rejects.toMatchObject({ code: 'totals_differ' });
    expect(await fingerprint(dataset())).toEqual(before);
    const failed = await store().get(demo.org, 'short');
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'totals_differ' } });
    expect(failed!.error!.detail).toContain('2026-11-01 USD');
  });

  test('what the run tells the customer about a file names it without our directories', async () => {
    await mkdir(join(inbox, 'odd'), { recursive: true });
    const odd = join(inbox, 'odd', 'notes.csv');
    await writeFile(odd, 'day,weather\n2026-11-01,rain\n');
    await expect(run([odd], { runId: 'odd' })).rejects.toMatchObject({ code: 'file_format_unknown' });
    const failed = await store().get(demo.org, 'odd');
    expect(failed!.error!.detail).toContain('notes.csv');
    expect(failed!.error!.detail).not.toContain(inbox);
  });

  test('a stopped run changes nothing, is queued again, and can be run to its end', async () => {
    await copyFile(early.months[1]!.files[0]!, join(inbox, 'first-days.csv.gz'));
    await run([join(inbox, 'first-days.csv.gz')]);
    const before = await fingerprint(dataset());
    for (const stage of ['reading', 'converting', 'publishing'] as const) {
      const stop = new AbortController();
      const onProgress = (step: LoadProgress) => {
        if (step.stage === stage) stop.abort(new Error(`stopped while ${stage}`));
      };
      await expect(run(november(), { runId: 'stopped', signal: stop.signal, onProgress })).rejects.toThrow(
        /stopped while/,
      );
      expect(await store().get(demo.org, 'stopped'), stage).toMatchObject({
        state: 'queued',
        progress: 0,
        startedAt: null,
      });
      expect(await fingerprint(dataset()), stage).toEqual(before);
    }
    await run(november(), { runId: 'stopped' });
    expect(await billedByMonth(dataset())).toEqual({ 'aws-demo 2026-11': totalOf(late, '2026-11') });
    expect(await store().get(demo.org, 'stopped')).toMatchObject({ state: 'succeeded' });
  });

  test.each([
    ['focus.parquet', '2024-09'],
    [join('BILLING_PERIOD=2024-09', 'bill[1].parquet'), '2024-09'],
  ])(
    'a Parquet bill %s is loaded with the total of its source, whatever its columns are called',
    async (name, month) => {
      const file = join(inbox, 'parquet', name);
      await mkdir(dirname(file), { recursive: true });
      await writeParquet(join(inbox, 'parquet', 'BILLING_PERIOD=2024-09', 'bill1.parquet'), [
        { ...awsUsage, BilledCost: '9' },
      ]);
      await writeParquet(file, [
        { ...awsUsage, 'team.name': 'web', pg_backend: 'a', '7': 'b', BILLING_PERIOD: 'own' },
        { ...awsUsage, BilledCost: '0.25', 'team.name': 'db', pg_backend: null, '7': 'c', BILLING_PERIOD: 'own' },
      ]);
      expect(await run([file])).toMatchObject({ provider: 'focus', rowsRead: 2, rowsWritten: 2 });
      expect(await billedByMonth(dataset())).toEqual({ [`aws-demo ${month}`]: '0.75' });
      const extensions = defineQuery<Record<string, never>, Record<string, string | null>>({
        name: 'extensions',
        params: {},
        sql: (dialect) => `SELECT x_team_name, x_pg_backend, x_7, x_BILLING_PERIOD FROM cost_data_standard_1_3
        WHERE org_slug = ${dialect.param('org_slug')} ORDER BY 1`,
      });
      expect(await dataset().rows(extensions, {})).toEqual([
        { x_team_name: 'db', x_pg_backend: null, x_7: 'c', x_BILLING_PERIOD: 'own' },
        { x_team_name: 'web', x_pg_backend: 'a', x_7: 'b', x_BILLING_PERIOD: 'own' },
      ]);
    },
  );

  test.each(['b', 'b[1]'])(
    'a CSV bill is the file of its name, not one that the name matches (in %s)',
    async (folder) => {
      const bill = (cost: string) =>
        `${lineOf(Object.keys(awsUsage))}\n${lineOf(Object.values({ ...awsUsage, BilledCost: cost }))}\n`;
      await mkdir(join(inbox, folder), { recursive: true });
      await writeFile(join(inbox, folder, 'bill[1].csv'), bill('0.5'));
      await writeFile(join(inbox, folder, 'bill1.csv'), bill('9'));
      await demo.close();
      demo = await openDemoOrg(join(inbox, folder));
      await run([join(inbox, folder, 'bill[1].csv')]);
      expect(await billedByMonth(dataset())).toEqual({ 'aws-demo 2024-09': '0.5' });
    },
  );

  test('a queued run is taken once, however many come for it', async () => {
    const files = november();
    await store().create({
      id: 'wanted',
      org: demo.org,
      integrationId: 'aws-demo',
      source: { files: [], from: 'auto' },
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => run(files, { runId: 'wanted' })));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code);
    expect(refused).toEqual(['conflict', 'conflict']);
    expect(await store().get(demo.org, 'wanted')).toMatchObject({ state: 'succeeded' });
    expect(await dataset().dataVersion()).toBe(1);
  });

  test('a run whose row cannot be written throws what it failed of', async () => {
    const odd = join(inbox, 'unnoted.csv');
    await writeFile(odd, 'day,weather\n2026-11-01,rain\n');
    const { warehouse: real } = demo;
    const warehouse: Warehouse = Object.create(real, {
      control: {
        value: {
          ...real.control,
          write: async (statements: Parameters<typeof real.control.write>[0]) => {
            if (statements.some(({ query }) => query.name === 'fail_run')) throw new Error('the control file is gone');
            return real.control.write(statements);
          },
        },
      },
      forOrg: { value: real.forOrg.bind(real) },
    });
    await expect(run([odd], { warehouse })).rejects.toMatchObject({ code: 'file_format_unknown' });
  });

  test('a run that is done is not run again', async () => {
    await run(november(), { runId: 'done' });
    await expect(run(november(), { runId: 'done' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await store().get(demo.org, 'done')).toMatchObject({ state: 'succeeded' });
  });
});

const lineOf = (cells: readonly (string | null)[]) =>
  cells.map((text) => `"${(text ?? '').replaceAll('"', '""')}"`).join(',');

/** Rows of text as a Parquet file, in columns of text. */
async function writeParquet(file: string, rows: readonly Record<string, string | null>[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const workbench = await openWorkbench({ inputs: [], outputs: [file] });
  const literal = (text: string | null | undefined) =>
    text === null || text === undefined ? 'CAST(NULL AS VARCHAR)' : `'${text.replaceAll("'", "''")}'`;
  const selects = rows.map(
    (row) =>
      `SELECT ${Object.entries(row)
        .map(([name, text]) => `${literal(text)} AS "${name}"`)
        .join(', ')}`,
  );
  await workbench.run(`COPY (${selects.join(' UNION ALL ')}) TO '${file}' (FORMAT parquet)`);
  await workbench.close();
}
