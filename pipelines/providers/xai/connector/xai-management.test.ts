import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseExact } from '../../../usage/answers/index.ts';
import type { AnswerServer } from '../../testing/answer-server.ts';
import { xaiManagement } from './index.ts';
import { MANAGEMENT_KEY, startXaiServer, TEAM, type XaiAnswers } from './testing/xai-server.ts';

const settings = xaiManagement.parse({ managementKey: MANAGEMENT_KEY });
const cycle = (month: number) => ({ year: 2026, month });
const line = (unitType: string, numUnits: string, amount: unknown) => ({
  description: 'API grok-4.3',
  unitType,
  unitPrice: '20',
  numUnits,
  amount,
});
const invoice = (more: object = {}) => ({
  invoiceId: 'i1',
  invoiceNumber: 'X-111',
  invoiceStatus: 'PAID',
  subtotal: '1000',
  tax: '190',
  total: '1190',
  lines: [line('Prompt text tokens', '4000000', '900'), line('Completion text tokens', '70000', '100')],
  monthly: { billingCycle: cycle(10) },
  ...more,
});
const preview = (coreInvoice: object, month = 11) => ({ coreInvoice, billingCycle: cycle(month) });
const october = { '2026-10': [invoice()] };
let server: AnswerServer | undefined;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'xai-fetch-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function serve(answers: XaiAnswers): Promise<AnswerServer> {
  await server?.close();
  server = await startXaiServer(answers);
  return server;
}
const fetchMonth = ({ endpoint }: AnswerServer, month: number, of = settings) =>
  xaiManagement.fetch(
    of,
    { billingPeriod: `2026-${month}-01`, changeToken: 'x', deliveredAt: null, parts: [] },
    folder,
    { endpoint },
  );
async function fetched(answers: XaiAnswers, month = 10) {
  const { files } = await fetchMonth(await serve(answers), month);
  const [header, ...lines] = (await readFile(files[0]!, 'utf8'))
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  return { header, lines, kinds: lines.map(({ xai_answer, amount_cents }) => [xai_answer, amount_cents]) };
}
async function refusal(from: AnswerServer, month = 10, of = settings) {
  const error = await fetchMonth(from, month, of).catch((reason) => reason);
  expect(await readdir(folder)).toEqual([]);
  return error;
}

