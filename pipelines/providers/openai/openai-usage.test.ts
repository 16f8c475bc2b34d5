import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, type Decimal, decimal } from '@cloudact/core/money';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { validateFocusFile } from '../../focus/validate/index.ts';
import { landFiles } from '../../landing/index.ts';
import { createPriceBook } from '../../prices/index.ts';
import { type AnswerLine, numberText } from '../../usage/answers/index.ts';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { openaiOrganization } from './connector/index.ts';
import { ADMIN_KEY, ORGANIZATION, startOpenAiServer } from './connector/testing/openai-server.ts';
import { cost, line } from './fixtures/landed.ts';
import { organization } from './fixtures/organization.ts';
import { openaiUsage } from './index.ts';

type FocusRow = Record<string, string | null>;

let folder: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'cloudact-openai-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

/** From the API to FOCUS: what a synchronisation of November does. The FOCUS file is `bill.parquet`. */
async function synchronised(answers: readonly AnswerLine[]) {
  const server = await startOpenAiServer({ answers });
  const context = { endpoint: server.endpoint };
  try {
    const settings = openaiOrganization.parse({
      adminKey: ADMIN_KEY,
      organizationId: ORGANIZATION,
      from: '2026-11-01',
    });
    const [period] = await openaiOrganization.list(settings, context);
    const { files } = await openaiOrganization.fetch(settings, period!, folder, context);
    const output = join(folder, 'bill.parquet');
    const workbench = await openWorkbench({ inputs: files, outputs: [output] });
    try {
      const { plan, table } = await landFiles(workbench, openaiUsage, files);
      await plan.prepare!(workbench, table, { prices: createPriceBook() });
      await workbench.run(`COPY (${plan.toFocus(table)}) TO '${output}' (FORMAT parquet)`);
      return {
        output,
        rows: await workbench.rows<FocusRow>(
          `SELECT * FROM (${plan.toFocus(table)}) ORDER BY "x_SourceRow", "SkuMeter"`,
        ),
        unpriced: await workbench.rows<FocusRow>(plan.unpricedUsage!(table)),
        totals: await workbench.rows<FocusRow>(plan.controlTotals(table)),
      };
    } finally {
      await workbench.close();
    }
  } finally {
    await server.close();
  }
}

const sum = (values: readonly (string | null | undefined)[]): Decimal =>
  add(...values.map((value) => decimal(value ?? '0')));
const billed = (answers: readonly AnswerLine[]) =>
  sum(answers.filter((one) => one.openai_answer === 'costs').map(({ amount_value }) => numberText(amount_value)));

test.each([1, 2])('what OpenAI says was spent is billed, to the last digit (organisation %i)', async (seed) => {
  const answers = organization(seed, 9);
  const { rows, totals, output, unpriced } = await synchronised(answers);
  expect(sum(rows.map(({ BilledCost }) => BilledCost))).toBe(billed(answers));
  expect(totals.map(({ currency, total }) => [currency, decimal(total!)])).toEqual([['USD', billed(answers)]]);
  expect(unpriced).toEqual([]);
  const { rules } = await validateFocusFile(output);
  expect(rules.filter(({ status, keyword }) => status === 'failed' && /MUST/.test(keyword))).toEqual([]);
});

test('an amount goes to keys and users, and says of whom; what has no usage is a line of its own', async () => {
  const usage = { model: 'gpt-4o-2024-08-06', output_tokens: 0, num_model_requests: 1 };
  const { rows } = await synchronised([
    line('completions', { ...usage, input_tokens: 3_000_000, api_key_id: 'key_1', user_id: 'user-1' }),
    line('completions', { ...usage, input_tokens: 1_000_000, api_key_id: 'key_2', user_id: 'user-2' }),
    cost('gpt-4o-2024-08-06, input', '8'),
    cost('a service of tomorrow', '1.5'),
    { openai_answer: 'api_key', name_id: 'key_1', name_text: 'nightly' },
  ]);
  expect(rows.map((row) => [row.ResourceId, row.ResourceName, row.x_CostBasis, decimal(row.BilledCost!)])).toEqual([
    [null, null, 'provider_reported', '1.5'],
    ['key_1', 'nightly', 'allocated', '6'],
    ['key_2', null, 'allocated', '2'],
  ]);
  expect(rows[0]).toMatchObject({
    ChargeDescription: 'a service of tomorrow',
    SubAccountId: 'proj_a',
    ServiceName: 'OpenAI API',
  });
});

test('usage that is not settled has its list price until OpenAI tells the cost, and batch is half of it', async () => {
  const late = { charge_start: '2026-11-22T00:00:00Z', charge_end: '2026-11-23T00:00:00Z' };
  const usage = { ...late, model: 'gpt-4o-2024-08-06', input_tokens: 1_000_000, output_tokens: 0 };
  const { rows } = await synchronised([
    line('completions', { ...usage, batch: false, service_tier: 'default' }),
    line('completions', { ...usage, batch: true }),
  ]);
  expect(rows.map((row) => [decimal(row.BilledCost!), row.x_CostBasis, row.x_Provisional])).toEqual([
    ['2.5', 'priced', 'true'],
    ['1.25', 'priced', 'true'],
  ]);
});

test('the columns that are null in every row are those that the README names', async () => {
  const { rows } = await synchronised(organization(3, 22, 19));
  expect(emptyColumns(rows)).toEqual(await documentedNulls(join(import.meta.dirname, 'README.md')));
});
