import { add, type Decimal, decimal, isZero, subtract } from '@cloudact/core/money';
import type { AnswerLine } from '../../../usage/answers/index.ts';
import { amount, fault, type Members, record, records, text } from './values.ts';

/** The column that tells lines of this source from all others: the kind of the line. */
export const mark = 'xai_answer';

const ZERO = decimal('0');

/** Whether an answer that names its billing cycle is of this month, `YYYY-MM-01`. */
export function isOf(cycle: unknown, month: string): boolean {
  const { year, month: number } = record(cycle) ?? {};
  return amount(year, 'year') === month.slice(0, 4) && amount(number, 'month') === String(Number(month.slice(5, 7)));
}

/** The monthly invoices of a billing cycle that are in force. Others, such as those of bought credits, are no usage. */
export function monthlyInvoices(answer: unknown, month: string): Members[] {
  return records(record(answer)?.invoices, 'invoices').filter(
    ({ monthly, invoiceStatus }) =>
      isOf(record(monthly)?.billingCycle, month) && !/VOID|CANCEL/.test(text(invoiceStatus)?.toUpperCase() ?? ''),
  );
}

/** An issued invoice as lines: its own, its tax, and what its subtotal has beside them. */
export function invoiceLines(invoice: Members): AnswerLine[] {
  const id = text(invoice.invoiceNumber) ?? text(invoice.invoiceId);
  const place = `the invoice ${id ?? 'without a number'}`;
  const tax = amount(invoice.tax, `${place}.tax`) ?? ZERO;
  const total = amount(invoice.total, `${place}.total`);
  const subtotal = amount(invoice.subtotal, `${place}.subtotal`) ?? (total && subtract(total, tax));
  return billLines(invoice, { place, id: id ?? null, tax, subtotal });
}

/**
 * The invoice to come as lines. Its total before prepaid credit is `totalWithCorr`; whether tax is in it is not
 * documented: it is where the lines and the tax add up to it.
 */
export function previewLines(preview: Members): AnswerLine[] {
  const invoice = record(preview.coreInvoice) ?? fault('coreInvoice', 'is missing');
  const place = 'coreInvoice';
  const tax = amount(invoice.vatCost, `${place}.vatCost`) ?? ZERO;
  const total = amount(invoice.totalWithCorr, `${place}.totalWithCorr`);
  const lines = sumOf(records(invoice.lines, `${place}.lines`), place);
  const subtotal = total !== undefined && add(lines, tax) === total ? lines : total;
  const used = amount(invoice.prepaidCreditsUsed, `${place}.prepaidCreditsUsed`) ?? ZERO;
  const prepaid = amount(invoice.prepaidCredits, `${place}.prepaidCredits`) ?? ZERO;
  return [
    ...billLines(invoice, { place, id: null, tax, subtotal }),
    ...(isZero(used) && isZero(prepaid)
      ? []
      : [{ [mark]: 'prepaid', prepaid_cents: prepaid, prepaid_used_cents: used }]),
  ];
}

interface Bill {
  readonly place: string;
  readonly id: string | null;
  /** Cents. */
  readonly tax: Decimal;
  /** Cents, before tax; undefined where it is not told: then it is that of the lines. */
  readonly subtotal: Decimal | undefined;
}

function billLines(invoice: Members, { place, id, tax, subtotal }: Bill): AnswerLine[] {
  const lines = records(invoice.lines, `${place}.lines`);
  const beside = subtotal === undefined ? ZERO : subtract(subtotal, sumOf(lines, place));
  return [
    ...lines.map((line, index) => ({
      [mark]: 'line',
      invoice_id: id,
      description: text(line.description) ?? null,
      unit_type: text(line.unitType) ?? null,
      unit_price: line.unitPrice ?? null,
      num_units: amount(line.numUnits, `${place}.lines[${index}].numUnits`) ?? null,
      // Where the bill has a subtotal, what a line without an amount costs is in it: it is told once, beside the lines.
      amount_cents: amount(line.amount, `${place}.lines[${index}].amount`) ?? (subtotal === undefined ? null : ZERO),
      item: line,
    })),
    ...(isZero(beside) ? [] : [{ [mark]: 'beside', invoice_id: id, amount_cents: beside }]),
    ...(isZero(tax) ? [] : [{ [mark]: 'tax', invoice_id: id, amount_cents: tax }]),
  ];
}

function sumOf(lines: readonly Members[], place: string): Decimal {
  return add(...lines.map((line, index) => amount(line.amount, `${place}.lines[${index}].amount`) ?? ZERO));
}

/** What each day cost, in dollars, as lines. `until` is exclusive. */
export function dayLines(answer: unknown, month: string, until: string): AnswerLine[] {
  const { timeSeries, limitReached } = record(answer) ?? fault('the answer', 'is no JSON object');
  if (limitReached === true) fault('timeSeries', 'is not whole: xAI says that a limit was reached');
  return records(timeSeries, 'timeSeries').flatMap((series, index) => {
    const group = Array.isArray(series.group) ? series.group : [];
    const label = Array.isArray(series.groupLabels) ? series.groupLabels : [];
    return records(series.dataPoints, `timeSeries[${index}].dataPoints`).flatMap((point) => {
      const place = `timeSeries[${index}].dataPoints`;
      const [value] = Array.isArray(point.values) ? point.values : [];
      const usd = amount(value, `${place}.values`) ?? fault(`${place}.values`, 'is empty');
      if (isZero(usd)) return [];
      const day =
        /^\d{4}-\d{2}-\d{2}/.exec(text(point.timestamp) ?? '')?.[0] ?? fault(`${place}.timestamp`, 'is no day');
      if (day < month || day >= until) fault(`${place}.timestamp`, `is ${day}, which was not asked for`);
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
      return [
        {
          [mark]: 'day',
          charge_start: `${day}T00:00:00Z`,
          charge_end: `${next}T00:00:00Z`,
          description: text(group[0]) ?? text(label[0]) ?? null,
          amount_usd: value,
        },
      ];
    });
  });
}
