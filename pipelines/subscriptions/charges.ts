import { SHARE_PLACES } from './amortise.ts';
import { type Day, dayOf, dayText, monthStart } from './calendar.ts';
import { type Commitment, commitmentsOf } from './commitments.ts';
import { type DayShare, dayShares } from './days.ts';
import { AMOUNT_PLACES, QUANTITY_PLACES, textOf } from './exact.ts';
import { type IssuedInvoice, issuedInvoices } from './issued.ts';
import { countPricing, type InvoiceLine } from './lines.ts';
import { type PlanDocument, unitName } from './plan.ts';
import { plural } from './prices.ts';
import { type RowFrame, type RowValues, rowFrame, rowOf, time } from './row-frame.ts';
import type { SubscriptionRow } from './rows.ts';
import { timelineOf } from './timeline.ts';

/**
 * The rows of all subscriptions of a document through a day, that day included, subscription by subscription. The same
 * document and day give the same rows.
 *
 * Throws `settings_invalid` where use is missing or an invoice is for a day on which nothing is billed.
 */
export function* subscriptionRows(document: PlanDocument, through: Day): Generator<SubscriptionRow> {
  const closedThrough = document.closed_through === undefined ? undefined : dayOf(document.closed_through);
  for (const subscription of document.subscriptions) {
    const timeline = timelineOf(subscription);
    const commitments = commitmentsOf(subscription, timeline, through);
    const frame = rowFrame(subscription);
    for (const commitment of commitments) yield commitmentRow(frame, commitment);
    for (const invoice of issuedInvoices(subscription, through)) {
      yield* invoiceRows(frame, invoice);
      for (const [index, line] of invoice.lines.entries()) {
        const row = lineRow(frame, invoice, line, index);
        yield purchaseRow(frame, invoice, line, row);
        const commitment = commitments.find(
          ({ start, end }) => line.kind === 'charge' && line.from >= start && line.from < end,
        );
        yield* dayRows(dayShares(line, subscription, timeline), {
          frame,
          invoice,
          line,
          row,
          through,
          closedThrough,
          commitment,
        });
      }
    }
  }
}

/** Corrects what was invoiced in an earlier billing period: FOCUS's ChargeClass. */
function chargeClass({ issuedOn }: IssuedInvoice, { credits, from, version }: InvoiceLine): string | null {
  const corrects = credits ?? (version.billing === 'advance' ? from : issuedOn);
  return corrects < monthStart(issuedOn) ? 'Correction' : null;
}

/** What a line's purchase and its days have in common. */
function lineRow(frame: RowFrame, invoice: IssuedInvoice, line: InvoiceLine, index: number): RowValues {
  return {
    line_id: `${frame.id}/${dayText(invoice.billsOn)}/${index + 1}`,
    charge_class: chargeClass(invoice, line),
    description: line.description,
    plan_version: line.version.effective_from,
    ...frame.sku(line),
  };
}

function purchaseRow(frame: RowFrame, invoice: IssuedInvoice, line: InvoiceLine, row: RowValues): SubscriptionRow {
  const { pricing } = line;
  const renews = line.kind === 'charge' && line.version.auto_renew !== false;
  return rowOf(frame, 'purchase', {
    ...row,
    month: invoice.issuedOn,
    invoice_number: invoice.number,
    source_invoice_number: invoice.number,
    frequency: renews ? 'Recurring' : 'One-Time',
    period_start: time(line.from),
    period_end: time(line.to),
    billed_cost: textOf(line.net, frame.places),
    effective_cost: '0',
    list_cost: textOf(line.listCost, AMOUNT_PLACES),
    contracted_cost: textOf(line.contractedCost, AMOUNT_PLACES),
    pricing_quantity: textOf(pricing.quantity, QUANTITY_PLACES),
    pricing_unit: pricing.unit,
    list_unit_price: textOf(pricing.listUnitPrice, AMOUNT_PLACES),
    contracted_unit_price: textOf(pricing.contractedUnitPrice, AMOUNT_PLACES),
  });
}

interface DayContext {
  readonly frame: RowFrame;
  readonly invoice: IssuedInvoice;
  readonly line: InvoiceLine;
  readonly row: RowValues;
  readonly through: Day;
  readonly closedThrough: Day | undefined;
  readonly commitment: Commitment | undefined;
}

