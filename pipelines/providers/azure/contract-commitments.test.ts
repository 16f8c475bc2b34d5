import { contractCommitmentColumns } from '@cloudact/core/focus';
import { expect, test } from 'vitest';
import { actualUse, csvOf, purchase, withFiles } from './fixtures/bill.ts';

test('a reservation that is paid at once is a commitment for its term; a monthly payment does not say since when', async () => {
  const monthly = {
    ...purchase,
    Frequency: 'Recurring',
    benefitId: '/providers/microsoft.capacity/x/r-2',
    Date: '03/06/2025',
  };
  const csv = csvOf([actualUse, purchase, monthly]);
  const rows = await withFiles({ 'bill.csv': csv }, (workbench, { plan, table }) =>
    workbench.rows(plan.contractCommitments!(table)),
  );
  expect(rows).toEqual([
    {
      BillingCurrency: 'USD',
      ContractCommitmentCategory: 'Usage',
      ContractCommitmentCost: '1314.000000000000000000',
      ContractCommitmentDescription: 'D4s v5 - EU West',
      ContractCommitmentId: '/providers/microsoft.capacity/reservationorders/o-1/reservations/r-1',
      ContractCommitmentPeriodEnd: '2026-03-05 00:00:00',
      ContractCommitmentPeriodStart: '2025-03-05 00:00:00',
      ContractCommitmentQuantity: '8760.000000000000000000',
      ContractCommitmentType: 'Reservation',
      ContractCommitmentUnit: 'Hours',
      ContractId: 'o-1',
      ContractPeriodEnd: '2026-03-05 00:00:00',
      ContractPeriodStart: '2025-03-05 00:00:00',
      x_BillingPeriodStart: '2025-03-01',
    },
  ]);
  expect(Object.keys(rows[0]!)).toEqual([...contractCommitmentColumns.map(({ id }) => id), 'x_BillingPeriodStart']);
});
