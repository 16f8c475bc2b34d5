import type { Day } from '../calendar.ts';
import { dayText } from '../calendar.ts';
import { teams } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixedFromNumber, fixedText, share, times } from '../fixed-point.ts';
import { randomText } from '../random.ts';
import type { Usage } from '../usage.ts';
import { compartments, type OciIdentifiers, ociRegion } from './identifiers.ts';
import { type OciSku, skusOf } from './price-list.ts';

/** One line of the cost report: what was used of a part number by a resource on a day. */
export interface OciLine {
  readonly day: Day;
  readonly cost: Fixed;
  readonly quantity: Fixed;
  readonly sku: OciSku;
  readonly cells: Readonly<Record<string, string>>;
}

/** The lines of a day's use; what costs nothing has none. */
export function usageLines(usage: readonly Usage[], day: Day, seed: number, identifiers: OciIdentifiers): OciLine[] {
  return usage.flatMap(({ resource, meter, quantity }) =>
    skusOf(meter).flatMap((sku): OciLine[] => {
      const billed = fixedFromNumber(quantity * sku.perUnit, 4);
      if (billed === 0n) return [];
      const { account, region, owner, name } = resource;
      const cells = {
        'lineItem/referenceNo': randomText(
          seed,
          `oci|line|${dayText(day)}|${name}|${meter}|${sku.partNumber}`,
          32,
          '0123456789abcdef',
        ),
        'lineItem/tenantId': identifiers.tenancy(account),
        'product/compartmentId': identifiers.compartment(account),
        'product/compartmentName': compartments[account] ?? account,
        'product/region': ociRegion[region].id,
        ...(resource.kind !== 'bucket' && { 'product/availabilityDomain': `${ociRegion[region].key}-ad-1` }),
        'product/resourceId': identifiers.resource(resource),
        'cost/subscriptionId': identifiers.subscription(),
        ...(resource.kind !== 'bucket' && resource.kind !== 'monitoring' && { 'tags/Name': name }),
        ...(resource.kind === 'virtual-machine' && { 'tags/Operations.PatchGroup': 'sunday' }),
        ...(owner && {
          'tags/cost-center': teams[owner.team].costCenter,
          'tags/env': owner.environment,
          'tags/product': owner.product,
          'tags/team': owner.team,
          'tags/Oracle-Tags.CreatedBy': 'default/terraform@larkmoor.example',
        }),
      };
      return [priced(sku, billed, day, cells)];
    }),
  );
}

/** Takes a part of a line back, as Oracle does: a line of its own that names the one it corrects. */
export function correctionOf(
  line: OciLine,
  part: readonly [numerator: bigint, denominator: bigint],
  seed: number,
): OciLine {
  const reference = line.cells['lineItem/referenceNo']!;
  // Four places, so that quantity × price needs no rounding.
  const quantity = -fixedFromNumber(Number(fixedText(share(line.quantity, ...part))), 4);
  return priced(line.sku, quantity, line.day, {
    ...line.cells,
    'lineItem/referenceNo': randomText(seed, `oci|correction|${reference}`, 32, '0123456789abcdef'),
    'lineItem/isCorrection': 'true',
    'lineItem/backreferenceNo': reference,
  });
}

function priced(sku: OciSku, quantity: Fixed, day: Day, cells: Readonly<Record<string, string>>): OciLine {
  const cost = times(quantity, sku.price);
  return {
    day,
    cost,
    quantity,
    sku,
    cells: {
      'lineItem/isCorrection': 'false',
      ...cells,
      // The report writes the start without seconds and the end with them.
      'lineItem/intervalUsageStart': `${dayText(day)}T00:00Z`,
      'lineItem/intervalUsageEnd': `${dayText(day + 1)}T00:00:00Z`,
      'product/service': sku.service,
      'product/Description': sku.description,
      'usage/billedQuantity': longText(quantity, 12),
      'usage/attributedUsage': longText(quantity, 12),
      'cost/productSku': sku.partNumber,
      'cost/unitPrice': longText(sku.price, 18),
      'cost/myCost': longText(cost, 18),
      'cost/attributedCost': longText(cost, 18),
      'cost/currencyCode': 'USD',
      'cost/billingUnitReadable': sku.billingUnit,
      'cost/skuUnitDescription': sku.unit,
      'cost/overageFlag': 'false',
    },
  };
}

/** With zeros to `places`, as the report writes its numbers. */
function longText(value: Fixed, places: number): string {
  const text = fixedText(value);
  return text + '0'.repeat(Math.max(0, places - (text.length - text.indexOf('.') - 1)));
}
