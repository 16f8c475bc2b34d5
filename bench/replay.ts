import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseOrgSlug } from '@cloudact/core/org';
import { openDuckDBWarehouse } from '@cloudact/core/warehouse/duckdb';
import { executeRun, replayPeriods } from '@cloudact/pipelines';
import { keptFile, outputDirectory, printTable } from './measure.ts';

const org = parseOrgSlug('bench_org');
const integrationId = 'openai-bench';
const month = '2026-11-01';

/**
 * Pricing usage again that is in place: all of one month, under the same book and under one with a negotiated price, with the
 * differences looked at and not committed. Beside it the floor: DuckDB copies the same rows of the cost table once.
 */
export async function measureReplay(rows: number): Promise<void> {
  const directory = join(outputDirectory, `replay-${rows}`);
  const fresh = !existsSync(directory);
  const warehouse = await openDuckDBWarehouse({ directory, inboxDirectories: [outputDirectory], memoryLimit: '4GB' });
  if (fresh) {
    const file = await keptFile(`openai-${rows}.ndjson`, (path) => writeUsage(path, rows));
    console.log('Loading the usage …');
    await warehouse.createDataset(org);
    await executeRun({ warehouse, org, integrationId, files: [file], runId: randomUUID() });
  }
  const negotiated = {
    prices: [{ provider: 'openai', model: '*', meter: '*', percent_off: '12.5', source: 'Order form' }],
    deployments: [],
  };
  const lines: string[][] = [];
  let floor = 0;
  await warehouse.forOrg(org).load(async (session) => {
    const measure = async (name: string, work: () => Promise<unknown>) => {
      const [started, before] = [performance.now(), process.cpuUsage()];
      await work();
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(before);
      floor ||= seconds;
      lines.push([name, seconds.toFixed(1), ((user + system) / 1e6).toFixed(1), (seconds / floor).toFixed(1)]);
    };
    const replay = (ownPrices?: unknown) =>
      replayPeriods(session, {
        integrationId,
        format: 'openai-usage',
        billingPeriods: [month],
        ...(ownPrices !== undefined && { ownPrices }),
        commit: false,
        runId: randomUUID(),
      });
    await measure('copy of the cost rows (floor)', () =>
      session.run('CREATE TEMP TABLE floor AS SELECT * FROM cost_data_standard_1_3 WHERE org_slug = $org_slug'),
    );
    await session.run('DROP TABLE floor');
    await measure('the same book', () => replay());
    await measure('12.5 % off', () => replay(negotiated));
  });
  printTable(`Replay of ${rows.toLocaleString('en')} charges of usage`, ['', 'seconds', 'CPU s', '÷ floor'], lines);
  await warehouse.close();
}

/** Lines as the connector writes them: three meters a line, four hundred keys, and what was billed of two thirds of the month. */
async function writeUsage(path: string, charges: number): Promise<void> {
  const models = ['gpt-4o-2024-08-06', 'gpt-5-mini-2025-08-07', 'gpt-5.4', 'gpt-4.1', 'o3'];
  const of = (day: number) => ({
    charge_start: new Date(Date.UTC(2026, 10, day)).toISOString(),
    charge_end: new Date(Date.UTC(2026, 10, day + 1)).toISOString(),
    account_id: 'org-bench',
  });
  let seed = 1;
  const below = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % limit;
  };
  function* lines() {
    yield { openai_answer: 'about', ...of(1), settled_before: '2026-11-20' };
    for (let index = 0; index < charges / 3; index += 1) {
      const cached = below(40_000);
      yield {
        openai_answer: 'completions',
        ...of(1 + (index % 28)),
        project_id: `proj_${below(20)}`,
        api_key_id: `key_${below(400)}`,
        user_id: `user_${below(100)}`,
        model: models[below(models.length)],
        batch: false,
        input_tokens: cached + 1 + below(900_000),
        input_cached_tokens: cached,
        output_tokens: 1 + below(200_000),
        num_model_requests: below(500),
      };
    }
    for (let day = 1; day < 20; day += 1) {
      for (let project = 0; project < 20; project += 1) {
        for (const model of models) {
          for (const meter of ['input', 'cached input', 'output']) {
            const amount_value = `${below(100_000) / 1000}`;
            yield {
              openai_answer: 'costs',
              ...of(day),
              project_id: `proj_${project}`,
              line_item: `${model}, ${meter}`,
              amount_value,
              amount_currency: 'usd',
            };
          }
        }
      }
    }
  }
  function* text() {
    for (const line of lines()) yield `${JSON.stringify(line)}\n`;
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
}
