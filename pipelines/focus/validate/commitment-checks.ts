import { type Check, noMoney, wrongRows } from './checks.ts';
import { numberOf, rawOf, textOf, timeOf } from './delivered-table.ts';

/** Effective cost of commitments against what was paid for them. */
export const commitmentDiscountChecks: readonly Check[] = [
  sums({
    id: 'commitment-recurring-sum',
    severity: 'warning',
    upfront: false,
    requirement:
      'In each billing period the effective cost of a commitment discount, used and unused, is what was billed for it.',
    why: 'Recurring fees are spread over the period they are billed for; a difference is cost counted twice or not at all. Where part of the fees was paid upfront in an earlier file, the difference is its share.',
    hint: 'Look for missing rows of unused commitment, or for fees that are in another billing period.',
  }),
  sums({
    id: 'commitment-upfront-sum',
    severity: 'note',
    upfront: true,
    requirement: 'Over its term the effective cost of a commitment discount is what was billed for it.',
    why: 'An upfront payment is spread over one or three years, which this file may not hold; the difference is what other periods carry.',
    hint: 'Nothing is wrong unless the file holds the whole term.',
  }),
];

interface SumOptions extends Pick<Check, 'id' | 'severity' | 'requirement' | 'why' | 'hint'> {
  upfront: boolean;
}

/**
 * Grain: commitment discount, currency and, for what is paid as it goes, billing period; only where the file holds
 * purchases and usage.
 */
function sums({ upfront, ...words }: SumOptions): Check {
  return {
    ...words,
    dataset: 'CostAndUsage',
    needs: [
      'BilledCost',
      'BillingCurrency',
      'BillingPeriodStart',
      'ChargeCategory',
      'ChargeFrequency',
      'CommitmentDiscountId',
      'CommitmentDiscountStatus',
      'EffectiveCost',
    ],
    findings(source, firstRow) {
      const used = `${textOf('ChargeCategory')} = 'Usage' AND ${textOf('CommitmentDiscountStatus')} IN ('Used', 'Unused')`;
      const bought = `${textOf('ChargeCategory')} = 'Purchase'`;
      const period = rawOf('BillingPeriodStart');
      const keys = [textOf('CommitmentDiscountId'), textOf('BillingCurrency'), ...(upfront ? [] : [period])];
      return `
      SELECT * EXCLUDE (upfront), EffectiveCost - BilledCost AS amount
      FROM (
        SELECT ${textOf('CommitmentDiscountId')} AS CommitmentDiscountId, min(${period}) AS BillingPeriodStart,
          ${textOf('BillingCurrency')} AS currency,
          sum(${numberOf('EffectiveCost')}) FILTER (WHERE ${used}) AS EffectiveCost,
          sum(${numberOf('BilledCost')}) FILTER (WHERE ${bought}) AS BilledCost,
          bool_or(${bought} AND ${textOf('ChargeFrequency')} = 'One-Time') AS upfront,
          count(*) AS row_count, ${firstRow} AS first_row
        FROM ${source} WHERE ${textOf('CommitmentDiscountId')} IS NOT NULL GROUP BY ${keys.join(', ')})
      WHERE EffectiveCost <> BilledCost AND upfront = ${upfront}`;
    },
  };
}

const dataset = 'ContractCommitment';

/** What we check of Contract Commitment beyond the leaf rules. */
export const contractCommitmentChecks: readonly Check[] = [
  ...['Contract', 'ContractCommitment'].map(
    (what): Check => ({
      id: `${what === 'Contract' ? 'contract' : 'contract-commitment'}-period-order`,
      dataset,
      severity: 'error',
      requirement: `${what}PeriodEnd is after ${what}PeriodStart.`,
      why: `${what}PeriodStart MUST be the inclusive start, ${what}PeriodEnd the exclusive end.`,
      hint: 'Correct the two times.',
      needs: [`${what}PeriodStart`, `${what}PeriodEnd`],
      findings: (source, firstRow, table) =>
        wrongRows(
          source,
          firstRow,
          [`${what}PeriodStart`, `${what}PeriodEnd`],
          `${timeOf(table, `${what}PeriodEnd`)} <= ${timeOf(table, `${what}PeriodStart`)}`,
        ),
    }),
  ),
  {
    id: 'contract-commitment-inside-contract',
    dataset,
    severity: 'warning',
    requirement: 'A commitment lies within the period of its contract.',
    why: 'What is committed outside of the contract binds nobody.',
    hint: 'Check both periods against the contract.',
    needs: ['ContractPeriodStart', 'ContractPeriodEnd', 'ContractCommitmentPeriodStart', 'ContractCommitmentPeriodEnd'],
    findings: (source, firstRow, table) =>
      wrongRows(
        source,
        firstRow,
        ['ContractPeriodStart', 'ContractCommitmentPeriodStart', 'ContractCommitmentPeriodEnd', 'ContractPeriodEnd'],
        `${timeOf(table, 'ContractCommitmentPeriodStart')} < ${timeOf(table, 'ContractPeriodStart')}
          OR ${timeOf(table, 'ContractCommitmentPeriodEnd')} > ${timeOf(table, 'ContractPeriodEnd')}`,
      ),
  },
  {
    id: 'contract-period',
    dataset,
    severity: 'warning',
    requirement: 'A contract has one period.',
    why: 'Rows of one contract that disagree about its period cannot both be right.',
    hint: 'Use the same ContractPeriodStart and ContractPeriodEnd on all rows of the contract.',
    needs: ['ContractId', 'ContractPeriodStart', 'ContractPeriodEnd'],
    findings: (source, firstRow) => `
      SELECT ${textOf('ContractId')} AS ContractId, count(*) AS row_count, ${firstRow} AS first_row, ${noMoney}
      FROM ${source} WHERE ${textOf('ContractId')} IS NOT NULL GROUP BY ${textOf('ContractId')}
      HAVING count(DISTINCT ${rawOf('ContractPeriodStart')}) > 1 OR count(DISTINCT ${rawOf('ContractPeriodEnd')}) > 1`,
  },
];
