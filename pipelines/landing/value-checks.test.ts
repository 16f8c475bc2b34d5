import { openWorkbench, type Workbench } from '@cloudact/core/warehouse/duckdb';
import Big from 'big.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteText } from './session.ts';
import { valueChecks } from './value-checks.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ inputs: [], outputs: [] });
});
afterAll(() => workbench.close());

interface Judged {
  broken: boolean;
  value: string | null;
}

async function judge(
  values: readonly string[],
  column: { type: 'decimal' | 'timestamp'; rounds?: boolean },
): Promise<Judged[]> {
  const [check] = valueChecks({ source: 'v', raw: 'v', ...column });
  const type = column.type === 'decimal' ? 'DECIMAL(38,18)' : 'TIMESTAMP';
  const rows = values.map((value, n) => `(${n}, ${quoteText(value)})`).join(', ');
  return workbench.rows<Judged>(
    `SELECT ${check!.broken} AS broken, CAST(TRY_CAST(v AS ${type}) AS VARCHAR) AS value FROM (VALUES ${rows}) t(n, v) ORDER BY n`,
  );
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

/** What DECIMAL(38,18) holds without rounding. */
function fits(text: string): boolean {
  const value = new Big(text.replace(/^\+/, ''));
  const plain = value.abs().toFixed();
  const [whole, part = ''] = plain.split('.');
  return whole!.length <= 20 && part.length <= 18;
}

test('a decimal is broken exactly when 20 digits before and 18 after the point do not hold it, and else is read exactly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 200 }), async (values) => {
      const judged = await judge(values, { type: 'decimal' });
      values.forEach((text, n) => {
        expect([text, judged[n]!.broken]).toEqual([text, !fits(text)]);
        if (!judged[n]!.broken)
          expect([text, judged[n]!.value]).toEqual([
            text,
            new Big(text.replace(/^\+/, '')).toFixed(18).replace(/^-(0\.0*)$/, '$1'),
          ]);
      });
    }),
    { numRuns: 50 },
  );
});

test('a measure may be finer than 18 places and is rounded half away from zero', async () => {
  const judged = await judge(['0.1234567890123456785', '-0.1234567890123456785', '1E-19', '12345678901234567890123'], {
    type: 'decimal',
    rounds: true,
  });
  expect(judged.map(({ broken }) => broken)).toEqual([false, false, false, true]);
  expect(judged.slice(0, 3).map(({ value }) => value)).toEqual([
    '0.123456789012345679',
    '-0.123456789012345679',
    '0.000000000000000000',
  ]);
});

test.each(['1_000', ' 1', '1 ', '1,5', '1.000,5', '$1', '0x10', 'NaN', 'Infinity', '1e', '--1', '.', '1.2.3', '٣'])(
  '%j is no decimal',
  async (text) => {
    expect((await judge([text], { type: 'decimal' }))[0]!.broken).toBe(true);
  },
);

test.each([
  ['2025-01-31T23:00:00Z', false],
  ['2025-01-31T23:00:00.000Z', false],
  ['2025-01-31 23:00:00', false],
  ['2025-01-31', false],
  ['2025-01-31T23:00:00+00:00', false],
  ['2025-01-31T23:00:00+02:00', true],
  ['2025-02-30T00:00:00Z', true],
  ['31/01/2025', true],
  ['1738364400', true],
  ['yesterday', true],
])('the time %s is broken: %s', async (text, broken) => {
  expect((await judge([text], { type: 'timestamp' }))[0]!.broken).toBe(broken);
});
