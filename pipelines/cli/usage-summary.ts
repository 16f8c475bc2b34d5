import { add, compare, type Decimal, decimal, subtract } from '@cloudact/core/money';
import type { ConvertReport } from '../convert/index.ts';
import type { Drift } from '../usage/index.ts';
import { columns, table } from './table.ts';

/** So many lines of a kind are shown; `--json` has all. */
const SHOWN = 20;

/** What the price book says beside what was billed: in all, and of the models for which they differ. */
export function driftLines({ drift }: Pick<ConvertReport, 'drift'>): string[] {
  if (drift.length === 0) return [];
  const compared = drift.filter(({ cause, estimated }) => cause !== 'cost without usage' && estimated !== null);
  const whole = [...Map.groupBy(compared, ({ currency }) => currency)].map(([currency, days]) => {
    const { billed, estimated, difference } = sumsOf(days);
    return `${currency} ${estimated} at list price, ${billed} billed, difference ${difference}${percent(difference, billed)}`;
  });
  const groups = [
    ...Map.groupBy(drift, ({ model, cause, currency }) => JSON.stringify([model, cause, currency])).values(),
  ]
    .filter(([first]) => first!.cause !== 'none')
    .map((days) => ({ ...days[0]!, days: days.length, ...sumsOf(days) }))
    .sort((left, right) => compare(absolute(right.difference), absolute(left.difference)));
  return [
    '',
    ...(whole.length > 0 ? [`Usage by the price book: ${whole.join('; ')}`] : []),
    ...(groups.length === 0
      ? []
      : [
          table(
            ['Model', 'Cause', 'Days', 'Currency', 'At list price', 'Billed', 'Difference'],
            groups
              .slice(0, SHOWN)
              .map(({ model, cause, days, currency, estimated, billed, difference }) => [
                model ?? 'no model',
                cause,
                String(days),
                currency,
                isUnknown(cause) ? '-' : estimated,
                billed,
                isUnknown(cause) ? '-' : difference,
              ]),
          ),
          ...more(groups.length),
        ]),
  ];
}

/** Usage that no price is known for: it is in no total. */
export function unpricedLines({ unpriced }: Pick<ConvertReport, 'unpriced'>): string[] {
  if (unpriced.length === 0) return [];
  const lines = unpriced
    .slice(0, SHOWN)
    .map(({ service, model, meter, quantity, unit, rows, reason }) => [
      `  ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`,
      [service, model ?? 'no model'].join(', '),
      `${quantity} ${unit} of ${meter}`,
      `unknown ${reason.replaceAll('_', ' ')}`,
    ]);
  return ['', 'Usage without a price, which is in no total:', columns(lines), ...more(unpriced.length)];
}

function sumsOf(days: readonly Drift[]): Record<'billed' | 'estimated' | 'difference', Decimal> {
  const zero = decimal('0');
  const billed = add(zero, ...days.map((day) => day.billed));
  const estimated = add(zero, ...days.map((day) => day.estimated ?? zero));
  return { billed, estimated, difference: subtract(estimated, billed) };
}

/** Nothing is estimated, or not all of it. */
function isUnknown(cause: Drift['cause']): boolean {
  return cause === 'price missing' || cause === 'cost without usage';
}

function absolute(value: Decimal): Decimal {
  return value.startsWith('-') ? decimal(value.slice(1)) : value;
}

/** For people alone: no money is computed with it. */
function percent(difference: Decimal, of: Decimal): string {
  const share = (Number(difference) / Number(of)) * 100;
  return Number.isFinite(share) ? ` (${share.toFixed(2)} %)` : '';
}

function more(all: number): string[] {
  return all > SHOWN ? [`  and ${all - SHOWN} more (--json)`] : [];
}