/** A row for each day that has come; what falls on closed days and was billed after that is one row on the first open day. */
function* dayRows(shares: readonly DayShare[], context: DayContext): Generator<SubscriptionRow> {
  const { line, invoice, closedThrough, through } = context;
  const isLate = closedThrough !== undefined && line.version.billing === 'advance' && invoice.issuedOn > closedThrough;
  const late = isLate ? shares.filter(({ day }) => day <= closedThrough) : [];
  const [first] = late;
  if (first && closedThrough! + 1 <= through) {
    const sum = (key: 'net' | 'listCost' | 'contractedCost' | 'consumed') =>
      late.reduce((all, share) => all + share[key], 0n);
    const all = {
      day: closedThrough! + 1,
      net: sum('net'),
      listCost: sum('listCost'),
      contractedCost: sum('contractedCost'),
      consumed: sum('consumed'),
    };
    yield dayRow(all, context, { period_start: time(first.day), charge_class: 'Correction' });
  }
  for (const share of shares.slice(late.length)) {
    if (share.day > through) return;
    if (share.net !== 0n || share.listCost !== 0n || share.contractedCost !== 0n || share.consumed !== 0n) {
      yield dayRow(share, context, {});
    }
  }
}

function dayRow(
  { day, net, listCost, contractedCost, consumed }: DayShare,
  context: DayContext,
  more: RowValues,
): SubscriptionRow {
  const { frame, invoice, line, row, commitment } = context;
  const pricing = countPricing(listCost, contractedCost);
  const isUse = line.version.model === 'usage_with_minimum';
  const effective = textOf(net, frame.places + SHARE_PLACES);
  return rowOf(frame, 'day', {
    ...row,
    month: day,
    source_invoice_number: invoice.number,
    frequency: line.weighting === 'usage' ? 'Usage-Based' : 'Recurring',
    period_start: time(day),
    period_end: time(day + 1),
    billed_cost: '0',
    effective_cost: effective,
    list_cost: textOf(listCost, AMOUNT_PLACES),
    contracted_cost: textOf(contractedCost, AMOUNT_PLACES),
    pricing_quantity: textOf(pricing.quantity, QUANTITY_PLACES),
    pricing_unit: 'Days',
    list_unit_price: textOf(pricing.listUnitPrice, AMOUNT_PLACES),
    contracted_unit_price: textOf(pricing.contractedUnitPrice, AMOUNT_PLACES),
    consumed_quantity: textOf(consumed, AMOUNT_PLACES),
    consumed_unit: isUse ? plural(unitName(line.version)) : `${unitName(line.version)}-Days`,
    sku_price_id: `${row.sku_price_id}/day`,
    ...(commitment && { contract_id: frame.contractId, commitment_id: commitment.id }),
    ...more,
  });
}

/** What an invoice holds beside its lines, and its total. */
function* invoiceRows(frame: RowFrame, invoice: IssuedInvoice): Generator<SubscriptionRow> {
  const { number, billsOn, issuedOn, lines, taxes, adjustment, total } = invoice;
  const common = {
    month: issuedOn,
    invoice_number: number,
    source_invoice_number: number,
    frequency: 'One-Time',
    period_start: time(Math.min(...lines.map(({ from }) => from))),
    period_end: time(Math.max(...lines.map(({ to }) => to))),
  };
  const id = `${frame.id}/${dayText(billsOn)}`;
  yield rowOf(frame, 'invoice', {
    ...common,
    line_id: id,
    description: `Invoice ${number ?? 'as computed'}`,
    invoice_total: textOf(total, frame.places),
  });
  for (const [index, { percent, amount, listCost, contractedCost }] of taxes.entries()) {
    yield rowOf(frame, 'tax', {
      ...common,
      line_id: `${id}/tax-${index + 1}`,
      description: `Tax${percent === null ? '' : ` ${percent} %`}: ${frame.product}`,
      billed_cost: textOf(amount, frame.places),
      effective_cost: textOf(amount, frame.places),
      list_cost: textOf(listCost, AMOUNT_PLACES),
      contracted_cost: textOf(contractedCost, AMOUNT_PLACES),
    });
  }
  if (adjustment === 0n) return;
  const cost = textOf(adjustment, frame.places);
  yield rowOf(frame, 'adjustment', {
    ...common,
    line_id: `${id}/adjustment`,
    description: `Invoice ${number} beyond what the plan computes: ${frame.product}`,
    billed_cost: cost,
    effective_cost: cost,
    list_cost: cost,
    contracted_cost: cost,
  });
}

function commitmentRow(frame: RowFrame, { id, version, start, end, cost, seats }: Commitment): SubscriptionRow {
  return rowOf(frame, 'commitment', {
    month: start,
    description: `${frame.product}${version.name ? ` ${version.name}` : ''}, ${dayText(start)} to ${dayText(end)}`,
    period_start: time(start),
    period_end: time(end),
    plan_version: version.effective_from,
    contract_id: frame.contractId,
    commitment_id: id,
    commitment_cost: textOf(cost, frame.places),
    commitment_quantity: seats === null ? null : textOf(seats, QUANTITY_PLACES),
    commitment_unit: seats === null ? null : plural(unitName(version)),
  });
}
