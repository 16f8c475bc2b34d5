import { CloudActError } from '@cloudact/core/errors';
import { type Day, dayOf, dayText } from './calendar.ts';
import { divideRounded, QUANTITY_PLACES, unitsOf } from './exact.ts';
import { invoiceLines } from './invoices.ts';
import { type InvoiceLine, minorUnit } from './lines.ts';
import { minorUnitPlaces } from './minor-units.ts';
import type { Subscription } from './plan.ts';

/** An invoice: as it came, or, where none was entered, as the plan computes it. Money in minor units of the currency. */
export interface IssuedInvoice {
  /** Null where it is computed: nobody has numbered it. */
  readonly number: string | null;
  readonly billsOn: Day;
  readonly issuedOn: Day;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly InvoiceTax[];
  /** What the invoice says beyond its computed lines; not zero only where it came. */
  readonly adjustment: bigint;
  /** What is to be paid: as the invoice says, where it came. */
  readonly total: bigint;
}

/** A tax; `listCost` and `contractedCost` are the same tax on those costs, with 18 decimal places. */
interface InvoiceTax {
  readonly percent: string | null;
  readonly amount: bigint;
  readonly listCost: bigint;
  readonly contractedCost: bigint;
}

/**
 * The invoices of a subscription that are issued on or before a day, in their order. An entered invoice stands above
 * the lines of the day that it bills.
 *
 * Throws `settings_invalid` for an invoice of a day on which the plan bills nothing.
 */
export function issuedInvoices(subscription: Subscription, through: Day): IssuedInvoice[] {
  const places = minorUnitPlaces(subscription.currency);
  const entered = (subscription.invoices ?? []).map((invoice) => ({
    ...invoice,
    billsOn: dayOf(invoice.bills_on ?? invoice.issued_on),
    issuedOn: dayOf(invoice.issued_on),
  }));
  const issued = entered.filter(({ issuedOn }) => issuedOn <= through);
  const lines = invoiceLines(subscription, Math.max(through, ...issued.map(({ billsOn }) => billsOn)));
  const byDay = Map.groupBy(lines, ({ billsOn }) => billsOn);
  const stray = issued.find(({ billsOn }) => !byDay.has(billsOn));
  if (stray) throw strayInvoice(subscription, stray.number, stray.billsOn, [...byDay.keys()]);
  return [...byDay]
    .map(([billsOn, of]): IssuedInvoice => {
      const invoice = entered.find((one) => one.billsOn === billsOn);
      const net = of.reduce((sum, line) => sum + line.net, 0n);
      const computed = taxesOf(of, places);
      const given = invoice && unitsOf(plain(invoice.net), places);
      const taxes =
        invoice?.tax === undefined ? computed : [enteredTax(unitsOf(plain(invoice.tax), places), computed, places)];
      const tax = taxes.reduce((sum, { amount }) => sum + amount, 0n);
      return {
        number: invoice?.number ?? null,
        billsOn,
        issuedOn: invoice?.issuedOn ?? billsOn,
        lines: of,
        taxes: taxes.filter(({ amount }) => amount !== 0n),
        adjustment: given === undefined ? 0n : given - net,
        total: (given ?? net) + tax,
      };
    })
    .filter(({ issuedOn }) => issuedOn <= through)
    .sort((left, right) => left.issuedOn - right.issuedOn || left.billsOn - right.billsOn);
}

function taxesOf(lines: readonly InvoiceLine[], places: number): InvoiceTax[] {
  const taxed = lines.filter(({ version }) => version.tax_percent !== undefined);
  return [...Map.groupBy(taxed, ({ version }) => version.tax_percent!)].map(([percent, of]) => {
    const rate = unitsOf(percent, QUANTITY_PLACES);
    const whole = 100n * 10n ** BigInt(QUANTITY_PLACES);
    const sum = (cost: 'net' | 'listCost' | 'contractedCost') => of.reduce((all, line) => all + line[cost], 0n);
    return {
      percent,
      amount: divideRounded(sum('net') * rate, whole),
      listCost: divideRounded(sum('listCost') * rate, whole * minorUnit(places)) * minorUnit(places),
      contractedCost: divideRounded(sum('contractedCost') * rate, whole * minorUnit(places)) * minorUnit(places),
    };
  });
}

function enteredTax(amount: bigint, computed: readonly InvoiceTax[], places: number): InvoiceTax {
  const units = amount * minorUnit(places);
  const sum = (cost: 'listCost' | 'contractedCost') => computed.reduce((all, tax) => all + tax[cost], 0n);
  return {
    percent: null,
    amount,
    listCost: computed.length > 0 ? sum('listCost') : units,
    contractedCost: computed.length > 0 ? sum('contractedCost') : units,
  };
}

function strayInvoice({ id }: Subscription, number: string, day: Day, bills: readonly Day[]): CloudActError {
  const near = bills.toSorted((left, right) => Math.abs(left - day) - Math.abs(right - day)).slice(0, 5);
  const days =
    near.length > 0
      ? `It bills on ${near
          .sort((a, b) => a - b)
          .map(dayText)
          .join(', ')}`
      : 'It bills on no day yet';
  return new CloudActError('settings_invalid', {
    detail: `The invoice ${number} of the subscription ${id} is for ${dayText(day)}, but the plan bills nothing on that day. ${days}. Say with bills_on which of them the invoice is for, or correct the plan.`,
    faults: [{ column: 'invoices', value: number, reason: `is for ${dayText(day)}, on which the plan bills nothing` }],
  });
}

/** Without zeros at the end, which a currency with fewer places cannot hold. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}
