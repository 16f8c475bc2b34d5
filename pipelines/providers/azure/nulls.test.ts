import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { documentedNulls, emptyColumns } from '../testing/documented-nulls.ts';
import { amortizedUse, focusRows, purchase, reserved } from './fixtures/bill.ts';

test('the README lists the columns that are always null, and no others', async () => {
  const rows = [
    ...(await focusRows([
      {},
      { ...amortizedUse, AdditionalInfo: '{"VMCapacityReservationId":"/subscriptions/a/cr"}' },
      { ChargeType: 'Refund', Frequency: 'OneTime', invoiceId: 'I-1' },
    ])),
    ...(await focusRows([{ ...reserved, ...purchase }])),
  ];
  expect(emptyColumns(rows)).toEqual(await documentedNulls(fileURLToPath(new URL('README.md', import.meta.url))));
});
