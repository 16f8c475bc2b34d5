import type { Day, Month } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import { accounts } from '../company.ts';
import { randomSequence } from '../random.ts';
import type { Story } from '../story.ts';
import type { Usage } from '../usage.ts';
import type { Charge } from './charge.ts';
import { timestamp } from './charge.ts';
import type { CurCells } from './columns.ts';
import { awsIdentifiers } from './identifiers.ts';
import { monthEndCharges } from './month-end.ts';
import { priceList } from './price-list.ts';
import { applyReservation, reservationFee } from './reservation.ts';
import { applySavingsPlan } from './savings-plan.ts';
import { splitCostShares } from './split-cost.ts';
import { usageCharge } from './usage-charge.ts';

export interface BilledLine {
  readonly charge: Charge;
  readonly cells: CurCells;
}

export interface AwsBillOptions {
  seed: number;
  story: Story;
  usageOn: (day: Day) => Usage[];
  /** The last day that has been metered. */
  today: Day;
}

/** The lines of the company's bill for a month, in the order of the file: by day, then what comes with the invoice. */
export function awsBill({ seed, story, usageOn, today }: AwsBillOptions): (month: Month) => BilledLine[] {
  const identifiers = awsIdentifiers(seed);
  const price = priceList();
  const plan = { arn: identifiers.savingsPlanArn(), start: story.savingsPlanStart };
  const reservation = {
    arn: identifiers.reservationArn('us-east'),
    start: story.reservationStart,
    price: price('database-4x32', 'us-east'),
  };

  return (month) => {
    const until = Math.min(month.end, today + 1);
    const charges: Charge[] = [];
    for (let day = month.first; day < until; day += 1) {
      const onDemand = usageOn(day).flatMap((usage) => {
        const charge = usageCharge(usage, price(usage.meter, usage.resource.region), day, { seed, month, identifiers });
        return charge ? [charge] : [];
      });
      const ofDay = applySavingsPlan(applyReservation(onDemand, day, reservation), day, plan);
      charges.push(...ofDay, ...splitCostShares(ofDay, seed, identifiers));
    }
    const discounted = charges.filter((charge) => charge.type === 'DiscountedUsage');
    const fee = reservationFee(discounted, month, until, reservation);
    if (fee) charges.push(fee);
    charges.push(...monthEndCharges(charges, month, story, price('training-gpu', 'us-west')));

    const lineId = lineIds(seed, month);
    return charges.map((charge) => ({
      charge,
      cells: { ...charge.cells, ...billCells(charge, month, lineId()) },
    }));
  };

  function billCells(charge: Charge, month: Month, lineId: string): CurCells {
    const billType = charge.cells['bill/BillType'] ?? 'Anniversary';
    const entity = charge.cells['bill/BillingEntity']!;
    const accountId = identifiers.accountId(charge.account);
    // The invoice number is filled in when the month is over and the invoice is out.
    const isFinal = today >= month.end;
    return {
      'identity/LineItemId': lineId,
      'identity/TimeInterval': `${dayText(charge.start)}T00:00:00Z/${dayText(charge.end)}T00:00:00Z`,
      ...(isFinal && { 'bill/InvoiceId': identifiers.invoiceId(month.text, `${entity}|${billType}`) }),
      'bill/InvoicingEntity': 'Amazon Web Services, Inc.',
      'bill/BillType': billType,
      'bill/PayerAccountId': identifiers.accountId('management'),
      'bill/PayerAccountName': accounts.management,
      'bill/BillingPeriodStartDate': timestamp(month.first),
      'bill/BillingPeriodEndDate': timestamp(month.end),
      'lineItem/UsageAccountId': accountId,
      'lineItem/UsageAccountName': accounts[charge.account],
      'lineItem/LineItemType': charge.type,
      'lineItem/UsageStartDate': timestamp(charge.start),
      'lineItem/UsageEndDate': timestamp(charge.end),
      'lineItem/CurrencyCode': 'USD',
      ...(charge.type === 'SavingsPlanNegation' && {
        'lineItem/LineItemDescription': charge.cells['lineItem/LineItemDescription']!.replace('{account}', accountId),
      }),
    };
  }
}

/** Line ids are unique within one delivery of one month, and mean nothing beyond it. */
function lineIds(seed: number, month: Month): () => string {
  const next = randomSequence(seed, `lines|${month.text}`);
  let ordinal = 0;
  const part = (): string =>
    Math.floor(next() * 4294967296)
      .toString(36)
      .padStart(7, '0');
  return () => {
    ordinal += 1;
    return `${part()}${part()}${part()}${part()}${part()}${part()}${ordinal.toString(36).padStart(10, '0')}`;
  };
}