describe('a month', () => {
  test('is its invoices where they are issued: their lines, what the subtotal has beside them, and tax', async () => {
    const bought = { invoiceNumber: 'X-110', total: '5000', lines: [{ amount: '5000' }] };
    const old = invoice({ monthly: { billingCycle: cycle(9) } });
    const gone = invoice({ invoiceStatus: 'VOIDED' });
    const invoices = { '2026-10': [bought, old, gone, invoice({ subtotal: '1010', total: '1200' })] };
    const { header, lines, kinds } = await fetched({ invoices, preview: preview({ lines: [] }, 10) });
    expect(header).toMatchObject({
      xai_answer: 'about',
      source: 'invoices',
      team_id: TEAM,
      charge_start: '2026-10-01T00:00:00Z',
      charge_end: '2026-11-01T00:00:00Z',
    });
    expect(kinds).toEqual([
      ['line', '900'],
      ['line', '100'],
      ['beside', '10'],
      ['tax', '190'],
    ]);
    expect(lines[0]).toMatchObject({
      invoice_id: 'X-111',
      description: 'API grok-4.3',
      unit_type: 'Prompt text tokens',
      num_units: '4000000',
      item: { unitPrice: '20' },
    });
  });

  test('is the invoice to come where none is issued; prepaid credit, which is negative, is told and takes nothing off', async () => {
    const coreInvoice = {
      lines: [
        line('Generated image', '9', '72'),
        line('Cached prompt text tokens', '10', { val: '4' }),
        line('x', '0', '0'),
      ],
      totalWithCorr: { val: '76' },
      prepaidCredits: { val: '-500' },
      prepaidCreditsUsed: { val: '-76' },
    };
    const { header, lines, kinds } = await fetched({ preview: preview(coreInvoice) }, 11);
    expect(header).toMatchObject({ source: 'preview', charge_end: '2026-11-24T00:00:00Z' });
    expect(kinds).toEqual([
      ['line', '72'],
      ['line', '4'],
      ['line', '0'],
      ['prepaid', undefined],
    ]);
    expect(lines[3]).toMatchObject({ prepaid_cents: '-500', prepaid_used_cents: '-76' });
  });

  test('ties to the total of the invoice to come, whether its tax is in it or not', async () => {
    const lines = [line('Prompt text tokens', '5', '100')];
    const of = (more: object) =>
      fetched({ preview: preview({ lines, ...more }) }, 11).then(({ kinds }) => kinds.slice(1));
    expect(await of({ totalWithCorr: { val: '119' }, vatCost: '19' })).toEqual([['tax', '19']]);
    expect(await of({ totalWithCorr: { val: '100' }, vatCost: '19' })).toEqual([['tax', '19']]);
    expect(await of({ totalWithCorr: { val: '80' } })).toEqual([['beside', '-20']]);
    // What is not itemised is not priced beside the total either.
    const silent = [...lines, line('Completion text tokens', '5', undefined)];
    expect(await of({ lines: silent, totalWithCorr: { val: '180' } })).toEqual([
      ['line', '0'],
      ['beside', '80'],
    ]);
    expect(await of({ totalWithCorr: {} })).toEqual([['beside', '-100']]);
    expect(await of({})).toEqual([]);
  });

  test('is what its days cost where there is neither, with the digits of the answer', async () => {
    const point = (timestamp: string, value: string) => ({ timestamp, values: [parseExact(value)] });
    const usage = {
      timeSeries: [
        {
          group: ['API grok-4.3'],
          groupLabels: ['grok-4.3'],
          dataPoints: [point('2026-10-02T00:00:00Z', '12.250000000000000001'), point('2026-10-03T00:00:00Z', '0')],
        },
        { group: [], dataPoints: [point('2026-10-31', '1e-7')] },
      ],
      limitReached: false,
    };
    const answers = { usage: { '2026-10': usage }, preview: preview({ lines: [] }) };
    const { files } = await fetchMonth(await serve(answers), 10);
    const text = await readFile(files[0]!, 'utf8');
    expect(text).toContain('"description":"API grok-4.3","amount_usd":12.250000000000000001');
    expect(text).toContain('"description":null,"amount_usd":1e-7');
    expect(text.trim().split('\n').length).toBe(3);
    expect(server!.requests).toEqual([
      'GET /auth/management-keys/validation',
      `GET /v1/billing/teams/${TEAM}/invoices?billingCycle.year=2026&billingCycle.month=10`,
      `GET /v1/billing/teams/${TEAM}/postpaid/invoice/preview`,
      `POST /v1/billing/teams/${TEAM}/usage`,
    ]);
  });

  const days = (dataPoints: object[], limitReached = false) => ({
    usage: { '2026-10': { timeSeries: [{ dataPoints }], limitReached } },
  });
  test.each<[string, XaiAnswers, string]>([
    ['usage that says a limit was reached', days([], true), 'a limit was reached'],
    ['a day of another month', days([{ timestamp: '2026-11-01', values: [1] }]), 'was not asked for'],
    ['a value that is no number', days([{ timestamp: '2026-10-01', values: ['bad'] }]), 'is no number'],
    [
      'an amount that is no number',
      { invoices: { '2026-10': [invoice({ lines: [line('x', '1', 'ten')] })] } },
      'lines[0].amount is no number',
    ],
    ['lines that are no list', { invoices: { '2026-10': [invoice({ lines: 'none' })] } }, 'lines is no array'],
  ])('%s is refused, and leaves no file', async (_case, answers, text) => {
    expect(await refusal(await serve(answers))).toMatchObject({
      code: 'source_incomplete',
      detail: expect.stringContaining(text),
    });
  });

  test('that is busy is asked again; when it stays so or is cut off, nothing is left', async () => {
    (await serve({ invoices: october })).failNext(2, 429, { 'retry-after': '0' });
    const { files } = await fetchMonth(server!, 10);
    await rm(files[0]!);
    server!.failNext(99, 429, { 'retry-after': '0' });
    expect(await refusal(server!)).toMatchObject({ code: 'source_unavailable' });
    await serve({ invoices: october });
    server!.cutNext();
    expect(await refusal(server!)).toMatchObject({ code: 'source_incomplete' });
  });
});

describe('rights', () => {
  test('a key for models is refused before anything is sent', () => {
    const managementKey = `xai-${'a1'.repeat(40)}`;
    expect(() => xaiManagement.parse({ managementKey })).toThrow(
      expect.objectContaining({
        code: 'settings_invalid',
        message: expect.stringContaining('keys for models are refused'),
      }),
    );
  });

  test('a key that has no right is told which one it takes, and never repeated', async () => {
    const other = xaiManagement.parse({ managementKey: 'xai-token-of-nobody' });
    const error = await refusal(await serve({}), 10, other);
    expect(error).toMatchObject({ code: 'source_denied', detail: expect.stringContaining('Billing Read') });
    expect(error.detail).not.toContain(other.managementKey);
    const elsewhere = xaiManagement.parse({ managementKey: MANAGEMENT_KEY, teamId: 'team-2' });
    expect(await refusal(await serve({}), 10, elsewhere)).toMatchObject({ code: 'source_denied' });
  });

  test('the check tries the key, the invoices and the invoice to come', async () => {
    const check = async (answers: XaiAnswers) => {
      const { endpoint } = await serve(answers);
      return (await xaiManagement.check(settings, { endpoint })).map(({ step, ok }) => [step, ok]);
    };
    const all = [
      ['key', true],
      ['read_invoices', true],
      ['read_preview', true],
    ];
    expect(await check({})).toEqual(all);
    expect(await check({ preview: preview({}) })).toEqual(all);
    expect(await check({ validation: { scope: 'SCOPE_ORGANIZATION' } })).toEqual([['key', false]]);
  });

  test('lists a year of months; one is settled when its invoice is surely there', async () => {
    const months = await xaiManagement.list(settings, {});
    expect(months.map(({ billingPeriod }) => billingPeriod).slice(-2)).toEqual(['2026-10-01', '2026-11-01']);
    expect(months.length).toBe(13);
    expect(xaiManagement.retainedMonths).toBe(0);
    expect(months.at(-2)!.changeToken).toBe('xai-1 settled');
  });
});
