import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listen } from '@cloudact/backend';
import { nowhere, openTestBackend } from '@cloudact/backend/testing';
import { parseOrgSlug } from '@cloudact/core/org';
import type { Warehouse } from '@cloudact/core/warehouse';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { executeRun } from '@cloudact/pipelines';
import autocannon from 'autocannon';
import { benchmarkCur, outputDirectory, printTable } from './measure.ts';

const org = parseOrgSlug('bench_org');
const CLIENTS = 32;
const SECONDS = 10;

/**
 * `GET /v1/costs` over one organisation's rows, 32 clients: questions nobody asked before (the warehouse answers),
 * questions asked before (finished JSON); beside a route that does nothing: the limit that this machine's HTTP stack
 * sets. Client and server share the machine.
 */
export async function measureCostReads(rows: number): Promise<void> {
  const directory = join(outputDirectory, `warehouse-${rows}`);
  const fresh = !existsSync(directory);
  const warehouse = await openDuckDBWarehouse({ directory, inboxDirectories: [outputDirectory], memoryLimit: '4GB' });
  if (fresh) await load(warehouse, rows);

  const unlimited = 100_000_000;
  const limits = {
    requestsPerMinute: unlimited,
    principalRequestsPerMinute: unlimited,
    organisationRequestsPerMinute: unlimited,
  };
  // Costs ask nothing of Supabase, so nothing has to run there.
  const backend = await openTestBackend({ warehouse, limits }, nowhere);
  const url = await listen(backend.app, { port: 0, host: '127.0.0.1' });
  const { key } = await backend.deps.identity.apiKeys.issue({ org, name: 'bench', scopes: ['costs:read'] });

  const authorization = `Bearer ${key}`;
  const repeated = question(0);
  let asked = 1;
  const lines = [
    await load32('no-op route', url, () => '/health/live'),
    await load32('new question, from the daily roll-up', url, () => question(asked++), { authorization }),
    await load32('new question, from all rows (a tag)', url, () => `${question(asked++)}&group_by=tag:team`, {
      authorization,
    }),
    await load32('question asked before', url, () => repeated, { authorization }),
  ];
  const noop = Number(lines[0]![1]);
  printTable(
    `Cost reads: ${rows.toLocaleString('en')} rows of one organisation, ${CLIENTS} clients, ${SECONDS} s each`,
    ['', 'requests/s', 'p50 ms', 'p95 ms', 'p99 ms', 'of no-op'],
    lines.map((line) => [...line, `${((Number(line[1]) / noop) * 100).toFixed(1)}%`]),
  );
  await backend.close();
}

async function load(warehouse: Warehouse, rows: number): Promise<void> {
  const file = await benchmarkCur(rows);
  console.log('Loading it into the warehouse …');
  await warehouse.createDataset(org);
  const started = performance.now();
  await executeRun({ warehouse, org, integrationId: 'aws-bench', files: [file], runId: randomUUID() });
  console.log(`Loaded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

const groupings = ['ServiceName', 'SubAccountName', 'RegionId', 'ServiceCategory', 'ChargeCategory'];
const metrics = ['EffectiveCost', 'BilledCost', 'ListCost', 'ContractedCost'];

/** The n-th of many different questions: a window of 30 to 400 days, a grouping, a metric, the ten largest. */
function question(n: number): string {
  const day = (offset: number) => new Date(Date.now() - offset * 86_400_000).toISOString().slice(0, 10);
  const from = 30 + ((n * 7) % 370);
  return `/v1/costs?${new URLSearchParams({
    metric: metrics[n % 4]!,
    granularity: from > 95 ? 'month' : 'day',
    from: day(from),
    to: day(n % 29),
    group_by: groupings[n % 5]!,
    top: String(5 + (n % 23)),
  })}`;
}

async function load32(
  name: string,
  url: string,
  path: () => string,
  headers: Record<string, string> = {},
): Promise<string[]> {
  const milliseconds: number[] = [];
  let refused = 0;
  const { errors, requests } = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections: CLIENTS,
        duration: SECONDS,
        requests: [{ method: 'GET', headers, setupRequest: (request) => ({ ...request, path: path() }) }],
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
    instance.on('response', (_client, status, _bytes, responseTime) => {
      milliseconds.push(responseTime);
      if (status !== 200 && status !== 304) refused += 1;
    });
  });
  if (refused > 0 || errors > 0) throw new Error(`${name}: ${refused} answers were refused, ${errors} requests failed`);
  milliseconds.sort((a, b) => a - b);
  const percentile = (share: number) => (milliseconds[Math.floor(share * (milliseconds.length - 1))] ?? 0).toFixed(1);
  return [name, requests.average.toFixed(0), percentile(0.5), percentile(0.95), percentile(0.99)];
}
