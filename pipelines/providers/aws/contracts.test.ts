import { contractCommitmentColumns } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { bareLine, billCsv, type Line } from './fixtures/bill.ts';
import { focusRows, plainRows, withBill } from './fixtures/converted.ts';

const PLAN = 'arn:aws:savingsplans::111111111111:savingsplan/p-1';
const RESERVATION = 'arn:aws:ec2:us-west-2:111111111111:reserved-instances/r-1';

const planFee: Line = {
  ...bareLine,
  'lineItem/LineItemType': 'SavingsPlanRecurringFee',
  'lineItem/LineItemDescription': '1 year No Upfront Compute Savings Plan',
  'lineItem/UnblendedCost': '1.5',
  'savingsPlan/SavingsPlanARN': PLAN,
  'savingsPlan/TotalCommitmentToDate': '1.5',
  'savingsPlan/UsedCommitment': '1.5',
  'savingsPlan/StartTime': '2025-01-15T10:00:00.000Z',
  'savingsPlan/EndTime': '2026-01-15T09:59:59.000Z',
};

const reservationFee: Line = {
  ...bareLine,
  'lineItem/LineItemType': 'RIFee',
  'lineItem/UsageStartDate': '2025-03-01T00:00:00Z',
  'lineItem/UsageEndDate': '2025-04-01T00:00:00Z',
  'lineItem/UnblendedCost': '37.2',
  'reservation/ReservationARN': RESERVATION,
  'reservation/TotalReservedUnits': '744',
  'reservation/TotalReservedNormalizedUnits': '2976',
  'reservation/StartTime': '2025-01-01T00:00:00.000Z',
  'reservation/EndTime': '2026-01-01T00:00:00.000Z',
};

const commitments = (csv: string) =>
  withBill(csv, (workbench, { plan, table }) =>
    plainRows<Record<string, string | null>>(
      workbench,
      `SELECT * FROM (${plan.contractCommitments!(table)}) ORDER BY "ContractId" DESC`,
    ),
  );

describe('contract commitments', () => {
  test('are the Savings Plans and reservations of the fees, once each, over their whole term', async () => {
    const [plan, reservation, ...more] = await commitments(billCsv([planFee, planFee, reservationFee]));
    expect(more).toEqual([]);
    expect(Object.keys(plan!)).toEqual(
      expect.arrayContaining([...contractCommitmentColumns.map(({ id }) => id), 'x_BillingPeriodStart']),
    );
    expect(plan).toMatchObject({
      ContractId: PLAN,
      ContractCommitmentId: PLAN,
      ContractCommitmentCategory: 'Spend',
      ContractCommitmentType: 'Savings Plan',
      ContractCommitmentCost: '13140',
      ContractCommitmentQuantity: null,
      ContractCommitmentUnit: null,
      ContractCommitmentDescription: '1 year No Upfront Compute Savings Plan',
      ContractCommitmentPeriodStart: '2025-01-15 10:00:00',
      ContractCommitmentPeriodEnd: '2026-01-15 10:00:00',
      BillingCurrency: 'USD',
    });
    expect(reservation).toMatchObject({
      ContractId: RESERVATION,
      ContractCommitmentCategory: 'Usage',
      ContractCommitmentType: 'Reserved Instance',
      ContractCommitmentCost: null,
      ContractCommitmentQuantity: '35040',
      ContractCommitmentUnit: 'Normalized Hours',
      ContractPeriodEnd: '2026-01-01 00:00:00',
    });
  });

  test('leave out what tells no term or no size, as FOCUS takes no null there', async () => {
    const csv = billCsv([
      { ...planFee, 'savingsPlan/EndTime': '' },
      { ...reservationFee, 'reservation/TotalReservedUnits': '', 'reservation/TotalReservedNormalizedUnits': '' },
    ]);
    expect(await commitments(csv)).toEqual([]);
    expect(await commitments(billCsv([{}]))).toEqual([]);
  });

  test('are applied to the usage that they cover', async () => {
    const rows = await focusRows(
      billCsv([
        {},
        {
          'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
          'savingsPlan/SavingsPlanARN': PLAN,
          'savingsPlan/SavingsPlanEffectiveCost': '0.07',
        },
        {
          'lineItem/LineItemType': 'DiscountedUsage',
          'reservation/ReservationARN': RESERVATION,
          'reservation/EffectiveCost': '0.06',
        },
      ]),
    );
    expect(rows.map((row) => row.ContractApplied && JSON.parse(row.ContractApplied as string).Elements)).toEqual([
      null,
      [
        {
          ContractId: PLAN,
          ContractCommitmentID: PLAN,
          ContractCommitmentAppliedCost: 0.07,
          ContractCommitmentAppliedQuantity: null,
          ContractCommitmentAppliedUnit: null,
        },
      ],
      [
        {
          ContractId: RESERVATION,
          ContractCommitmentID: RESERVATION,
          ContractCommitmentAppliedCost: null,
          ContractCommitmentAppliedQuantity: 4,
          ContractCommitmentAppliedUnit: 'Normalized Hours',
        },
      ],
    ]);
  });
});

describe('capacity reservations', () => {
  const reserved = 'arn:aws:ec2:us-west-2:222222222222:capacity-reservation/cr-0123456789abcdef0';

  test.each([
    [{ 'lineItem/UsageType': 'USW2-UnusedBox:m5.large', 'lineItem/ResourceId': reserved }, reserved, 'Unused'],
    [{ 'lineItem/UsageType': 'USW2-Reservation:m5.large', 'lineItem/ResourceId': 'cr-0a1b' }, 'cr-0a1b', 'Used'],
    [{ 'lineItem/UsageType': 'UnusedDed:m5.large', 'lineItem/ResourceId': 'cr-0a1b' }, 'cr-0a1b', 'Unused'],
    [
      {
        'capacityReservation/CapacityReservationARN': reserved,
        'capacityReservation/CapacityReservationStatus': 'Used',
      },
      reserved,
      'Used',
    ],
    [{ 'lineItem/UsageType': 'USW2-UnusedBox:m5.large', 'lineItem/ResourceId': '' }, null, null],
    [{ 'lineItem/LineItemType': 'Tax', 'lineItem/ResourceId': reserved }, null, null],
    [{}, null, null],
  ] as [Line, string | null, string | null][])('%j is of %s, %s', async (line, id, status) => {
    const [row] = await focusRows(billCsv([line]));
    expect([row!.CapacityReservationId, row!.CapacityReservationStatus]).toEqual([id, status]);
  });
});

test('product codes that no service is known by are told, with their rows', async () => {
  const csv = billCsv([
    {},
    { 'lineItem/ProductCode': 'AmazonNew' },
    { 'lineItem/ProductCode': 'AmazonNew' },
    { 'lineItem/ProductCode': '9x8y', 'product/ProductName': 'Claude 4 (Amazon Bedrock Edition)' },
  ]);
  const unknown = await withBill(csv, (workbench, { plan, table }) => workbench.rows(plan.unknownServices!(table)));
  expect(unknown).toEqual([{ service: 'AmazonNew', rows: '2' }]);
});
