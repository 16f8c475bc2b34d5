import type { AsciiWriter } from '../ascii-writer.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, fixedText, roundTo, share, times } from '../fixed-point.ts';
import type { Random } from '../random.ts';
import type { BilledLine } from './bill.ts';
import type { CurColumn } from './columns.ts';
import { csvField, curColumns } from './columns.ts';
import { normalisationFactor } from './usage-charge.ts';

/** Writes a copy of one line: number of the copy, number of the line in the file, source of other amounts. Returns its cost. */
export type LineTemplate = (into: AsciiWriter, copy: number, ordinal: number, next: Random) => Fixed;

const RESOURCE_COLUMNS = new Set<CurColumn>([
  'lineItem/ResourceId',
  'savingsPlan/SavingsPlanARN',
  'reservation/ReservationARN',
  'splitLineItem/ParentResourceId',
]);
const AMOUNT_COLUMNS = new Set<CurColumn>([
  'lineItem/UsageAmount',
  'lineItem/NormalizedUsageAmount',
  'lineItem/UnblendedCost',
  'lineItem/BlendedCost',
  'pricing/publicOnDemandCost',
]);

/**
 * A line as text with gaps, so that a million copies cost a few pieces of text each. Use on demand gets other
 * amounts, priced again; lines under commitments keep theirs, since they add up among each other.
 */
export function lineTemplate({ charge, cells }: BilledLine): LineTemplate {
  const { metered } = charge;
  const varies = charge.type === 'Usage' && metered !== undefined;
  const pieces: Buffer[] = [];
  const gaps: CurColumn[] = [];
  let text = '';
  curColumns.forEach((column, index) => {
    if (index > 0) text += ',';
    const value = cells[column];
    if (value === undefined) return;
    const isGap =
      column === 'identity/LineItemId' || RESOURCE_COLUMNS.has(column) || (varies && AMOUNT_COLUMNS.has(column));
    if (!isGap) {
      text += csvField(value);
      return;
    }
    pieces.push(Buffer.from(text));
    gaps.push(column);
    text = '';
  });
  const rest = Buffer.from(`${text}\n`);

  const lineIdStart = cells['identity/LineItemId']!.slice(0, 42);
  const rate = varies ? fixed(cells['lineItem/UnblendedRate']!) : 0n;
  const factor = metered && normalisationFactor(metered.price);

  return (into, copy, ordinal, next) => {
    const amount = varies ? otherAmount(metered.amount, metered.price.offer.places, next) : 0n;
    const cost = varies ? times(rate, amount) : charge.cost;
    const costText = varies ? fixedText(cost) : '';
    for (let index = 0; index < gaps.length; index += 1) {
      into.bytes(pieces[index]!);
      into.text(fill(gaps[index]!));
    }
    into.bytes(rest);
    return cost;

    function fill(column: CurColumn): string {
      switch (column) {
        case 'identity/LineItemId':
          return lineIdStart + ordinal.toString(36).padStart(10, '0');
        case 'lineItem/UsageAmount':
          return fixedText(amount);
        case 'lineItem/NormalizedUsageAmount':
          return fixedText(times(factor!, amount));
        case 'lineItem/UnblendedCost':
        case 'lineItem/BlendedCost':
          return costText;
        case 'pricing/publicOnDemandCost':
          return fixedText(times(metered!.price.publicRate, amount));
        default:
          return otherResource(cells[column]!, copy);
      }
    }
  };
}

/** Between half and one and a half of the amount, never nothing. */
function otherAmount(amount: Fixed, places: number, next: Random): Fixed {
  const other = roundTo(share(amount, BigInt(500_000 + Math.floor(next() * 1_000_000)), 1_000_000n), places);
  return other === 0n ? amount : other;
}

/** Machine and disk ids stay hexadecimal; names and ARNs get the number of the copy. */
function otherResource(id: string, copy: number): string {
  const machine = /^(i|vol)-0/.exec(id);
  if (!machine) return `${id}-${copy}`;
  return `${machine[0]}${copy.toString(16).padStart(6, '0')}${id.slice(machine[0].length + 6)}`;
}
