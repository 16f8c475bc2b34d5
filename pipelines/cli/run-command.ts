import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import { type ConvertReport, convert } from '../convert/index.ts';
import { type Replay, startReplay } from '../demo/index.ts';
import type { Connector, ConnectorContext, DeliveredPeriod } from '../providers/connector.ts';
import { environmentSettings, namedConnector, settingsFile } from './connector-settings.ts';
import { conversionSummary } from './conversion-summary.ts';
import { ownPrices } from './convert-command.ts';
import { exitCodes } from './exit-codes.ts';
import { type ProgressDisplay, progressDisplay } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface RunCommandOptions {
  replay?: string;
  settings?: string;
  prices?: string;
  from?: string;
  out: string;
  json?: boolean;
}

/** Fetches every billing period that a connector lists, and converts them into one FOCUS file. */
export async function runCommand(
  name: string,
  options: RunCommandOptions,
  { terminal, signal }: { terminal: Terminal; signal?: AbortSignal },
): Promise<number> {
  if (options.from !== undefined && !isDay(options.from)) {
    throw new CloudActError('usage_invalid', {
      detail: `--from ${JSON.stringify(options.from)} is no day. Write it as in 2026-01-31.`,
    });
  }
  const connector = namedConnector(name);
  const hasFrom = options.from !== undefined && connector.fields.some(({ name }) => name === 'from');
  const from = hasFrom ? { from: options.from } : {};
  const given = {
    ...environmentSettings(connector, process.env),
    ...(options.settings !== undefined && (await settingsFile(options.settings))),
  };
  const replay = options.replay === undefined ? undefined : await startReplay(connector.id, options.replay, given);
  const display = progressDisplay(terminal);
  const folder = await mkdtemp(join(tmpdir(), 'cloudact-run-'));
  try {
    const settings = connector.parse({ ...given, ...replay?.settings, ...from });
    const context: ConnectorContext = {
      privateNetwork: true,
      ...(signal && { signal }),
      ...(replay && { endpoint: replay.endpoint }),
    };
    const { periods, left } = await wanted(connector, settings, context, { from: options.from, replay });
    const files = await fetched(connector, settings, periods, { folder, context, display });
    const report = await convert({
      files,
      from: connector.format(settings),
      output: options.out,
      ...(await ownPrices(options.prices)),
      onProgress: display.show,
      ...(signal && { signal }),
    });
    display.end();
    show(report, { connector, periods, left, options, terminal });
    return exitCodes.ok;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    display.end();
    await replay?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The periods to fetch, oldest first; `left` are recorded ones that the provider would not tell of today. */
async function wanted(
  connector: Connector,
  settings: unknown,
  context: ConnectorContext,
  { from = '', replay }: { from: string | undefined; replay: Replay | undefined },
): Promise<{ periods: DeliveredPeriod[]; left: string[] }> {
  const listed = await connector.list(settings, context);
  const periods = listed.filter(
    ({ billingPeriod, beingWritten }) =>
      !beingWritten &&
      billingPeriod.slice(0, 7) >= from.slice(0, 7) &&
      (replay?.billingPeriods.has(billingPeriod) ?? true),
  );
  const known = new Set(listed.map(({ billingPeriod }) => billingPeriod));
  const left = [...(replay?.billingPeriods ?? [])].filter((period) => period >= from && !known.has(period)).sort();
  if (periods.length === 0) {
    throw new CloudActError('source_incomplete', {
      detail: `${connector.title}: there is no billing period to fetch${from && ` from ${from} on`}.${left.length > 0 ? ` The answers are about ${left.join(', ')}, which is longer ago than the provider tells.` : ''}`,
    });
  }
  return { periods, left };
}

async function fetched(
  connector: Connector,
  settings: unknown,
  periods: readonly DeliveredPeriod[],
  { folder, context, display }: { folder: string; context: ConnectorContext; display: ProgressDisplay },
): Promise<string[]> {
  const files: string[] = [];
  for (const [index, period] of periods.entries()) {
    const month = period.billingPeriod.slice(0, 7);
    const own = join(folder, month);
    await mkdir(own);
    const onProgress = (share: number) =>
      display.show({ stage: 'fetch', share: (index + share) / periods.length, file: month });
    onProgress(0);
    files.push(...(await connector.fetch(settings, period, own, { ...context, onProgress })).files);
  }
  return files;
}

function show(
  report: ConvertReport,
  told: {
    connector: Connector;
    periods: readonly DeliveredPeriod[];
    left: readonly string[];
    options: RunCommandOptions;
    terminal: Terminal;
  },
): void {
  const { connector, periods, left, options, terminal } = told;
  const billingPeriods = periods.map(({ billingPeriod }) => billingPeriod);
  if (options.json) {
    // Where the fetched files lay is gone by now.
    const files = report.files.map(({ path, ...file }) => ({ ...file, path: path.split('/').slice(-2).join('/') }));
    const result = { ok: true, connector: connector.id, billingPeriods, notFetched: left, ...report, files };
    terminal.out(JSON.stringify(result, null, 2));
    return;
  }
  if (left.length > 0) {
    terminal.error(
      `Not fetched, as the provider no longer tells of them: ${left.map((period) => period.slice(0, 7)).join(', ')}`,
    );
  }
  terminal.out(conversionSummary(report));
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
