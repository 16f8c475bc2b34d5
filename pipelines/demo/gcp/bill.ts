import type { DemoContext } from '../bill-writer.ts';
import type { Day, Month } from '../calendar.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, fixedFromNumber, roundTo, share, times } from '../fixed-point.ts';
import type { Usage } from '../usage.ts';
import { catalogue } from './catalogue.ts';
import { commitmentDay } from './commitment.ts';
import { type Credit, gcpIdentifiers, type Line } from './export-row.ts';
import { monthEndLines } from './month-end.ts';
import { costOf, type Metered, usageLine } from './usage-line.ts';

const SUSTAINED = fixed('0.2');
/** A part of what queries cost is paid by credits of the start-up programme, in the story's first months. */
const PROMOTED = fixed('0.35');

/** The bill of a month: every line by day, then what comes with the invoice once the month is over. */
export function gcpBill(context: DemoContext & { usageOn: (day: Day) => Usage[] }): (month: Month) => Line[] {
  const identifiers = gcpIdentifiers(context.seed);
  return (month) => {
    const lines: Line[] = [];
    const last = Math.min(month.end - 1, context.today);
    for (let day = month.first; day <= last; day += 1) {
      const metered = context.usageOn(day).flatMap((usage) => meteredOf(usage, month));
      const flexible = metered.filter(({ sku }) => sku.flexible);
      const others = metered.filter(({ sku }) => !sku.flexible);
      lines.push(
        ...others.map((entry) =>
          usageLine(entry, entry.amount, { identifiers, month, day }, creditsOf(entry, month, context)),
        ),
        ...commitmentDay(flexible, { identifiers, month, day, story: context.story }),
      );
    }
    if (last === month.end - 1) lines.push(...monthEndLines(lines, month, context.story, identifiers));
    return lines;
  };
}

/** The SKUs of a metered quantity, with the amount that the bill shows. */
function meteredOf(usage: Usage, month: Month): Metered[] {
  return (catalogue[usage.meter] ?? []).flatMap((sku) => {
    const quantity = fixedFromNumber(usage.quantity * sku.perMeterUnit, 6);
    const amount = sku.perMonth ? roundTo(share(quantity, 1n, BigInt(month.days)), 6) : quantity;
    return amount === 0n ? [] : [{ usage, sku, amount, price: fixed(sku.price) }];
  });
}

function creditsOf({ sku, amount, price }: Metered, month: Month, { story }: DemoContext): Credit[] {
  const cost = costOf(price, amount);
  const part = (of: Fixed) => -roundTo(times(cost, of), 6);
  if (sku.sustained) {
    const amount = part(SUSTAINED);
    return amount === 0n
      ? []
      : [{ type: 'SUSTAINED_USAGE_DISCOUNT', id: 'sustained-use', name: 'Sustained Usage Discount', amount }];
  }
  if (sku.service === 'BigQuery' && story.creditMonths.includes(month.text)) {
    return [{ type: 'PROMOTION', id: 'larkmoor-startup-2', name: 'Start-up programme credit', amount: part(PROMOTED) }];
  }
  return [];
}
