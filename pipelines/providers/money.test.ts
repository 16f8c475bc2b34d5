import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteText } from '../landing/session.ts';
import { brokenMeasureSql, brokenMoneySql, decimalSql, isRoundedSql, moneyOf, roundedCostsSql } from './money.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ inputs: [], outputs: [] });
});
afterAll(() => workbench.close());

interface Judged {
  value: string | null;
  rounded: boolean;
  broken: boolean;
}

async function judge(texts: readonly string[], brokenSql = brokenMoneySql): Promise<Judged[]> {
  const values = texts.map((text, index) => `(${index}, ${quoteText(text)})`).join(', ');
  return workbench.rows<Judged>(
    `SELECT CASE WHEN NOT ${brokenSql('t')} THEN ${decimalSql('t')} END AS value, ${isRoundedSql('t')} AS rounded, ${brokenSql('t')} AS broken
    FROM (VALUES ${values}) AS v(i, t) ORDER BY i`,
  );
}

const EVEN = 2;
const exactly = (text: string) => new Big(text.replace(/^\+/, ''));
const kept = (text: string) => exactly(text).round(18, EVEN).toFixed(18);
const unsignedZero = (text: string) => text.replace(/^-(0\.0+)$/, '$1');

/** What a number needs: digits before the point, places after it, digits in all. */
function size(text: string) {
  const [whole, part = ''] = exactly(text).abs().toFixed().split('.');
  const digits = `${whole}${part}`.replace(/^0+|0+$/g, '');
  return { whole: whole!.length, places: part.replace(/0+$/, '').length, digits: digits.length };
}

const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
const number = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    digits(22),
    fc.option(digits(22), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.integer({ min: 0, max: 30 })), {
      nil: undefined,
    }),
  )
  .map(
    ([sign, whole, part, exponent]) =>
      `${sign}${whole}${part === undefined ? '' : `.${part}`}${exponent ? exponent.join('') : ''}`,
  );
const double = fc
  .tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 40 }))
  .map(([value, shift]) => String(value / 10 ** shift));
const tie = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.boolean())
  .map(([units, plain]) => (plain ? Big(`${units}5e-19`).toFixed(19) : Big(`${units}5e-19`).toExponential()));

test('money is kept digit for digit, rounded half to even and said so, or broken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(number, double, tie), { minLength: 1, maxLength: 200 }), async (texts) => {
      const found = await judge(texts);
      for (const [index, text] of texts.entries()) {
        const { whole, places, digits: count } = size(text);
        const { value, rounded, broken } = found[index]!;
        expect([text, broken]).toEqual([text, whole > 20 || (places > 18 && count > 17)]);
        if (!broken) expect([text, unsignedZero(value!)]).toEqual([text, unsignedZero(kept(text))]);
        if (!broken) expect([text, rounded]).toEqual([text, places > 18]);
      }
    }),
    { numRuns: 60 },
  );
});

test('a measure may have any number of digits behind the point', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 200 }), async (texts) => {
      const found = await judge(texts, brokenMeasureSql);
      for (const [index, text] of texts.entries()) {
        const { value, broken } = found[index]!;
        expect([text, broken]).toEqual([text, size(text).whole > 20]);
        if (!broken) expect([text, unsignedZero(value!)]).toEqual([text, unsignedZero(kept(text))]);
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['0.0000000000000000005', '0.000000000000000000'],
  ['0.0000000000000000015', '0.000000000000000002'],
  ['-0.00000000000000000250', '-0.000000000000000002'],
  ['2.5e-18', '0.000000000000000002'],
  ['25E-19', '0.000000000000000002'],
  ['3.2999999999999998e-07', '0.000000330000000000'],
  ['5.99999999999999E-05', '0.000060000000000000'],
  ['.012345678901234567', '0.012345678901234567'],
  ['1.2e-320', '0.000000000000000000'],
])('%s is %s', async (text, value) => {
  expect(await judge([text])).toMatchObject([{ value, broken: false }]);
});

test.each([
  ['12345678901234567890.123456789012345678', false],
  ['5E-06', false],
  ['0.01234567890123456789', true],
  ['0.1234567890123456789012345', true],
  ['123456789012345678901', true],
  ['1_000', true],
  ['', true],
  ['NaN', true],
])('as money, %j is broken: %s', async (text, broken) => {
  expect((await judge([text]))[0]!.broken).toBe(broken);
});

test('a measure whose rounding does not fit is broken', async () => {
  const most = `${'9'.repeat(20)}.${'9'.repeat(18)}`;
  expect((await judge([`${most}4`, `${most}5`], brokenMeasureSql)).map(({ broken }) => broken)).toEqual([false, true]);
});

test('a row names its rounded money by delivered column', async () => {
  const money = moneyOf([
    { source: 'line/Cost', raw: 'cost', type: 'decimal' },
    { source: 'line/"Net"', raw: 'net', type: 'decimal' },
    { source: 'line/Amount', raw: 'amount', type: 'decimal', rounds: true },
  ]);
  await workbench.run(`CREATE TEMP TABLE lines AS SELECT * FROM (VALUES
    (1, '1.5', '1e-5', '1e-30'), (2, '1.25e-17', NULL, '1'), (3, '1.25E-17', '-0.0000000000000000001', '1')) AS l(i, cost, net, amount)`);
  const rows = await workbench.rows<{ flag: string | null }>(
    `SELECT ${roundedCostsSql(money)} AS flag FROM lines ORDER BY i`,
  );
  expect(rows.map(({ flag }) => flag && JSON.parse(flag))).toEqual([
    null,
    { 'line/Cost': '1.25e-17' },
    { 'line/Cost': '1.25E-17', 'line/"Net"': '-0.0000000000000000001' },
  ]);
});
