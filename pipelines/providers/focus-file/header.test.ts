import type { CloudActError } from '@cloudact/core/errors';
import { describe, expect, test } from 'vitest';
import { focusFile } from './index.ts';
import { awsUsage } from './test-bill.ts';

const header10 = Object.keys(awsUsage);

function refusal(header: readonly string[]): CloudActError {
  try {
    focusFile.plan(header);
  } catch (error) {
    return error as CloudActError;
  }
  throw new Error('the header was accepted');
}

describe('recognition', () => {
  test('goes by column IDs, in any case, with a byte order mark or without', () => {
    expect(focusFile.recognises(header10)).toBe(true);
    expect(focusFile.recognises([`\ufeff${header10[0]}`, ...header10.slice(1)])).toBe(true);
    expect(focusFile.recognises(header10.map((name) => name.toUpperCase()))).toBe(true);
  });

  test('leaves other bills alone', () => {
    expect(focusFile.recognises(['lineItem/UsageStartDate', 'lineItem/UnblendedCost', 'bill/PayerAccountId'])).toBe(
      false,
    );
    expect(focusFile.recognises(['Cost', 'BilledCost'])).toBe(false);
    expect(focusFile.recognises([])).toBe(false);
  });

  test.each([
    ['Contract Commitment', ['ContractCommitmentId', 'ContractCommitmentCost', 'ContractId', 'BillingCurrency']],
    ['Invoice Detail', ['BilledCost', 'BillingPeriodStart', 'ChargeCategory', 'InvoiceDetailId', 'InvoiceIssueDate']],
    ['Billing Period', ['InvoiceIssuerName', 'BillingPeriodStart', 'BillingPeriodEnd', 'BillingPeriodStatus']],
  ])('a file of the %s dataset is named as what it is, with what to give instead', (dataset, header) => {
    expect(focusFile.recognises(header)).toBe(true);
    expect(refusal(header)).toMatchObject({
      code: 'file_format_unknown',
      detail: expect.stringMatching(new RegExp(`${dataset} dataset.*Cost and Usage`)),
    });
  });

  test('an excerpt of a FOCUS file is told which columns it lacks', () => {
    expect(refusal(['BilledCost', 'ChargeCategory', 'x_Split']).faults).toContainEqual({
      column: 'ChargePeriodStart',
      reason: 'the column is missing',
    });
  });

  test('a file without what every charge needs is refused, and each missing column is named', () => {
    const error = refusal(header10.filter((name) => name !== 'BillingCurrency' && name !== 'EffectiveCost'));
    expect(error.code).toBe('file_format_unknown');
    expect(error.faults.map(({ column }) => column)).toEqual(['EffectiveCost', 'BillingCurrency']);
  });
});

describe('columns', () => {
  test('no two raw or extension names are alike, whatever the file calls its columns', () => {
    const plan = focusFile.plan([
      ...header10,
      'Id',
      'id',
      'x_Id',
      'BILLEDCOST',
      'x_SourceFile',
      'org_slug',
      'Größe (GB)',
      ' ',
      'oci_CostOverage',
    ]);
    const raw = plan.columns.map((column) => column.raw.toLowerCase());
    expect(new Set(raw).size).toBe(raw.length);
    expect(plan.extensionColumns).toEqual([
      'x_Id',
      'x_id_2',
      'x_Id_3',
      'x_BilledCost',
      'x_SourceFile_2',
      'x_org_slug',
      'x_Gr_e_GB',
      'x_column',
      'x_oci_CostOverage',
      'x_CostRounded',
      'x_UpgradeNotes',
    ]);
  });

  test.each([
    ['snake case', (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()],
    ['words', (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2')],
    ['quotes and blanks', (name: string) => ` "${name}" `],
  ])('names in %s are those of FOCUS, and x_ names stay apart', (_, spell) => {
    const plain = focusFile.plan(header10);
    const spelled = focusFile.plan([...header10.map(spell), 'x_BilledCost', 'X_Operation']);
    expect(spelled.columns.map(({ raw }) => raw)).toEqual([
      ...plain.columns.map(({ raw }) => raw),
      'x_billed_cost',
      'x_operation',
    ]);
    expect(spelled.extensionColumns).toEqual(['x_BilledCost', 'x_Operation', 'x_CostRounded', 'x_UpgradeNotes']);
  });

  test('raw names are the same for all spellings of a column', () => {
    const upper = focusFile.plan(header10.map((name) => name.toUpperCase()));
    expect(upper.columns.map(({ raw }) => raw)).toEqual(focusFile.plan(header10).columns.map(({ raw }) => raw));
    expect(upper.columns.map(({ source }) => source)).toEqual(header10.map((name) => name.toUpperCase()));
  });
});
